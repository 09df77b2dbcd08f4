/** What went wrong with a call, in a sentence; and whether we can be sure that nothing was stored. */

import { ApiError } from "../../api";
import { expire } from "../../session";
import { NoPasskey } from "../entry/passkey";

const sentences: Record<ApiError["kind"], string> = {
  offline: "Geen bereik. Probeer het zo weer.",
  signed_out: "Je bent uitgelogd. Log in om verder te gaan.",
  refused: "Dit kan niet.",
  busy: "Het is even te druk. Probeer het over een minuut weer.",
  server: "Het lukt nu niet. Dat ligt niet aan jou. Probeer het zo weer.",
  strange: "Het lukt nu niet. Dat ligt niet aan jou. Probeer het zo weer.",
};

/** Faults of our own are not a problem of the network: they must surface. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

/** The sentence for the screen; a session that ended is made known as well, so that the desk shuts. */
export function explain(error: unknown): string {
  if (error instanceof NoPasskey) return error.message;
  const { kind, problem } = asApiError(error);
  if (kind === "signed_out") void expire();
  // Who opened too many is told so, and how to go on.
  const told = kind === "refused" || problem?.code === "reading_limit";
  return (told && problem?.detail) || sentences[kind];
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof NoPasskey ? undefined : asApiError(error).problem?.code;
}

export function isGone(error: unknown): boolean {
  return asApiError(error).status === 404;
}

/** The server looked at it and said no; after silence or a crash it may have been stored all the same. */
export function isRefusal(error: unknown): boolean {
  const { kind, status } = asApiError(error);
  return kind === "refused" || kind === "signed_out" || status === 429;
}

/** The reason the server gave for one field, such as "text". */
export function fieldReason(error: unknown, field: string): string | undefined {
  return asApiError(error).problem?.invalid_params?.find(
    ({ name }) => name === field || name.endsWith(`.${field}`),
  )?.reason;
}

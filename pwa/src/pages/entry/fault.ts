import { ApiError } from "../../api";

const CODES: Record<string, string> = {
  invitation_unknown: "Deze code of link kennen we niet. Kijk of alles klopt.",
  invitation_used: "Deze uitnodiging is al gebruikt. Vraag een nieuwe.",
  invitation_expired: "Deze uitnodiging is te oud. Vraag een nieuwe.",
};

/** Why signing in did not work, and what somebody can do about it. */
export function signInFault(error: unknown): string {
  if (!(error instanceof ApiError))
    return "Inloggen lukt niet op dit toestel. Probeer het nog eens.";
  if (error.kind === "offline") return "Je hebt geen bereik. Inloggen kan alleen met bereik.";
  return (
    CODES[error.problem?.code ?? ""] ??
    (error.kind === "busy"
      ? "Het is druk. Probeer het over een minuut weer."
      : "Inloggen lukt nu niet. Dat ligt niet aan jou.")
  );
}

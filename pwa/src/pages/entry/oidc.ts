/** The gemeente's own sign-in: there, and back again. */
import { bearer, type SignedIn } from "../../api";
import { json } from "../../request";
import * as session from "../../session";

/** Whether the gemeente has one; without an answer there is nothing to offer. */
export const available = () =>
  json<{ available: boolean }>("GET", "/oidc").then(
    (answer) => answer.available,
    () => false,
  );

export const question = async () =>
  (await json<{ url: string }>("POST", "/oidc/questions", { body: {} })).url;

export const signIn = (code: string, state: string) =>
  session.enter((caller, key) =>
    json<SignedIn>("POST", "/oidc/sessions", { body: { ...caller, code, state }, ...bearer(key) }),
  );

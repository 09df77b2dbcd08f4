import { ApiError } from "../../api";
import { NoPasskey } from "./passkey";

const CODES: Record<string, string> = {
  invitation_unknown: "Deze code of link kennen we niet. Kijk of alles klopt.",
  invitation_used: "Deze uitnodiging is al gebruikt. Vraag een nieuwe.",
  invitation_expired: "Deze uitnodiging is te oud. Vraag een nieuwe.",
  guesses:
    "Er is te vaak een verkeerde code ingevuld. Wacht even, of gebruik de link of de QR-code.",
  person_unknown: "Dit mailadres heeft nog geen uitnodiging. Vraag de beheerder erom.",
  oidc_refused: "Inloggen is niet gelukt. Probeer het nog een keer.",
  oidc_away: "De inlogdienst van de gemeente werkt nu niet. Gebruik je passkey.",
  challenge_expired: "Dit duurde te lang. Probeer het nog een keer.",
  device_revoked: "Dit toestel is afgemeld. Vraag een nieuwe uitnodiging.",
  passkey_cloned:
    "Van deze passkey bestaat een kopie. Hij werkt niet meer. Vraag een nieuwe uitnodiging.",
  passkey_refused:
    "Deze passkey werkt hier niet. Gebruik een andere, of vraag een nieuwe uitnodiging.",
};

/** Why signing in did not work, and what somebody can do about it. */
export function signInFault(error: unknown): string {
  if (error instanceof NoPasskey) return error.message;
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

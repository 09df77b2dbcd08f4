/** The Dutch texts of the core and of the service worker, and how days and times are written. */
import type { ApiErrorKind } from "./request";
import type { FeedbackKind, MineStatus } from "./types";

export const APP = "Signaalkaart";

export const STATUS: Record<MineStatus, string> = {
  saved: "Bewaard op dit toestel",
  sending: "Wordt verstuurd",
  received: "Ontvangen",
  read: "Gelezen",
  feedback: "Terugkoppeling",
  question: "Vraag voor jou",
  gone: "Gewist",
  look: "Kijk hier even naar",
};

/** The ready sentences of the desk: the same words where they are chosen and where they are read. */
export const FEEDBACK: Record<FeedbackKind, string> = {
  read: "Gelezen",
  watching: "We kijken mee",
  contact: "Iemand neemt contact met je op",
  taken_up: "Opgepakt, meer mogen we niet zeggen",
  no_follow_up: "Nu geen vervolg, blijf opletten",
  question: "We hebben nog een vraag",
};

/** Why nothing is sent now. */
export const PROBLEM: Record<ApiErrorKind, string> = {
  offline: "Geen bereik. We proberen het vanzelf weer.",
  strange: "Geen bereik. We proberen het vanzelf weer.",
  signed_out:
    "Je bent uitgelogd. Je meldingen staan veilig op dit toestel. Log in om ze te versturen.",
  busy: "Het versturen lukt nu niet. Dat ligt niet aan jou. We proberen het vanzelf weer.",
  server: "Het versturen lukt nu niet. Dat ligt niet aan jou. We proberen het vanzelf weer.",
  refused: "Het versturen lukt nu niet. Dat ligt niet aan jou. We proberen het vanzelf weer.",
};

export const NO_ROOM =
  "Er is geen ruimte op dit toestel. Je tekst staat er nog. Maak ruimte en probeer het weer.";
export const OTHER_TAB = "De app staat nog in een ander venster open. Sluit dat venster.";
export const NEWER_OPEN =
  "Er is een nieuwere versie van de app open. Kopieer je tekst en laad de app opnieuw.";
export const NO_STORE =
  "De signaalkaart kan op dit toestel niets bewaren. Open hem niet in een privévenster. Nu gevaar? Bel 112.";
export const DRAFT_ERASED = "Een concept is gewist, omdat het te lang bleef staan.";
export const NEW_VERSION = "Er is een nieuwe versie. Je formulier blijft staan.";
export const NEW_VERSION_AFTER = "Er is een nieuwe versie. Maak eerst af wat je schrijft.";

/** Why an item needs to be looked at, by the reason kept with it. */
export function lookText(reason: string | undefined): string {
  if (reason === "conflict") {
    return "De gemeente heeft al een andere versie van deze melding. Deze versie staat nog verzegeld op dit toestel.";
  }
  if (reason === "too_large") {
    return "Deze melding is te lang om te versturen. Hij staat nog verzegeld op dit toestel.";
  }
  return "De gemeente kan deze melding zo niet ontvangen. Hij staat nog verzegeld op dit toestel.";
}

/** What a push may say: never what it is about. */
export const PUSH: Record<string, { title: string; body: string }> = {
  observation: { title: APP, body: "Er is een nieuwe melding." },
  addition: { title: APP, body: "Er is een aanvulling op een melding." },
  feedback: { title: APP, body: "Er is een antwoord voor je." },
  question: { title: APP, body: "Er is een vraag voor je." },
  expiring: { title: APP, body: "Over een week worden meldingen gewist." },
  reminder: { title: APP, body: "Er wacht iets op je." },
  escalation: { title: APP, body: "Er wacht een melding te lang." },
  limit: { title: APP, body: "Iemand opende heel veel meldingen. Klopt dat?" },
  practice: { title: APP, body: "Tijd om even te oefenen." },
  meeting: { title: APP, body: "Morgen is er overleg." },
  put_before: { title: APP, body: "Er is iets aan je voorgelegd." },
  note: { title: APP, body: "Lees wat meldingen opleverden." },
  wish: { title: APP, body: "Iemand wil voorlichting of training." },
  test: { title: APP, body: "Seintjes werken op dit toestel." },
};

export const PUSH_OTHER = { title: APP, body: "Er is nieuws voor je." };

const ZONE = "Europe/Amsterdam";
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

// A day without a time is that day everywhere; a moment is shown as the Dutch clock had it.
function toDate(value: string | Date): { date: Date; timeZone: string } {
  const isDay = typeof value === "string" && DAY_ONLY.test(value);
  return { date: new Date(value), timeZone: isDay ? "UTC" : ZONE };
}

/** "21 november 2026" */
export function formatDay(value: string | Date): string {
  const { date, timeZone } = toDate(value);
  const format: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat("nl-NL", { ...format, timeZone }).format(date);
}

/** "21.42 uur" */
export function formatTime(value: string | Date): string {
  const { date, timeZone } = toDate(value);
  const format: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hour12: false };
  const time = new Intl.DateTimeFormat("nl-NL", { ...format, timeZone }).format(date);
  return `${time.replace(":", ".")} uur`;
}

/** "21 november 2026, 21.42 uur" */
export const formatMoment = (value: string | Date): string =>
  `${formatDay(value)}, ${formatTime(value)}`;

/** How somebody wants to be told: what, where and when. Kept at the gemeente, for all devices. */
import { json, request } from "../../request";
import type { Role } from "../../types";

export type Topic = "answers" | "arrivals" | "work" | "practice";
export type Channel = "push" | "mail" | "app";

export interface Preferences {
  channels: Record<Topic, Channel>;
  quiet: { from: string; until: string } | null;
  digest_hour: number;
  mail: { state: "off" | "none" | "waiting" | "confirmed" | "refused"; address: string | null };
}

export const CHANNELS: readonly (readonly [Channel, string])[] = [
  ["push", "Seintje op mijn toestel"],
  ["mail", "Alleen mail"],
  ["app", "Alleen in de app"],
];

export const TOPICS: Record<Topic, string> = {
  answers: "Antwoord of vraag over je melding",
  arrivals: "Nieuwe meldingen en aanvullingen",
  work: "Wat op je wacht",
  practice: "Elke maand even oefenen",
};

const DESK: readonly Role[] = ["procesregisseur", "adviseur-oov"];
const TEAM: readonly Role[] = [...DESK, "kernteam", "projectleider"];

export const hasDigest = (role: Role): boolean => DESK.includes(role);

/** What this role can be told of. */
export function topicsOf(role: Role): Topic[] {
  return [
    "answers",
    ...(hasDigest(role) ? (["arrivals"] as const) : []),
    ...(TEAM.includes(role) || role === "beheerder" ? (["work"] as const) : []),
    "practice",
  ];
}

export const HOURS = Array.from({ length: 13 }, (_unused, index) => index + 6);

/** "8.00 uur" */
export const hourText = (hour: number): string => `${hour}.00 uur`;

const PREFERENCES = "/notifications/preferences";
const ADDRESS = "/notifications/mail-address";

export const preferences = () => json<Preferences>("GET", PREFERENCES);
export const choose = ({ mail: _mail, ...chosen }: Preferences) =>
  json<Preferences>("PUT", PREFERENCES, { body: chosen });
export const setAddress = async (mail: string) =>
  void (await request("PUT", ADDRESS, { body: { mail } }));
export const confirmAddress = (code: string) =>
  json<Preferences>("POST", `${ADDRESS}/confirmations`, {
    body: { code: code.replace(/\s/g, "") },
  });
export const removeAddress = async () => void (await request("DELETE", ADDRESS));

/** What a reporter may expect of the desk: how soon, and whether somebody is there. */

import { json, request } from "../../request";
import * as session from "../../session";
import type { Desk } from "../../types";
import { weekday } from "../days";

interface Gone {
  /** The last day away. */
  until: string;
  replaced: boolean;
}

export interface Expected {
  usual_days: number | null;
  away: (Gone & { desk: Desk })[];
  waiting: (Gone & { id: string })[];
}

/** Without network or session nothing is said of it. */
export const expected = async (): Promise<Expected | null> =>
  session.state() === "in" ? json<Expected>("GET", "/expectations").catch(() => null) : null;

export const rate = async (feedback: string, useful: boolean) =>
  void (await request("PUT", `/feedback/${encodeURIComponent(feedback)}/usefulness`, {
    body: { useful },
  }));

export function usualText(days: number): string {
  return `Meestal krijg je binnen ${days} ${days === 1 ? "werkdag" : "werkdagen"} antwoord.`;
}

/** Who it is stays unsaid; that nobody looks is what somebody who waits wants to know. */
export function awayText({ until, replaced }: Gone): string {
  const gone = `Wie dit leest, is er niet tot en met ${weekday(until)}.`;
  return replaced ? `${gone} Een collega neemt het over.` : `${gone} Je antwoord kan later komen.`;
}

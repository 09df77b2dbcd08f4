/** What the desk owes the reporter, and when, in words. */

import type { InboxItem } from "../../types";
import { shortDay, weekDay } from "./day";

export interface Due {
  text: string;
  tone: "" | "soon" | "late";
}

type Owed = Pick<
  InboxItem,
  "due" | "state" | "waiting" | "answered" | "nobody" | "read_by" | "answer_by"
>;

/** The server says what is late and soon; this only finds the sentence for it. */
export function dueOf(item: Owed, today: string): Due {
  if (item.state === "closed") return { text: "", tone: "" };
  const reading = item.state === "new";
  if (item.waiting) return { text: "De melder is aan zet", tone: "" };
  if (item.nobody && !reading) return { text: "Er is geen melder om te antwoorden", tone: "" };
  if (item.answered && !reading) return { text: "Melder heeft antwoord", tone: "" };
  const last = reading ? item.read_by : item.answer_by;
  if (last === null) return { text: "", tone: "" };
  if (item.due === "late") {
    // An unread report may be so old that the answer is late as well; reading comes first.
    const deed = reading ? "gelezen moeten zijn" : "antwoord moeten hebben";
    return { text: `Te laat: had ${shortDay(last)} ${deed}`, tone: "late" };
  }
  const tone = item.due === "soon" ? "soon" : "";
  if (last === today) return { text: `Vandaag nog ${reading ? "lezen" : "antwoorden"}`, tone };
  return { text: `${reading ? "Lezen" : "Antwoord"} uiterlijk ${weekDay(last)}`, tone };
}

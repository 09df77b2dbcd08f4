/** What was typed stays while the page is open, also when a call comes in between. Never on disk. */

import * as cards from "../../../cards";
import type { Desk } from "../../../types";
import { today } from "../day";
import { blank, type Form } from "./form";

let kept: { person: string; form: Form } | null = null;

/** The card for who works at the gemeente fits most of what is told to it. */
function firstCard(): string {
  const all = cards.cards();
  return (all.find(({ emblem }) => emblem === "gemeente") ?? all[0])?.id ?? "";
}

export function formOf(person: string, desk: Desk): Form {
  return kept?.person === person ? kept.form : blank(firstCard(), desk, today());
}

export function keepForm(person: string, form: Form): void {
  kept = { person, form };
}

export function forgetForm(): void {
  kept = null;
}

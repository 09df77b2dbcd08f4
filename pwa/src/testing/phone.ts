/** The app as one tab has it; a second one shares the store, as a second tab does. */
import { vi } from "vitest";
import type { ObservationItem } from "../types";
import { PERSON } from "./server";

export async function phone() {
  vi.resetModules();
  return {
    db: await import("../db"),
    vault: await import("../vault"),
    session: await import("../session"),
    drafts: await import("../drafts"),
    choice: await import("../choice"),
    outbox: await import("../outbox"),
    mine: await import("../mine"),
    cards: await import("../cards"),
    areas: await import("../areas"),
    drain: await import("../drain"),
    sync: await import("../sync"),
    ApiError: (await import("../api")).ApiError,
  };
}

/** A phone on which somebody signed in; needs `fakeServer`. */
export async function signedInPhone() {
  const one = await phone();
  await one.session.signIn({ code: "ABCD2345" });
  return one;
}

let made = 0;

export function observation(extra: Partial<ObservationItem> = {}): ObservationItem {
  made += 1;
  return {
    kind: "observation",
    id: crypto.randomUUID(),
    by: PERSON.id,
    made_at: new Date(Date.UTC(2026, 10, 21, 20, 0, made)).toISOString(),
    card: "boa",
    card_version: 3,
    signals: ["BOA-05", "BOA-07"],
    protective: [],
    area: "BU02670101",
    date: "2026-11-21",
    basis: "seen",
    desk: "sociaal",
    urgency: "this_week",
    sealed: btoa(`sealed text ${made}`),
    ...extra,
  };
}

/** The app as one tab has it; a second one shares the store, as a second tab does. */
import { vi } from "vitest";

export { observation } from "./items";

export async function phone() {
  vi.resetModules();
  return {
    db: await import("../db"),
    vault: await import("../vault"),
    session: await import("../session"),
    drafts: await import("../drafts"),
    choice: await import("../choice"),
    outbox: await import("../outbox"),
    parcels: await import("../parcels"),
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

/** What a phone without a screen has of the app: the very modules that ship. */

export * as api from "../src/api";
export * as cards from "../src/cards";
export * as db from "../src/db";
export * as mine from "../src/mine";
export * as outbox from "../src/outbox";
export * as seal from "../src/seal";
export * as session from "../src/session";
export * as sync from "../src/sync";
export * as vault from "../src/vault";

/** Keys of other systems, and whether messages to a system outside arrive. */
import { json, request } from "../../../request";

export interface System {
  id: string;
  name: string;
  state: "works" | "ended" | "revoked";
  made_at: string;
  ends_on: string;
  last_used_at: string | null;
}

export interface MadeSystem extends System {
  secret: string;
}

export interface Events {
  on: boolean;
  address: string | null;
  sending: number;
  missed: number;
  last_status: number | null;
  delivered_at: string | null;
}

export const systems = async () => (await json<{ items: System[] }>("GET", "/systems")).items;
export const makeKey = (name: string, ends_on: string) =>
  json<MadeSystem>("POST", "/systems", { body: { name, ends_on } });
export const revoke = async (id: string) =>
  void (await request("DELETE", `/systems/${encodeURIComponent(id)}`));
export const events = () => json<Events>("GET", "/events");
export const tryAgain = async () =>
  (await json<{ again: number }>("POST", "/events/retries", { body: {} })).again;

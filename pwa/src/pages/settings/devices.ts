/** The devices somebody signed in on, and what can be done about them. */
import { json, request } from "../../request";
import type { Invitation } from "../../types";

export interface Device {
  id: string;
  kind: string;
  here: boolean;
  signed_in: boolean;
  made_at: string;
  seen_at: string | null;
  synced_at: string | null;
  app_version: string | null;
  unsent: number;
  push: "off" | "on" | "failing";
}

const names: Record<string, string> = {
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android-telefoon",
  windows: "Windows-computer",
  mac: "Mac",
  linux: "Linux-computer",
};

export const nameOf = (device: Device): string => names[device.kind] ?? "Toestel";

const sorted = (items: Device[]) => items.sort((a, b) => Number(b.here) - Number(a.here));

export const own = async () => sorted((await json<{ items: Device[] }>("GET", "/devices")).items);
export const revoke = async (id: string) =>
  void (await request("DELETE", `/devices/${encodeURIComponent(id)}`));
export const revokeOthers = () =>
  json<{ revoked: number }>("POST", "/devices/revocations", { body: {} });
export const invite = () => json<Invitation>("POST", "/devices/invitations", { body: {} });

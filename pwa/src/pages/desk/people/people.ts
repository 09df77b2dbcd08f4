/** Who takes part, as the server tells it to who let them in. */
import { json, request } from "../../../request";
import type { Invitation, Person } from "../../../types";
import { type Device, nameOf } from "../../settings/devices";
import { shortDay } from "../day";

export interface Listed extends Person {
  kind: string;
  mail: string | null;
  state: "invited" | "expired" | "joined" | "ended";
  joined_at: string | null;
  expires_at: string | null;
  /** Read so much that they had to wait. */
  limited_at: string | null;
}

export interface Needy extends Device {
  person: string;
  name: string;
  needs: ("unsent" | "push")[];
}

export interface ListedInvitation extends Invitation {
  name: string;
  mail: string | null;
}

const at = (id: string) => `/people/${encodeURIComponent(id)}`;

export const list = async () => (await json<{ items: Listed[] }>("GET", "/people")).items;
export const needy = async () => (await json<{ items: Needy[] }>("GET", "/devices/in-need")).items;
export const devicesOf = async (id: string) =>
  (await json<{ items: Device[] }>("GET", `${at(id)}/devices`)).items;
export const revoke = async (id: string, device: string) =>
  void (await request("DELETE", `${at(id)}/devices/${encodeURIComponent(device)}`));
export const endAccess = async (id: string) => void (await request("DELETE", at(id)));
/** Rows for a spreadsheet; each cell is text there. */
export const exported = async () =>
  (await json<{ csv: string }>("POST", "/people/exports", { body: {} })).csv;
export const inviteAgain = (id: string) =>
  json<Invitation>("POST", `${at(id)}/invitations`, { body: {} });
export const inviteList = async (csv: string) =>
  (await json<{ items: ListedInvitation[] }>("POST", "/invitations/lists", { body: { csv } }))
    .items;

export function stateText(one: Listed): string {
  if (one.state === "ended") return "Toegang gestopt";
  if (one.state === "joined") return `Doet mee sinds ${shortDay(one.joined_at ?? "")}`;
  if (one.state === "invited") return `Uitgenodigd, tot ${shortDay(one.expires_at ?? "")}`;
  return "Uitnodiging verlopen";
}

export function needText(one: Needy): string {
  const parts = [];
  if (one.needs.includes("unsent")) {
    const waiting = one.unsent === 1 ? "Er wacht 1 melding" : `Er wachten ${one.unsent} meldingen`;
    const heard = one.synced_at ? `, en sinds ${shortDay(one.synced_at)} is niets gehoord` : "";
    parts.push(`${waiting}${heard}. Vraag om de app te openen met bereik.`);
  }
  if (one.needs.includes("push")) {
    parts.push("Seintjes komen niet meer aan. Vraag om ze uit en weer aan te zetten.");
  }
  return `${nameOf(one)}. ${parts.join(" ")}`;
}

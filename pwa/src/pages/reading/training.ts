/** Being reminded to practise, and asking for more than an app can give. */
import { json, request } from "../../request";

export type WishKind = "briefing" | "training";

export const KINDS: readonly (readonly [WishKind, string])[] = [
  ["briefing", "Voorlichting"],
  ["training", "Training"],
];

export interface Wish {
  id: string;
  kind: WishKind;
  made_at: string;
  name: string;
  role: string;
  organisation: string;
}

export const isNudged = async () =>
  (await json<{ wanted: boolean }>("GET", "/practice/nudge")).wanted;
export const nudge = async (wanted: boolean) =>
  void (await request("PUT", "/practice/nudge", { body: { wanted } }));

export const wish = (kind: WishKind) =>
  json<{ id: string }>("POST", "/training/wishes", { body: { kind } });
export const wishes = async () => (await json<{ items: Wish[] }>("GET", "/training/wishes")).items;
export const finish = async (id: string) =>
  void (await request("DELETE", `/training/wishes/${encodeURIComponent(id)}`));

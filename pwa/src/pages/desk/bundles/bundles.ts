/** Bundles, and what looks alike, as the server keeps them. */
import { json, request } from "../../../request";
import type { InboxItem, Opening, Purpose } from "../../../types";

export type Reason =
  | "same_area"
  | "same_wijk"
  | "within_week"
  | "within_3_weeks"
  | "within_2_months"
  | "signals_1"
  | "signals_2"
  | "signals_3"
  | "same_name"
  | "like_name"
  | "by_hand";

/** The plain part of an observation. */
export type Member = Pick<
  InboxItem,
  | "id"
  | "receipt"
  | "card"
  | "card_version"
  | "area"
  | "date"
  | "basis"
  | "urgency"
  | "desk"
  | "signals"
  | "protective"
  | "state"
  | "received_at"
  | "source"
  | "nobody"
  | "answered"
  | "version"
>;

export interface Suggestion {
  observation: Member;
  reasons: Reason[];
  /** The bundle it is in already. */
  bundle: string | null;
}

export interface Suggestions {
  on: boolean;
  ready: boolean;
  bundle: string | null;
  items: Suggestion[];
}

export interface BundleRow {
  id: string;
  reasons: Reason[];
  made_at: string;
  members: number;
  answered: number;
  areas: string[];
  first: string;
  last: string;
}

type Somebody = { id: string; name: string } | null;

export interface Stay {
  observation: Member;
  added_at: string;
  added_by: Somebody;
  removed_at: string | null;
  removed_by: Somebody;
}

export interface Bundle {
  id: string;
  reasons: Reason[];
  has_note: boolean;
  made_at: string;
  made_by: Somebody;
  ended_at: string | null;
  /** Where everything went, when it was put together with another. */
  merged_into: string | null;
  version: number;
  members: Stay[];
  taken_out: Stay[];
  suggestions: Suggestion[];
}

export interface OpenedBundle {
  note: string | null;
  openings: Opening[];
}

const at = (id: string) => `/bundles/${encodeURIComponent(id)}`;
const of = (id: string, what: string) => `/observations/${encodeURIComponent(id)}/${what}`;

export const suggestions = (id: string) => json<Suggestions>("GET", of(id, "suggestions"));
export const list = async () => (await json<{ items: BundleRow[] }>("GET", "/bundles")).items;
export const show = (id: string) => json<Bundle>("GET", at(id));
export const make = (observations: readonly string[], note: string) =>
  json<Bundle>("POST", "/bundles", { body: { observations, ...(note && { note }) } });
export const add = (id: string, observations: readonly string[], version: number) =>
  json<Bundle>("POST", `${at(id)}/members`, { body: { observations, version } });
export const merge = (id: string, bundle: string, version: number) =>
  json<Bundle>("POST", `${at(id)}/mergers`, { body: { bundle, version } });
export const takeOut = async (id: string, observation: string) =>
  void (await request("DELETE", `${at(id)}/members/${encodeURIComponent(observation)}`));
export const reject = async (id: string, observation: string) =>
  void (await request("POST", of(id, "rejections"), { body: { observation } }));
export const openAll = (id: string, purpose: Purpose, note: string) =>
  json<OpenedBundle>("POST", `${at(id)}/openings`, {
    body: { purpose, ...(note && { note }) },
  });

/** Puts two together: in the bundle that one of them is in, or in a new one. */
export async function join(
  observation: string,
  own: string | null,
  other: Suggestion,
): Promise<Bundle> {
  if (own && other.bundle) return merge(own, other.bundle, (await show(own)).version);
  if (own) return add(own, [other.observation.id], (await show(own)).version);
  if (other.bundle) return add(other.bundle, [observation], (await show(other.bundle)).version);
  return make([observation, other.observation.id], "");
}

/** The bundle a report is in already, or null. */
export const bundleOf = async (id: string) => (await suggestions(id)).bundle;

/** Puts a report in the bundle of another, or makes one of the two with why in own words. */
export async function bringTogether(
  id: string,
  other: string,
  bundle: string | null,
  note: string,
): Promise<Bundle> {
  return bundle ? add(bundle, [id], (await show(bundle)).version) : make([id, other], note);
}

/** What only the desk asks of the server about one observation. */

import { json } from "../../request";
import type { Desk, InboxItem, ObservationPlain } from "../../types";

const path = (id: string, what: string) => `/observations/${encodeURIComponent(id)}/${what}`;

export type Nearness = "area" | "district" | "concept";

export interface Near {
  item: InboxItem;
  reasons: Nearness[];
  /** So many days before (negative) or after. */
  days: number;
  signals: number;
}

export const nearby = async (id: string) =>
  (await json<{ items: Near[] }>("GET", path(id, "nearby"))).items;

export interface Handover {
  desk: Desk;
  version: number;
  note?: string;
}

export const handOver = (id: string, body: Handover) =>
  json<ObservationPlain>("POST", path(id, "handovers"), { body });

export interface Referral {
  id: string;
  version: number;
  to: string;
  ground: string;
  shared: string;
}

export const refer = (id: string, body: Referral) =>
  json<ObservationPlain>("POST", path(id, "referrals"), { body });

export interface Ground {
  id: string;
  name: string;
  text: string;
}

export interface Receiver extends Ground {
  /** The grounds that fit here. */
  grounds: string[];
}

export interface ReferralChoices {
  to: Receiver[];
  grounds: Ground[];
}

export const referralChoices = () => json<ReferralChoices>("GET", "/referrals/choices");

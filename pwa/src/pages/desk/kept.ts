/** The filters somebody kept; they apply through the address like any other. */

import { json, request } from "../../request";
import { type Filter, noFilter } from "./filter";

export interface Asked {
  view: Filter["view"];
  desk?: string;
  card?: string;
  group?: string;
  area?: string;
  urgency?: string;
  older_than?: number;
}

export interface KeptFilter {
  id: string;
  name: string;
  asked: Asked;
}

export const keptFilters = async () =>
  (await json<{ items: KeptFilter[] }>("GET", "/filters")).items;

export const keepFilter = (name: string, asked: Asked) =>
  json<KeptFilter>("POST", "/filters", { body: { name, asked } });

export const forgetFilter = async (id: string) =>
  void (await request("DELETE", `/filters/${encodeURIComponent(id)}`));

/** What the server keeps of a filter: only what narrows. */
export function askedOf({ view, olderThan, ...rest }: Filter): Asked {
  const narrowing = Object.entries(rest).filter(([, value]) => value);
  return {
    view,
    ...Object.fromEntries(narrowing),
    ...(olderThan && { older_than: Number(olderThan) }),
  };
}

export function filterOf({ older_than, ...rest }: Asked): Filter {
  return { ...noFilter, ...rest, olderThan: older_than ? String(older_than) : "" };
}

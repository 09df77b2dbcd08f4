/** What the inbox shows, and how that stands in the address, so that it can be kept, shared and reloaded. */

import type { InboxQuery, InboxView } from "../../types";

export const views: readonly InboxView[] = ["all", "new", "mine", "late", "waiting", "expiring"];

export interface Filter {
  view: InboxView;
  desk: string;
  card: string;
  group: string;
  area: string;
  urgency: string;
  olderThan: string;
}

const narrowing = ["desk", "card", "group", "area", "urgency", "olderThan"] as const;

export const noFilter: Filter = {
  view: "all",
  desk: "",
  card: "",
  group: "",
  area: "",
  urgency: "",
  olderThan: "",
};

const allowed: Record<string, RegExp> = {
  desk: /^(sociaal|veiligheid)$/,
  card: /^[a-z0-9-]{1,40}$/,
  group: /^[a-z-]{1,40}$/,
  area: /^(WK|BU)\d{6,8}$/,
  urgency: /^(today|this_week|can_wait)$/,
  olderThan: /^[1-9]\d{0,2}$/,
};

function isView(value: string | null): value is InboxView {
  return views.some((view) => view === value);
}

/** Reads a filter from an address; what does not belong there is left out, so that an old link still opens. */
export function readFilter(query: string): Filter {
  const given = new URLSearchParams(query);
  const view = given.get("view");
  const filter = { ...noFilter, view: isView(view) ? view : "all" };
  for (const name of narrowing) {
    const value = given.get(name) ?? "";
    if (allowed[name]?.test(value)) filter[name] = value;
  }
  return filter;
}

/** Writes the same filter always the same way; without a filter there is no query at all. */
export function writeFilter(filter: Filter): string {
  const query = new URLSearchParams();
  if (filter.view !== "all") query.set("view", filter.view);
  for (const name of narrowing) if (filter[name]) query.set(name, filter[name]);
  const text = query.toString();
  return text ? `?${text}` : "";
}

/**
 * The address of the inbox, with one observation chosen or none. The slash before the question mark
 * keeps the filter out of the name of the page.
 */
export function inboxPath(filter: Filter, id?: string): string {
  const query = writeFilter(filter);
  return `/postvak${id ? `/${id}` : ""}${query && `/${query}`}`;
}

/** The question a filter asks of the server. */
export function queryOf(filter: Filter, cursor?: string): InboxQuery {
  const query: Record<string, string | number> = { view: filter.view };
  for (const name of narrowing) if (filter[name]) query[name] = filter[name];
  if (filter.olderThan) query.olderThan = Number(filter.olderThan);
  if (cursor) query.cursor = cursor;
  return query as InboxQuery;
}

export function isNarrowed(filter: Filter): boolean {
  return narrowing.some((name) => filter[name] !== "");
}

/** "99+" from a hundred on: the server stops counting there. */
export function countText(count: number): string {
  return count > 99 ? "99+" : String(count);
}

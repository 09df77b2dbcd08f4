/** One function per call of the API. */
import { json, type Options, readJson, request } from "./request";
import type * as T from "./types";

export { ApiError, type ApiErrorKind } from "./request";

/** What was asked for, or null when it did not change since `etag`. */
export type Fresh<Body> = { etag: string | null; body: Body } | null;

async function fresh<Body>(path: string, etag: string | null): Promise<Fresh<Body>> {
  const response = await request("GET", path, etag ? { headers: { "If-None-Match": etag } } : {});
  if (response.status === 304) return null;
  return { etag: response.headers.get("ETag"), body: await readJson<Body>(response) };
}

export function bearer(key: string | null | undefined): Options {
  return key ? { headers: { Authorization: `Bearer ${key}` } } : {};
}

export const cards = (etag: string | null) => fresh<T.CardSet>("/cards", etag);
export const areas = (etag: string | null) => fresh<T.AreaSet>("/areas", etag);

export interface SignIn {
  invitation?: string;
  code?: string;
  device: string;
  app_version: string;
}

export interface SignedIn extends T.Session {
  /** Only the first time on this device. */
  delivery_key?: string | null;
}

export const signIn = (body: SignIn, deliveryKey?: string | null) =>
  json<SignedIn>("POST", "/sessions", { body, ...bearer(deliveryKey) });
export const session = () => json<T.Session>("GET", "/session");
/** With who it is, so that nobody goes who came since; `true` for whoever it is. */
export const signOut = async (person: string | true) => {
  const headers: Record<string, string> = person === true ? {} : { "Session-Person": person };
  await request("DELETE", "/session", { headers });
};

export const invite = (body: T.NewInvitation) =>
  json<T.Invitation>("POST", "/invitations", { body });
/** The eight characters to type in the installed app; the invitation itself is not used yet. */
export const invitationCode = (invitation: string) =>
  json<{ code: string; expires_at: string }>("POST", "/invitations/codes", {
    body: { invitation },
  });

/** `body` is text, because an item must be byte for byte the same at every try. */
export const sync = (body: string, deliveryKey: string | null, limit: number) =>
  json<unknown>("POST", "/sync", { body, limit, ...bearer(deliveryKey) });

export const openObservation = (id: string, purpose: T.Purpose, note?: string) =>
  json<T.Opening>("POST", `/observations/${encodeURIComponent(id)}/openings`, {
    body: note ? { purpose, note } : { purpose },
  });
export const openReporter = (id: string, purpose: T.ReporterPurpose) =>
  json<T.OpenedReporter>("POST", `/observations/${encodeURIComponent(id)}/reporter-openings`, {
    body: { purpose },
  });
export const observation = (id: string) =>
  json<T.ObservationPlain>("GET", `/observations/${encodeURIComponent(id)}`);
export const changeState = (id: string, body: T.StateChange) =>
  json<T.ObservationPlain>("POST", `/observations/${encodeURIComponent(id)}/states`, { body });
export const decideWithdrawal = async (id: string, body: T.WithdrawalDecision) =>
  void (await request("POST", `/observations/${encodeURIComponent(id)}/withdrawals`, { body }));
export const giveFeedback = (id: string, body: T.NewFeedback) =>
  json<T.ObservationPlain>("POST", `/observations/${encodeURIComponent(id)}/feedback`, { body });

export function inbox(query: T.InboxQuery = {}): Promise<T.InboxPage> {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) asked.set(key, String(value));
  }
  return json<T.InboxPage>("GET", `/inbox${asked.size ? `?${asked}` : ""}`);
}

export const lateBox = () => json<{ items: T.LateItem[] }>("GET", "/late-box");
export const openLate = (id: string, purpose: T.Purpose) =>
  json<T.LateOpening>("POST", `/late-box/${encodeURIComponent(id)}/openings`, {
    body: { purpose },
  });

export const subscribe = async (subscription: PushSubscriptionJSON) =>
  void (await request("PUT", "/push/subscription", {
    body: { endpoint: subscription.endpoint, keys: subscription.keys },
  }));
export const unsubscribe = async () => void (await request("DELETE", "/push/subscription"));
export const testPush = async () => void (await request("POST", "/push/tests", { body: {} }));

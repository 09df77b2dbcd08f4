/** Who of the desk is away, and who does their work. */
import { json, request } from "../../../request";

export interface Colleague {
  id: string;
  name: string;
  role_label: string;
  absence: { until: string; substitute: { id: string; name: string } | null } | null;
}

const at = (id: string) => `/absences/${encodeURIComponent(id)}`;

export const colleagues = async () =>
  (await json<{ items: Colleague[] }>("GET", "/absences")).items;
export const goAway = async (id: string, until: string, substitute: string | null) =>
  (await json<{ taken_over: number }>("PUT", at(id), { body: { until, substitute } })).taken_over;
export const comeBack = async (id: string) => void (await request("DELETE", at(id)));

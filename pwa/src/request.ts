/** One request to the server, with a time limit, and every failure as one of six kinds. */
import type { Problem } from "./types";

/**
 * offline: no answer came. signed_out: 401. refused: the server will not. busy: later, please.
 * server: it failed there. strange: an answer that is not ours, such as a captive portal's page.
 */
export type ApiErrorKind = "offline" | "signed_out" | "refused" | "busy" | "server" | "strange";

interface Details {
  status?: number;
  problem?: Problem;
  retryAfter?: number;
  timedOut?: boolean;
}

export class ApiError extends Error {
  override name = "ApiError";
  readonly kind: ApiErrorKind;
  readonly status: number | undefined;
  readonly problem: Problem | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  readonly timedOut: boolean;

  constructor(kind: ApiErrorKind, details: Details = {}) {
    super(details.problem?.detail ?? details.problem?.title ?? kind);
    this.kind = kind;
    this.status = details.status;
    this.problem = details.problem;
    this.retryAfter = details.retryAfter;
    this.timedOut = details.timedOut ?? false;
  }
}

export interface Options {
  /** JSON text, or a value that becomes it. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Milliseconds. */
  limit?: number;
}

const LIMIT = 15_000;

let signedOut: () => void = () => undefined;

/** `fn` hears that the server no longer knows who asks. */
export function whenSignedOut(fn: () => void): void {
  signedOut = fn;
}

/** The answer, when it is 2xx or 304. */
export async function request(
  method: string,
  path: string,
  options: Options = {},
): Promise<Response> {
  const headers = new Headers({ Accept: "application/json", ...options.headers });
  const body = options.body === undefined ? null : text(options.body);
  if (method !== "GET") headers.set("Content-Type", "application/json");
  const signal = AbortSignal.timeout(options.limit ?? LIMIT);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body,
      signal,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
    });
  } catch {
    throw new ApiError("offline", { timedOut: signal.aborted });
  }
  if (response.ok || response.status === 304) return response;
  if (response.status === 401) signedOut();
  throw await failure(response);
}

/** The answer as JSON; anything that is not JSON is strange, whatever its status. */
export async function json<T>(method: string, path: string, options: Options = {}): Promise<T> {
  return readJson<T>(await request(method, path, options));
}

export async function readJson<T>(response: Response): Promise<T> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!/^application\/([\w.]+\+)?json\b/.test(type)) {
    throw new ApiError("strange", { status: response.status });
  }
  let body: string;
  try {
    body = await response.text();
  } catch (error) {
    throw new ApiError("offline", { timedOut: (error as Error).name === "TimeoutError" });
  }
  try {
    return JSON.parse(body) as T;
  } catch {
    throw new ApiError("strange", { status: response.status });
  }
}

function text(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

async function failure(response: Response): Promise<ApiError> {
  const { status } = response;
  const retryAfter = seconds(response.headers);
  const problem = await readProblem(response);
  return new ApiError(kindOf(status), {
    status,
    ...(problem && { problem }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function kindOf(status: number): ApiErrorKind {
  if (status === 401) return "signed_out";
  if (status === 408 || status === 429 || status === 503) return "busy";
  if (status >= 500) return "server";
  return status >= 400 ? "refused" : "strange";
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return;
  try {
    return (await response.json()) as Problem;
  } catch {
    // A broken explanation does not change what happened.
    return;
  }
}

/** How long we were asked to wait; a date is held against the server's clock, not this phone's. */
function seconds(headers: Headers): number | undefined {
  const header = headers.get("Retry-After");
  if (!header) return;
  const count = Number(header);
  const there = Date.parse(headers.get("Date") ?? "") || Date.now();
  const wait = Number.isFinite(count) ? count : (Date.parse(header) - there) / 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

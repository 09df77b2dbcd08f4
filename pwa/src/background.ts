/** Background Sync, where it exists: the system wakes the worker when there is a network again. */

export const TAG = "outbox";

interface Registration {
  sync?: { register(tag: string): Promise<void> };
}

/** An extra only: everything that waits is also sent by the open app. */
export async function ask(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = (await navigator.serviceWorker.getRegistration()) as
    | Registration
    | undefined;
  // Refused by the system or its user: then the open app does it.
  await registration?.sync?.register(TAG).catch(() => undefined);
}

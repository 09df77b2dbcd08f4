/** What happens when the app is open and its first screen is drawn: all that needs the network. */
import * as areas from "./areas";
import * as badge from "./badge";
import * as cards from "./cards";
import * as drafts from "./drafts";
import * as push from "./push";
import * as session from "./session";
import * as survey from "./survey";
import * as sync from "./sync";
import * as update from "./update";

/** Everything that needs the network or has time; without `worker` nothing is kept for offline. */
export function connect(worker: string | TrustedScriptURL | null): void {
  // Where a worker is not allowed, such as in a private window, the app works with a network.
  const keep = () => worker && update.start(worker).catch(() => undefined);
  const fetched = cards.refresh();
  // On a first visit the cards go before all that is kept for later.
  if (navigator.serviceWorker?.controller) void keep();
  else void fetched.finally(keep);
  followWorker();
  badge.start();
  sync.whenAnswered(async (answer) => {
    await cards.noticed(answer.cards_version, answer.seal_key);
    await session.hear(answer.person);
    await survey.flush();
  });
  followSession();
  sync.start();
  void areas.load().then(areas.refresh);
  void fetched.then(push.resend);
  void drafts.expire();
  document.addEventListener("visibilitychange", () => {
    // A page that is being left must not begin to write: some browsers keep it, with the store shut.
    if (document.visibilityState === "visible") void drafts.expire();
  });
}

async function refreshOwn(): Promise<void> {
  await cards.refresh();
  await push.resend();
}

// Who signs in gets the own cards and list; who signs out leaves the public ones.
function followSession(): void {
  let before = who();
  session.onChange(() => {
    if (who() === before) return;
    before = who();
    void refreshOwn();
    if (session.state() === "in") void sync.run("signed in");
    if (session.state() === "out") void push.drop();
  });
}

const who = () => `${session.current()?.id} ${session.state()}`;

// The worker says that a push came, and where a tap on its notification leads.
function followWorker(): void {
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<unknown>) => {
    const { go, news } = (event.data ?? {}) as { go?: unknown; news?: unknown };
    if (typeof go === "string" && go.startsWith("/#/")) location.hash = go.slice(1);
    if (news) void sync.run("push");
  });
}

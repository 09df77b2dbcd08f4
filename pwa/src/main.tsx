import { render } from "preact";
import { App } from "./App";
import { whenBlocked } from "./db";
import { fetchCards, isFirstVisit, load } from "./opening";
import { fetchAfter } from "./pages/behind";
import { NO_STORE, OTHER_TAB } from "./words";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => TrustedScriptURL };
}

// The only script this page ever loads by itself is the service worker.
const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const policy = policies?.createPolicy("signaalkaart", { createScriptURL: () => "/sw.js" });

const AGAIN = 5_000;
const root = document.getElementById("app") as HTMLElement;
const say = (text: string) => {
  root.textContent = text;
};
whenBlocked(() => say(OTHER_TAB));

// Where the worker has the fonts, they are there when the first screen is drawn: no second lay-out.
if (navigator.serviceWorker?.controller) {
  for (const voice of ["Sans", "Serif"]) void document.fonts.load(`1em "Noto ${voice} Variable"`);
}

try {
  await load();
} catch (error) {
  say(NO_STORE);
  throw error;
}
// What stood there for who had nothing yet would otherwise stay, also where the desk has no such bar.
root.replaceChildren();
render(<App />, root);
if (isFirstVisit()) void fetchCards();
const worker = import.meta.env.PROD ? (policy?.createScriptURL("/sw.js") ?? "/sw.js") : null;
const begin = (): void => {
  fetchAfter().then(
    ({ connect }) => connect(worker),
    // Only on a first visit with a poor line: after that the worker has it.
    () => setTimeout(begin, AGAIN),
  );
};
begin();

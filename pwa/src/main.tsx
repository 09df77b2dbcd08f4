import { render } from "preact";
import { App } from "./App";
import { whenBlocked } from "./db";
import { connect, load } from "./start";
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

const root = document.getElementById("app") as HTMLElement;
const say = (text: string) => {
  root.textContent = text;
};
whenBlocked(() => say(OTHER_TAB));

try {
  await load();
} catch (error) {
  say(NO_STORE);
  throw error;
}
render(<App />, root);
connect(import.meta.env.PROD ? (policy?.createScriptURL("/sw.js") ?? "/sw.js") : null);

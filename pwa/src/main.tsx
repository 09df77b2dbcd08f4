import { render } from "preact";
import { App } from "./App";
import { connect, load } from "./start";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => TrustedScriptURL };
}

// The only script this page ever loads by itself is the service worker.
const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const policy = policies?.createPolicy("signaalkaart", { createScriptURL: () => "/sw.js" });

await load();
const root = document.getElementById("app");
if (root) render(<App />, root);
connect(import.meta.env.PROD ? (policy?.createScriptURL("/sw.js") ?? "/sw.js") : null);

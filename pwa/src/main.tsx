import { render } from "preact";
import { App } from "./App";
import { start } from "./start";

const root = document.getElementById("app");
if (root) {
  await start();
  render(<App />, root);
}

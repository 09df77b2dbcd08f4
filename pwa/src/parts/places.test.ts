import { expect, test, vi } from "vitest";
import { say } from "./places";

test("the live region says a sentence, also the same one twice", () => {
  const said: string[] = [];
  const region = {
    set textContent(text: string) {
      said.push(text);
    },
  };
  vi.stubGlobal("document", { getElementById: () => region });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => draw());
  say("Verstuurd");
  say("Verstuurd");
  expect(said).toEqual(["", "Verstuurd", "", "Verstuurd"]);
});

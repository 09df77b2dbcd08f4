import { expect, test, vi } from "vitest";
import { copy } from "./copy";

test("what is copied is said, and how to go on where a browser forbids it", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  expect(await copy("https://voorbeeld.example")).toBe("Gekopieerd.");
  expect(writeText).toHaveBeenCalledWith("https://voorbeeld.example");
  writeText.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  expect(await copy("nog eens")).toContain("kopieer hem zelf");
  vi.stubGlobal("navigator", {});
  expect(await copy("nog eens")).toContain("kopieer hem zelf");
});

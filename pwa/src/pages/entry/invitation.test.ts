import { expect, test } from "vitest";
import { readInvitation } from "./invitation";

test("a code may be typed small and in groups", () => {
  expect(readInvitation(" abcd 23-45 ")).toEqual({ code: "ABCD2345" });
});

test("a pasted link is understood as the invitation in it", () => {
  expect(readInvitation("https://kaart.example/#/uitnodiging/aB3_x-9")).toEqual({
    invitation: "aB3_x-9",
  });
});

test("anything else is asked again", () => {
  expect(readInvitation("ABCD234")).toBeNull();
  expect(readInvitation("")).toBeNull();
});

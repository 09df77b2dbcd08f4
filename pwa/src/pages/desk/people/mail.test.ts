import { expect, test } from "vitest";
import { mailLink, mailText } from "./mail";

const INVITATION = {
  id: "i",
  link: "https://kaart.example/#/uitnodiging/aB3_x-9",
  code: "ABCD2345",
  qr: [],
  expires_at: "2026-11-28T20:42:00Z",
  person: "p",
};

test("the mail holds link, code and how long they work", () => {
  const text = mailText("Coen Nepstra", "gemeente Nijkerk", INVITATION);
  expect(text).toContain("Beste Coen Nepstra,");
  expect(text).toContain(INVITATION.link);
  expect(text).toContain("ABCD 2345");
  expect(text).toContain("zaterdag 28 november 2026, 21.42 uur");
});

test("nothing in a name or address gets out of its place in the mail", () => {
  const link = mailLink("a&cc=b@x.example", mailText("Bo&bcc=c@x.example", "X", INVITATION));
  const url = new URL(link);
  expect([...url.searchParams.keys()]).toEqual(["subject", "body"]);
  expect(url.searchParams.get("body")).toContain("Beste Bo&bcc=c@x.example,\r\n");
});

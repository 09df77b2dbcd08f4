import { expect, test } from "vitest";
import type { Feedback, Mine } from "../../types";
import { FEEDBACK } from "../../words";
import { feedbackText, openQuestion } from "./feedback";
import { groups } from "./groups";
import { timeline } from "./timeline";

const mineOf = (some: Partial<Mine>): Mine => ({
  id: "a",
  card: "boa",
  cardVersion: 1,
  area: null,
  date: "2026-11-19",
  madeAt: "2026-11-19T20:00:00Z",
  signals: 1,
  status: "received",
  feedback: [],
  additions: [],
  unseen: false,
  withdrawal: null,
  ...some,
});

const said = (kind: Feedback["kind"], id: string, text: string | null = null): Feedback => ({
  id,
  kind,
  text,
  at: "2026-11-20T09:00:00Z",
});

test("what asks something comes first, what is still here second", () => {
  const list = [
    mineOf({ id: "sent" }),
    mineOf({ id: "queued", status: "saved" }),
    mineOf({ id: "asked", status: "question" }),
    mineOf({ id: "stuck", status: "look" }),
  ];
  const found = groups(list).map(([title, items]) => [title, items.map((one) => one.id)]);
  expect(found).toEqual([
    ["Voor jou", ["asked", "stuck"]],
    ["Onderweg", ["queued"]],
    ["Bij de gemeente", ["sent"]],
  ]);
});

test("feedback is for you until you saw it", () => {
  const titles = (unseen: boolean) =>
    groups([mineOf({ status: "feedback", unseen })]).map(([title]) => title);
  expect(titles(true)).toEqual(["Voor jou"]);
  expect(titles(false)).toEqual(["Bij de gemeente"]);
});

test("a refused withdrawal is among what is for you", () => {
  const list = [mineOf({ status: "saved", withdrawal: "look" })];
  expect(groups(list).map(([title]) => title)).toEqual(["Voor jou"]);
});

test("a question is open until an addition answers it", () => {
  const question = said("question", "q", "Zag je dit vaker?");
  const one = mineOf({ feedback: [question] });
  expect(openQuestion(one)).toBe(question);
  const answer = { id: "x", at: "2026-11-21T08:00:00Z", question: "q", status: "saved" } as const;
  expect(openQuestion({ ...one, additions: [answer] })).toBeUndefined();
});

test("feedback always says something, also without words of the desk", () => {
  expect(feedbackText(said("watching", "f"))).toBe(`${FEEDBACK.watching}.`);
  expect(feedbackText(said("contact", "f", "Morgen bellen we je."))).toBe(
    `${FEEDBACK.contact}. Morgen bellen we je.`,
  );
  expect(feedbackText(said("question", "q", "Zag je dit vaker?"))).toBe("Zag je dit vaker?");
});

test("a report, what was said and what was added stand in the order they happened", () => {
  const one = mineOf({
    feedback: [said("read", "f")],
    additions: [{ id: "x", at: "2026-11-20T08:00:00Z", question: null, status: "received" }],
  });
  expect(timeline(one).map((event) => event.kind)).toEqual(["made", "addition", "feedback"]);
});

import { describe, expect, it } from "vitest";
import type { Action, Case, CaseEvent, Edge, Node } from "./cases";
import {
  changesOn,
  eventText,
  invitable,
  moments,
  nextOwners,
  nodeName,
  outcomeText,
  ownersOf,
  phaseText,
  sameable,
  standOn,
} from "./phrases";

const node = (id: string, since: string, until: string | null = null): Node => ({
  id,
  kind: "person",
  zone: "friends",
  letter: "B",
  since,
  until,
  name: null,
  role: "vriend",
  cases: [],
});
const edge: Edge = {
  id: "e",
  from_id: "a",
  to_id: "b",
  kind: "new",
  since: "2026-11-02",
  until: null,
  label: "kent",
};
const nodes = [node("a", "2026-11-01"), node("b", "2026-11-02", "2026-11-10")];

describe("the network over time", () => {
  it("shows what there was on a day, and no line to who is gone", () => {
    expect(standOn(nodes, [edge], "2026-11-01").nodes).toHaveLength(1);
    expect(standOn(nodes, [edge], "2026-11-05").edges).toEqual([edge]);
    expect(standOn(nodes, [edge], "2026-11-10").edges).toEqual([]);
  });

  it("stops at each day on which something changed, and today", () => {
    expect(moments(nodes, [edge], "2026-11-23")).toEqual([
      "2026-11-01",
      "2026-11-02",
      "2026-11-10",
      "2026-11-23",
    ]);
  });

  it("says in words what came and what went, and no more than can be listened to", () => {
    expect(changesOn(nodes, [edge], "2026-11-02", "youth")).toBe(
      "Erbij op 2 nov.: vriend (B); vriend (B) – kent – vriend (B).",
    );
    expect(changesOn(nodes, [edge], "2026-11-10", "youth")).toBe("Weg op 10 nov.: vriend (B).");
    expect(changesOn(nodes, [edge], "2026-11-05", "youth")).toBe("");
    const many = Array.from({ length: 8 }, (_, at) => node(`n${at}`, "2026-11-01"));
    expect(changesOn(many, [], "2026-11-01", "youth")).toMatch(/; en nog 3\.$/);
  });

  it("lets a person be the same as a person, and not as a place", () => {
    const place: Node = { ...node("p", "2026-11-01"), kind: "place" };
    expect(sameable(node("a", "2026-11-01"), [...nodes, place])).toEqual(nodes);
  });

  it("names nobody while names are covered", () => {
    expect(nodeName(node("a", "2026-11-01"), "youth")).toBe("vriend (B)");
    const subject: Node = { ...node("a", "2026-11-01"), zone: "subject", letter: "A" };
    expect(nodeName(subject, "youth")).toBe("Jongere A");
    expect(nodeName(subject, "group")).toBe("vriend (A)");
    expect(nodeName({ ...subject, name: "Zwiep" }, "youth")).toBe("Zwiep");
  });
});

describe("who can be chosen", () => {
  const kees = { id: "k", name: "Kees Bedacht" };
  const coby = { id: "c", name: "Coby Verzonnen" };
  const om = { id: "o", name: "Olga Proef" };
  const row = {
    participants: [
      { ...coby, part: "shell", ended: false },
      { ...om, part: "agenda", ended: false },
    ],
  } as unknown as Case;
  const somebody = (one: { id: string; name: string }) => ({
    ...one,
    organisation: "De gemeente",
    agenda_only: one.id === "x",
  });
  const action = { owner: coby, orphaned: false } as unknown as Action;

  it("leaves out who works along already", () => {
    const people = [kees, coby].map(somebody);
    expect(invitable(people, row, "core").map(({ id }) => id)).toEqual(["k"]);
  });

  it("offers the OM as an agendalid and as nothing else", () => {
    const people = [kees, { id: "x", name: "Otto Bedacht" }].map(somebody);
    const offered = (part: string) => invitable(people, row, part).map(({ id }) => id);
    expect(offered("core")).toEqual(["k"]);
    expect(offered("agenda")).toEqual(["k", "x"]);
  });

  it("lets the shell of this case do something, and not who is on the agenda only", () => {
    expect(ownersOf([kees], row)).toEqual([kees, coby]);
    expect(ownersOf([kees])).toEqual([kees]);
  });

  it("keeps the owner in the list, unless that access ended", () => {
    expect(nextOwners([kees], action)).toEqual([coby, kees]);
    expect(nextOwners([kees], { ...action, orphaned: true })).toEqual([kees]);
  });
});

describe("the story of a case", () => {
  const on = (day: string, kind: CaseEvent["kind"], phase: CaseEvent["phase"] = null) => ({
    at: `${day}T09:00:00Z`,
    kind,
    phase,
    text: kind === "closed" ? "Weer op school." : null,
  });

  it("says when a phase was left for the last time", () => {
    const events = [
      on("2026-11-02", "made", "signalling"),
      on("2026-11-03", "phase", "analysis"),
      on("2026-11-04", "phase", "signalling"),
      on("2026-11-05", "phase", "analysis"),
    ];
    expect(phaseText("signalling", true, events)).toBe("klaar op 5 nov.");
    expect(phaseText("signalling", true, [])).toBe("klaar");
    expect(phaseText("decision", false, events)).toBe("nog niet");
  });

  it("tells each step, and what was written at it", () => {
    expect(eventText(on("2026-11-02", "made", "signalling"))).toBe("Casus begonnen");
    expect(eventText(on("2026-11-03", "phase", "analysis"))).toBe("Naar analyse");
    expect(eventText(on("2026-11-05", "closed"))).toBe("Gesloten: Weer op school.");
    expect(outcomeText("handed_over")).toBe("Overgedragen");
  });
});

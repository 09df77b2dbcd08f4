import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import type { CardSet } from "../../types";
import { type Searcher, searcher } from "./search";

const READ = `
import json, tomllib
from pathlib import Path
from server.cards.service import load
questions = tomllib.loads(Path("tests/zoekvragen.toml").read_text())["questions"]
print(json.dumps({"set": load(Path("content")).as_json(open_only=False), "questions": questions}))
`;
const FIRST = 3;
const ENOUGH = 55;

interface Question {
  ask: string;
  hits: string[];
}

let questions: Question[];
let set: CardSet;
let search: Searcher;

beforeAll(() => {
  const told = execFileSync(".venv/bin/python", ["-c", READ], { cwd: "..", encoding: "utf8" });
  ({ set, questions } = JSON.parse(told) as { set: CardSet; questions: Question[] });
  search = searcher(set, null);
});

const named = (query: string) =>
  search
    .find(query)
    .slice(0, FIRST)
    .flatMap(({ id, concept }) => [id, concept]);

describe("searching the real cards", () => {
  test("finds at least 55 of 60 questions, as people type them, in the first three", () => {
    const missed = questions.filter(({ ask, hits }) => {
      const found = named(ask);
      return !hits.some((hit) => found.includes(hit));
    });
    expect(questions).toHaveLength(60);
    expect(new Set(questions.map(({ ask }) => ask)).size).toBe(60);
    expect(
      questions.length - missed.length,
      missed.map(({ ask }) => `${ask}: ${named(ask)}`).join("\n"),
    ).toBeGreaterThanOrEqual(ENOUGH);
  });

  test("marks the word that was found, also when it was typed with a fault", () => {
    const [hit] = search.find("waapen");
    expect(hit?.marked.filter((_piece, at) => at % 2 === 1)).toEqual(["wapen"]);
    expect(hit?.marked.join("")).toBe(hit?.text);
  });

  test("finds what to do and what not, and leads to that line of the card", () => {
    const boa = searcher(set, "boa");
    const [first] = boa.find("namen in een groepsapp");
    expect(first?.kind).toBe("Doe dit niet");
    const at = Number(first?.id.replace("dont-", "")) - 1;
    expect(set.cards.find(({ id }) => id === "boa")?.dont[at]).toBe(first?.text);
    expect(boa.find("letterlijke woorden")[0]?.kind).toBe("Doe dit wel");
    expect(boa.find("rondhangen gezelligheid")[0]?.kind).toBe("Let op jezelf");
  });

  test("puts the card of who is asking first", () => {
    for (const own of ["boa", "sport", "ouders"]) {
      expect(searcher(set, own).find("twee telefoons")[0]?.card).toBe(own);
    }
  });

  test.each(["", "   ", "xqzv wkpf", "de het een", "(*+?[", "\u{1F600}"])(
    "finds nothing for %j",
    (query) => {
      expect(search.find(query)).toEqual([]);
    },
  );

  test("takes a whole page of text for a question without trouble", () => {
    expect(() => search.find("wapen ".repeat(10_000))).not.toThrow();
  });

  test("leads every hit to an item of the card or to a number", () => {
    for (const { ask } of questions) {
      for (const { href, card, id } of search.find(ask)) {
        if (card) expect(href).toBe(`#/kaart/${card}/${id}`);
        else expect(href).toMatch(/^(#\/kaart\/[\w-]+\/W-\d+|tel:[\d+]+|https:\/\/.+)$/);
      }
    }
  });
});

/** What an envelope held, made safe to show: its inner shape belongs to the app that sealed it, not to this one. */

import type { AgeBand, Answers } from "../../types";
import { longDay } from "./day";
import { ageWords, informedWords } from "./phrases";

export interface LetterPerson {
  name: string;
  about: string;
}

export interface LetterText {
  what: string;
  where: string;
  when: string;
  persons: LetterPerson[];
  /** Who told it, when it was entered at the desk: name and how to reach them. */
  reporter: string;
  answers: string[];
}

type Loose = Record<string, unknown>;

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function loose(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}

function word<T extends string>(words: Record<T, string>, key: unknown): string {
  return typeof key === "string" && Object.hasOwn(words, key) ? words[key as T] : "";
}

function whenOf(at: unknown): string {
  const moment = text(at);
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(moment) ?? [];
  if (/^\d{4}-\d\d-\d\d$/.test(moment)) return longDay(moment);
  if (!day || !time) return moment;
  return `${longDay(day)}, ${time.replace(":", ".")} uur`;
}

function personOf(value: unknown): LetterPerson {
  const person = loose(value);
  const about = [word<AgeBand>(ageWords, person.age), text(person.description)];
  return { name: text(person.name), about: about.filter(Boolean).join(", ") };
}

function answersOf(value: unknown): string[] {
  const answers = loose(value);
  return [
    word<Answers["informed"]>(informedWords, answers.informed),
    answers.without_name === true ? "De melder wil eerst meedenken, zonder naam." : "",
    answers.call_back === true ? "De melder wil teruggebeld worden." : "",
  ].filter(Boolean);
}

function reporterOf(value: unknown): string {
  const reporter = loose(value);
  return [text(reporter.name), text(reporter.contact)].filter(Boolean).join(", ");
}

export function readLetter(opened: unknown): LetterText {
  const letter = loose(opened);
  return {
    what: text(letter.what) || text(letter.text),
    where: text(letter.where),
    when: whenOf(letter.at),
    persons: Array.isArray(letter.persons) ? letter.persons.map(personOf) : [],
    reporter: reporterOf(letter.reporter),
    answers: answersOf(letter.answers),
  };
}

/** The names an answer may not hold. */
export function namesIn(letter: LetterText): string[] {
  return letter.persons.map(({ name }) => name).filter(Boolean);
}

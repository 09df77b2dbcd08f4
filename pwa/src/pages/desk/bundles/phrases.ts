/** What bundles say on the screen: reasons are words, never a number of points. */
import * as cards from "../../../cards";
import { shortDay } from "../day";
import { areaName, cardOf } from "../names";
import { togetherText } from "../phrases";
import type { Bundle, Member, Reason } from "./bundles";

/** "Zelfde buurt, binnen 3 weken, 2 dezelfde signalen." */
export function why(reasons: readonly Reason[]): string {
  const said = togetherText(reasons);
  return said && `${said}.`;
}

/** "Onderwijs, 20 nov." */
export function memberTitle({ card, date }: Pick<Member, "card" | "date">): string {
  return `${cardOf(card).title}, ${shortDay(date)}`;
}

/** The protective factors somebody ticked, in words. */
export function protectiveNames({
  card,
  protective,
}: Pick<Member, "card" | "protective">): string[] {
  const known = cards.card(card)?.protective_factors ?? [];
  return protective.flatMap((id) => known.find((one) => one.id === id)?.text ?? []);
}

export function membersCount(count: number): string {
  return count === 1 ? "1 melding" : `${count} meldingen`;
}

/** "Bundel Strijland-west", or with the other areas: "Bundel Strijland-west en 1 andere buurt". */
export function bundleTitle(areas: readonly (string | null)[]): string {
  const known = areas.filter((area): area is string => area !== null);
  const [first] = known;
  if (!first) return "Bundel zonder buurt";
  const others = new Set(known).size - 1;
  if (others === 0) return `Bundel ${areaName(first)}`;
  return `Bundel ${areaName(first)} en ${others === 1 ? "1 andere buurt" : `${others} andere buurten`}`;
}

/** "1 van 3 melders kreeg antwoord" */
export function answeredText(answered: number, members: number): string {
  if (answered === 0) return "nog geen melder kreeg antwoord";
  if (answered === members) return "elke melder kreeg antwoord";
  return `${answered} van ${members} melders ${answered === 1 ? "kreeg" : "kregen"} antwoord`;
}

/** "7 nov. tot 21 nov.", or one day. */
export function daysText(first: string, last: string): string {
  return first === last ? shortDay(first) : `${shortDay(first)} tot ${shortDay(last)}`;
}

/** The areas of a bundle, the one with most first. */
export function areasOf({ members }: Pick<Bundle, "members">): (string | null)[] {
  const counted = new Map<string, number>();
  for (const { observation } of members)
    if (observation.area) counted.set(observation.area, (counted.get(observation.area) ?? 0) + 1);
  return [...counted].sort(([, one], [, other]) => other - one).map(([area]) => area);
}

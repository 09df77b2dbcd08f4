/** What the screen says of goals and half years, and what may be typed. */
import type { Entered, Goal, GoalName } from "./calls";

export const NAMES: Record<GoalName, string> = {
  awareness: "Mensen weten wat een signaal is",
  willingness: "Mensen melden een signaal",
  feedback_time: "Melders krijgen op tijd antwoord",
  help_accepted: "Jongeren nemen hulp aan",
};

/** "2026-H2" as people say it. */
export function halfName(half: string): string {
  const [year, number] = half.split("-H");
  return `${number === "1" ? "Eerste" : "Tweede"} half jaar van ${year}`;
}

const FEW = "minder dan 5";
const LEAST = 5;

/** What stands in a field as a number, or as few. */
type Typed = Pick<Entered, "value" | "few">;

export function valueText(
  unit: Goal["unit"],
  { value, few, over }: Typed & { over?: number | null },
): string {
  if (few) return unit === "count" ? FEW : "verborgen";
  if (value === null) return "–";
  if (unit === "count") return String(value);
  return over ? `${value}% van ${over}` : `${value}%`;
}

/** So many half years back, this one included; the newest first. */
export function halves(now: string, count: number): string[] {
  let [year = 0, number = 1] = now.split("-H").map(Number);
  return Array.from({ length: count }, () => {
    const half = `${year}-H${number}`;
    [year, number] = number === 1 ? [year - 1, 2] : [year, 1];
    return half;
  });
}

/** What stands in a field before anything is typed; few is a word in it, so saving keeps it. */
export const typed = (entered: Typed | undefined, unit: Goal["unit"]): string =>
  entered?.few && unit === "count" ? FEW : String(entered?.value ?? "");

/** What was typed as a number: undefined is no number, and empty takes it away. */
export function numberOf(text: string, unit: Goal["unit"]): Typed | undefined {
  const bare = text.trim().replace(/%$/, "").trim();
  if (!bare) return { value: null, few: false };
  if (unit === "count" && bare.toLowerCase() === FEW) return { value: null, few: true };
  if (!/^[0-9]{1,6}$/.test(bare)) return undefined;
  const value = Number(bare);
  return unit === "percent" && value > 100 ? undefined : { value, few: false };
}

export const wrongNumber = (unit: Goal["unit"]) =>
  unit === "percent"
    ? "Schrijf een heel getal van 0 tot en met 100."
    : "Schrijf een heel getal, of ‘minder dan 5’.";

/** Over how many people a percentage is: null where there is none, undefined is wrong or too few. */
export function overOf(
  text: string,
  unit: Goal["unit"],
  entered: Typed | undefined,
): number | null | undefined {
  if (unit === "count" || entered?.value == null) return null;
  const bare = text.trim();
  return /^[0-9]{1,6}$/.test(bare) && Number(bare) >= LEAST ? Number(bare) : undefined;
}

export const WRONG_OVER =
  "Schrijf een heel getal van 5 of meer. Van minder dan 5 mensen bewaren we geen percentage.";

/** The numbers of the desk, in words. */

export interface Pace {
  days: number;
  answered: number;
  on_time: number;
  median_days: number | null;
  missed: number;
  useful: number;
  not_useful: number;
}

interface Row {
  name: string;
  value: string;
  about?: string;
}

const share = (part: number, whole: number): string =>
  whole ? `${Math.round((100 * part) / whole)} %` : "–";

function daysText(days: number | null): string {
  if (days === null) return "–";
  return days ? `${days} ${days === 1 ? "werkdag" : "werkdagen"}` : "een dag";
}

export function rowsOf(pace: Pace): Row[] {
  const { answered, on_time, median_days, missed, useful, not_useful } = pace;
  const rated = useful + not_useful;
  return [
    { name: "Antwoorden", value: String(answered) },
    {
      name: "Op tijd",
      value: share(on_time, answered),
      ...(answered ? { about: `${on_time} van ${answered}` } : {}),
    },
    {
      name: "Meestal binnen",
      value: daysText(median_days),
      about: "De helft gaat sneller, de helft langzamer.",
    },
    {
      name: "Nuttig volgens de melder",
      value: share(useful, rated),
      about: rated ? `${useful} van ${rated} die het zeiden` : "Niemand zei het nog.",
    },
    { name: "Gewist zonder antwoord", value: String(missed), about: "Dat hoort 0 te zijn." },
  ];
}

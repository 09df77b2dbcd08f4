/** Days and times as the desk reads them: Dutch, in the time of the Netherlands wherever the laptop is. */

const zone = "Europe/Amsterdam";
const months = "jan. feb. mrt. apr. mei juni juli aug. sep. okt. nov. dec.".split(" ");
const weekdays = ["zo", "ma", "di", "wo", "do", "vr", "za"];

const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
const clock = new Intl.DateTimeFormat("nl-NL", {
  timeZone: zone,
  hour: "numeric",
  minute: "2-digit",
});
const full = new Intl.DateTimeFormat("nl-NL", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/** Noon of a day, or of the Dutch day of a moment. */
function noon(when: string): Date {
  return new Date(`${dayOf(when)}T12:00:00Z`);
}

/** The Dutch day of a moment; a day stays itself. */
export function dayOf(when: string): string {
  return when.length === 10 ? when : isoDay.format(new Date(when));
}

export function today(): string {
  return isoDay.format(new Date());
}

/** The day that is so many days after today. */
export function dayAfter(days: number, now = new Date()): string {
  // From noon on, so that an hour of summer time more or less stays within the day.
  const date = noon(isoDay.format(now));
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** "13 nov.", of a day or a moment. */
export function shortDay(when: string): string {
  const date = noon(when);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** "do 3 dec.", of a day or a moment. */
export function weekDay(when: string): string {
  return `${weekdays[noon(when).getUTCDay()]} ${shortDay(when)}`;
}

/** "zaterdag 21 november 2026", of a day or a moment. */
export function longDay(when: string): string {
  return full.format(noon(when));
}

/** "21.42" */
function timeOf(moment: string): string {
  return clock.format(new Date(moment)).replace(":", ".");
}

/** "zaterdag 21 november 2026, 21.42 uur" */
export function longMoment(moment: string): string {
  return `${longDay(moment)}, ${timeOf(moment)} uur`;
}

/** In the list: the time within a week, the day before that. */
export function listMoment(moment: string, now: string): string {
  const day = dayOf(moment);
  const ago = (noon(now).getTime() - noon(day).getTime()) / 86_400_000;
  return ago < 7
    ? `${weekdays[noon(day).getUTCDay()]} ${timeOf(moment)}`
    : `${shortDay(day)}${day.slice(0, 4) === now.slice(0, 4) ? "" : ` ${day.slice(0, 4)}`}`;
}

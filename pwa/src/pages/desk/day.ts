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

function noon(day: string): Date {
  return new Date(`${day.slice(0, 10)}T12:00:00Z`);
}

/** The Dutch day of a moment; a day stays itself. */
export function dayOf(moment: string): string {
  return moment.length === 10 ? moment : isoDay.format(new Date(moment));
}

export function today(): string {
  return isoDay.format(new Date());
}

/** "13 nov." */
export function shortDay(day: string): string {
  const date = noon(day);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** "do 3 dec." */
export function weekDay(day: string): string {
  return `${weekdays[noon(day).getUTCDay()]} ${shortDay(day)}`;
}

/** "zaterdag 21 november 2026" */
export function longDay(day: string): string {
  return full.format(noon(day));
}

/** "21.42" */
export function timeOf(moment: string): string {
  return clock.format(new Date(moment)).replace(":", ".");
}

/** "zaterdag 21 november 2026, 21.42 uur" */
export function longMoment(moment: string): string {
  return `${longDay(dayOf(moment))}, ${timeOf(moment)} uur`;
}

/** In the list: the time within a week, the day before that. */
export function listMoment(moment: string, now: string): string {
  const day = dayOf(moment);
  const ago = (noon(now).getTime() - noon(day).getTime()) / 86_400_000;
  return ago < 7
    ? `${weekdays[noon(day).getUTCDay()]} ${timeOf(moment)}`
    : `${shortDay(day)}${day.slice(0, 4) === now.slice(0, 4) ? "" : ` ${day.slice(0, 4)}`}`;
}

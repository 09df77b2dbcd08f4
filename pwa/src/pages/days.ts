const day = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("nl-NL", { timeZone: "UTC", ...options });
const near = day({ weekday: "long", day: "numeric", month: "long" });

/** "donderdag 19 november": a day of this year, called the way people do. */
export const weekday = (date: string): string => near.format(new Date(date.slice(0, 10)));

export const isToday = (at: Date): boolean => at.toDateString() === new Date().toDateString();

/** Line icons of 24 px. Each is one path, so that a new one costs only its own line. */
const paths = {
  alert: "M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17v.01",
  back: "m14.5 5-7 7 7 7",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15ZM10 21h4",
  cards:
    "M6 7.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2ZM8 7.5V5.5a2 2 0 0 1 2-2h8.5a2 2 0 0 1 2 2V14a2 2 0 0 1-2 2H17",
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "m6 6 12 12M18 6 6 18",
  device:
    "M9.5 2.5h5A2.5 2.5 0 0 1 17 5v14a2.5 2.5 0 0 1-2.5 2.5h-5A2.5 2.5 0 0 1 7 19V5a2.5 2.5 0 0 1 2.5-2.5ZM11 18.5h2",
  down: "m6 9.5 6 6 6-6",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0Z",
  gear: "M8.8 12a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0ZM12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 5.6l-1.8 1.8M7.4 16.6l-1.8 1.8",
  go: "m9.5 5 7 7-7 7",
  heart: "M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.1C20 15 12 20 12 20Z",
  info: "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0ZM12 11v5.5M12 7.6v.01",
  lock: "M7 10.5h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2ZM8 10.5V8a4 4 0 0 1 8 0v2.5",
  mail: "M5 5.5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2ZM3.5 7l8.5 6 8.5-6",
  offline:
    "M3.5 3.5l17 17M8 7.2A5.8 5.8 0 0 1 17.5 9.5a4.3 4.3 0 0 1 2.7 7M15.5 18H7a4.5 4.5 0 0 1-1.2-8.8",
  open: "M3.5 9.5 12 3.5l8.5 6V19a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 19ZM3.8 10l8.2 5.5 8.2-5.5",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h10",
  people:
    "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0ZM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.5.7 4 2.5 4 5.5",
  phone:
    "M5 4h4l1.5 4.5L8 10.2a12 12 0 0 0 5.8 5.8l1.7-2.5L20 15v4a1.5 1.5 0 0 1-1.6 1.5C10.7 20 4 13.3 3.5 5.6A1.5 1.5 0 0 1 5 4Z",
  pin: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21ZM9.7 9.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0Z",
  plus: "M12 5v14M5 12h14",
  question: "M4 5.5h16v11H10.5L6 20.5v-4H4ZM10 9.3a2 2 0 1 1 2.6 2c-.4.2-.6.4-.6.9M12 14v.01",
  search: "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0ZM15.5 15.5 20 20",
  up: "M12 19V6M6.5 11 12 5.5 17.5 11",
};

export type IconName = keyof typeof paths;

/** An icon never carries meaning alone, so it is always hidden from screen readers. */
export function Icon({
  name,
  d,
  small,
}: {
  name?: IconName | undefined;
  d?: string | undefined;
  small?: boolean | undefined;
}) {
  return (
    <svg class={small ? "ic ic--sm" : "ic"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={name ? paths[name] : d} />
    </svg>
  );
}

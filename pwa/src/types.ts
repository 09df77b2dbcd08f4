/** What the server says and hears, in its own snake_case words, and what the phone makes of it. */
export type * from "./types/cards";
export type * from "./types/desk";
export type * from "./types/people";
export type * from "./types/reports";

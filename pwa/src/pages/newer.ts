import { NEWS, type NewsOfVersion } from "virtual:news";

/** What came after a version, newest first. */
export const newerThan = (version: string, all: readonly NewsOfVersion[] = NEWS): NewsOfVersion[] =>
  all.filter((one) => one.version.localeCompare(version, "en", { numeric: true }) > 0);

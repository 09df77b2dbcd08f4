import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FILE = "../CHANGELOG.md";
const NAME = "virtual:news";

// Who a part is for; what is for who runs the server stays out of the app.
const PARTS: Record<string, "everybody" | "desk" | null> = {
  "Voor wie meldt": "everybody",
  "Voor de procesregisseur en de adviseur OOV": "desk",
  "Voor bestuur en projectleider": null,
  "Voor wie beheert": null,
};

interface Version {
  version: string;
  day: string;
  everybody: string[];
  desk: string[];
}

/** Gives the app what the changelog says to the people who use it. */
export function news(): Plugin {
  return {
    name: "news",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return;
      this.addWatchFile(FILE);
      return `export const NEWS = ${JSON.stringify(readNews(readFileSync(FILE, "utf8")))};`;
    },
  };
}

/** Every version in the changelog, newest first; fails on a part that is for nobody we know. */
export function readNews(changelog: string): Version[] {
  return changelog
    .split(/^## /m)
    .flatMap((section) => {
      const head = /^\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)\n/.exec(section);
      return head ? [readVersion(head[1] as string, head[2] as string, section)] : [];
    });
}

function readVersion(version: string, day: string, section: string): Version {
  const read: Version = { version, day, everybody: [], desk: [] };
  for (const part of section.split(/^### /m).slice(1)) {
    const title = part.slice(0, part.indexOf("\n")).trim();
    const audience = PARTS[title];
    if (audience === undefined) throw new Error(`${FILE}, ${version}: for whom is "${title}"?`);
    if (audience) read[audience].push(...lines(part));
  }
  return read;
}

// A line that goes on is indented.
const lines = (part: string) =>
  [...part.matchAll(/^- (.+(?:\n {2}.+)*)/gm)].map((match) =>
    (match[1] as string).replace(/\n +/g, " "),
  );

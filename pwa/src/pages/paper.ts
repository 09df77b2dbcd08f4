/** A file of what is kept of somebody: made here, readable everywhere, ready to print. */

export interface Section {
  title: string;
  facts: ReadonlyArray<readonly [term: string, value: string]>;
  texts: ReadonlyArray<readonly [title: string, text: string]>;
}

export interface Paper {
  title: string;
  intro: readonly string[];
  sections: readonly Section[];
}

const style = `
  body { font: 11pt/1.5 system-ui, sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em; color: #111; background: #fff; }
  h1 { font-size: 1.6em; line-height: 1.2; }
  h2 { font-size: 1.15em; margin: 1.6em 0 0.4em; border-bottom: 1px solid #999; break-after: avoid; }
  h3 { font-size: 1em; margin: 0.8em 0 0; break-after: avoid; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1em; margin: 0; }
  dt { color: #444; }
  dd { margin: 0; overflow-wrap: anywhere; }
  p { margin: 0.2em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  @page { margin: 2cm; }
`;

const letters: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const plain = (text: string) => text.replace(/[&<>"']/g, (letter) => letters[letter] ?? letter);

/** What people wrote stands in it as text, whatever it looks like. */
export function write({ title, intro, sections }: Paper): string {
  const parts = sections.map(
    (one) =>
      `<section><h2>${plain(one.title)}</h2>` +
      `<dl>${one.facts.map(([term, value]) => `<dt>${plain(term)}</dt><dd>${plain(value)}</dd>`).join("")}</dl>` +
      one.texts.map(([name, text]) => `<h3>${plain(name)}</h3><p>${plain(text)}</p>`).join("") +
      "</section>",
  );
  return (
    `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>${plain(title)}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>` +
    `<h1>${plain(title)}</h1>${intro.map((line) => `<p>${plain(line)}</p>`).join("")}` +
    `${parts.join("")}</body></html>\n`
  );
}

/** Hands a file to the browser, which keeps it where it keeps downloads. */
export function save(name: string, paper: Paper): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([write(paper)], { type: "text/html" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

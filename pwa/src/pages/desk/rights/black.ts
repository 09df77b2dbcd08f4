/** Making words black: what stood there is gone from the text, its length stays. */

const MARK = "█";

const black = (text: string) => text.replace(/\S/gu, MARK);

/** The text with this black wherever it stands, also inside a longer word. */
export const blacken = (text: string, word: string): string =>
  word.trim() ? text.replace(new RegExp(literal(word.trim()), "giu"), black) : text;

/** The text with these whole words black: a longer word that begins the same is another name. */
export const blackenWords = (text: string, words: readonly string[]): string =>
  words.reduce(
    (done, word) =>
      done.replace(
        new RegExp(`(?<![\\p{L}\\p{N}])${literal(word)}(?![\\p{L}\\p{N}])`, "gu"),
        black,
      ),
    text,
  );

/** The text with one part of it black. */
export const blackenPart = (text: string, from: number, to: number): string =>
  text.slice(0, from) + black(text.slice(from, to)) + text.slice(to);

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

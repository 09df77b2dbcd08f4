/** Making words black: what stood there is gone from the text, its length stays. */

const MARK = "█";

const black = (text: string) => text.replace(/\S/gu, MARK);

/** The text with these words black wherever they stand, whatever the case of their letters. */
export function blacken(text: string, words: readonly string[]): string {
  return words
    .map((word) => word.trim())
    .filter(Boolean)
    .reduce((done, word) => done.replace(new RegExp(literal(word), "giu"), black), text);
}

/** The text with one part of it black. */
export const blackenPart = (text: string, from: number, to: number): string =>
  text.slice(0, from) + black(text.slice(from, to)) + text.slice(to);

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

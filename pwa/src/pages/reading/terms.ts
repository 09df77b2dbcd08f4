/** Dutch words as the search compares them: without accents, endings and small words. */

const SMALL = new Set(
  (
    "aan af al als ben bij dan dat de den der deze die dit doe doen door dus een en er ga gaan " +
    "geen meer meest meeste meestal hebben heb heeft hem het hier hij hoe hun iemand iets ik in is je jij jou kan kind " +
    "kun leerling jongere speler maar mag me mee met mij mijn moet na naar niet nog nu of om omdat " +
    "onze ook op over steeds te ten toch toe tot u uit van veel vaak voor wat we wel wie wil word " +
    "worden wordt zegt zich zijn zo zoon dochter"
  ).split(" "),
);

/** One word as it is kept and looked for; null when it says nothing. */
export function term(word: string): string | null {
  const plain = word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z0-9]/g, "");
  return plain.length < 2 || SMALL.has(plain) ? null : stem(plain);
}

// Not a grammar: it only has to make the same of "spijbelt" and "spijbelen", "tas" and "tasjes".
function stem(word: string): string {
  let left = word.replace(/(.{3})(?:tjes|tje|jes|je)$/, "$1");
  left = left.replace(/^(?:ge)(.{3,})(?:d|t)$/, "$1");
  left = left.replace(/(?:(.{3})(?:en|es|e)|(.{4})(?:s|t|d))$/, "$1$2");
  // A doubled letter, and the z and v that a plural makes of s and f.
  return left
    .replace(/([a-z])\1/g, "$1")
    .replace(/z$/, "s")
    .replace(/v$/, "f");
}

/** Splits a text in words and what stands between them; both together are the text again. */
export const pieces = (text: string): string[] => text.split(/([\p{L}\p{N}]+)/u);

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Puts a text on the clipboard, and gives the sentence to say about it. */
export async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Gekopieerd.";
  } catch {
    // A browser may forbid it; the text stands on the screen as well.
    return "Kopiëren lukt hier niet. Selecteer de tekst en kopieer hem zelf.";
  }
}

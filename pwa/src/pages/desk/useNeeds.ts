import { useState } from "preact/hooks";

/** A field that may not stay empty: its id, whether it is filled in, and what to do when not. */
export type Need = readonly [id: string, filled: unknown, sentence: string];

export interface Needs {
  /** Whether all is there; if not it is said at each field, and the first gets the focus. */
  met: (event: Event) => boolean;
  /** What is wrong with a field, as its property. */
  of: (id: string) => { error?: string };
}

/** What a form cannot do without. Nothing is said before somebody wants to send it. */
export function useNeeds(...needs: Need[]): Needs {
  const [asked, ask] = useState(false);
  const lacking = needs.filter(([, filled]) => !filled);
  return {
    met: (event) => {
      event.preventDefault();
      ask(lacking.length > 0);
      const [first] = lacking;
      if (first) document.getElementById(first[0])?.focus();
      return !first;
    },
    of: (id) => {
      const sentence = asked ? lacking.find(([field]) => field === id)?.[2] : undefined;
      return sentence ? { error: sentence } : {};
    },
  };
}

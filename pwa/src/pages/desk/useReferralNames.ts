/** The names of whom the desk brought in and why, fetched when a report speaks of them. */

import { useEffect, useState } from "preact/hooks";
import type { ObservationPlain } from "../../types";
import { loadChoices } from "./referral";

/** Draws again once the names are here; until then, and without a line, their ids stand there. */
export function useReferralNames(plain: ObservationPlain | null): void {
  const [, setKnown] = useState(false);
  const spoken = plain?.timeline.some(({ kind }) => kind === "referred") ?? false;
  useEffect(() => {
    if (!spoken) return;
    loadChoices().then(
      () => setKnown(true),
      () => undefined,
    );
  }, [spoken]);
}

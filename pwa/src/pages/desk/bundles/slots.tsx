/** What other areas do with a bundle: a file BundleSlot.tsx in their folder, fetched with the page. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Person } from "../../../types";
import type { Bundle } from "./bundles";

export interface BundleSlotProps {
  bundle: Bundle;
  me: Person;
  /** Something changed on the server that the page shows as well. */
  onChanged: () => void;
}

type Part = ComponentType<BundleSlotProps>;

const chunks = import.meta.glob<{ default: Part }>("../*/BundleSlot.tsx");

/** The parts of all areas that have one, each as soon as it is here. */
export function BundleSlots(props: BundleSlotProps) {
  const [parts, setParts] = useState<[string, Part][]>([]);
  useEffect(() => {
    let live = true;
    for (const [name, load] of Object.entries(chunks)) {
      // Without it the page itself still works; the next look at it tries again.
      load().then(
        (chunk) => live && setParts((old) => [...old, [name, chunk.default]]),
        () => undefined,
      );
    }
    return () => {
      live = false;
    };
  }, []);
  return (
    <>
      {[...parts]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, Part]) => (
          <Part key={name} {...props} />
        ))}
    </>
  );
}

/** What other areas show on one observation: a file Slot.tsx in their folder, fetched with the report. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ObservationPlain, Person } from "../../types";

export interface SlotProps {
  plain: ObservationPlain;
  me: Person;
  /** Whether the envelope is open; what was sealed may only be spoken of then. */
  opened: boolean;
  /** Something changed on the server: with the report as it is now, or to be asked again. */
  onChanged: (plain?: ObservationPlain) => void;
}

const chunks = import.meta.glob<{ default: ComponentType<SlotProps> }>("./*/Slot.tsx");

interface AreaSlotProps extends SlotProps {
  folder: string;
}

/** The part of one area; nothing where that area has none. */
export function Slot({ folder, ...props }: AreaSlotProps) {
  const [shown, show] = useState<{ folder: string; Part: ComponentType<SlotProps> }>();
  useEffect(() => {
    let live = true;
    const load = chunks[`./${folder}/Slot.tsx`];
    // Without it the report itself still works; the next look at it tries again.
    load?.().then(
      (chunk) => live && show({ folder, Part: chunk.default }),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [folder]);
  return shown?.folder === folder ? <shown.Part {...props} /> : null;
}

import { useEffect, useRef, useState } from "preact/hooks";
import * as cards from "../../cards";
import * as choice from "../../choice";
import * as drafts from "../../drafts";
import type { Card } from "../../types";
import { formatTime } from "../../words";
import { blank, type Form } from "./form";

const QUIET_MS = 30_000;

/** Forms opened since the app started: coming back to one of those is no surprise. */
const opened = new Set<string>();

interface Draft {
  form: Form | undefined;
  /** Found again after the app was closed or killed. */
  restored: boolean;
  /** "Concept bewaard op dit toestel, 21.44 uur": at most once per 30 seconds, because it is read aloud. */
  saved: string;
  set: (some: Partial<Form>) => void;
  restart: () => void;
}

/** The form of one card: every input is saved as a draft before the next one. */
export function useForm(card: Card): Draft {
  const [form, setForm] = useState<Form>();
  // Finding a place takes a while: it comes beside what was filled in meanwhile, not over it.
  const latest = useRef<Form | undefined>(undefined);
  const [restored, setRestored] = useState(false);
  const [saved, setSaved] = useState("");
  const told = useRef(0);
  const show = (next: Form) => {
    latest.current = next;
    setForm(next);
  };
  const fresh = () => blank(card, cards.advise(card, choice.ticked(card.id)), new Date());

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is read once, when its card is opened.
  useEffect(() => {
    drafts.load<Form>(card.id).then((draft) => {
      show({ ...fresh(), ...draft?.form });
      setRestored(!!draft && !opened.has(card.id));
      opened.add(card.id);
    });
  }, [card.id]);

  return {
    form,
    restored,
    saved,
    set: (some) => {
      if (!latest.current) return;
      const next = { ...latest.current, ...some };
      show(next);
      // What belongs to an investigation is never stored here, not even as a draft.
      if (next.investigation === "yes") {
        drafts.remove(card.id);
        setSaved("");
        return;
      }
      drafts.save(card.id, next).then(
        () => {
          if (Date.now() - told.current < QUIET_MS) return;
          told.current = Date.now();
          setSaved(`Concept bewaard op dit toestel, ${formatTime(new Date())}`);
        },
        () => setSaved("Je concept kan niet bewaard worden. Houd dit scherm open."),
      );
    },
    restart: () => {
      drafts.remove(card.id);
      show(fresh());
      setRestored(false);
      setSaved("");
    },
  };
}

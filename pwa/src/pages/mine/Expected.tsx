import type { Desk } from "../../types";
import { useAnswer } from "../use";
import { awayText, expected, usualText } from "./expected";

/** How soon an answer usually comes; nothing is said when that rests on a few answers. */
export function Usual() {
  const found = useAnswer(expected, "");
  return found?.usual_days ? <p class="meta">{usualText(found.usual_days)}</p> : null;
}

/** Of one report, or of the desk a report would go to: that nobody is there, and until when. */
export function Away({ id, desk }: { id?: string; desk?: Desk }) {
  const found = useAnswer(expected, "");
  const gone =
    found?.waiting.find((one) => one.id === id) ?? found?.away.find((one) => one.desk === desk);
  return gone ? <p class="note">{awayText(gone)}</p> : null;
}

/** What others did while somebody was writing one answer for all of a bundle. */

import type { ObservationPlain, TimelineEntry } from "../../../types";
import { linesOf } from "../history";

export interface Theirs {
  plain: ObservationPlain;
  /** The last that happened, in the words of the timeline. */
  last: string;
}

/** One's own steps are no news: only what somebody else did last is told. */
export function theirsIn(changed: readonly ObservationPlain[], me: string): Theirs[] {
  return changed.flatMap((plain) => {
    const timeline = upToTheirAnswer(plain.timeline);
    if (timeline.at(-1)?.by?.id === me) return [];
    const line = linesOf({ ...plain, timeline }, me).at(-1);
    return line ? [{ plain, last: [line.title, line.note].filter(Boolean).join(": ") }] : [];
  });
}

/** Answering moves a report along in the same step; what was answered tells more than that. */
function upToTheirAnswer(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const by = timeline.at(-1)?.by?.id;
  const before = timeline.findLastIndex((entry) => entry.by?.id !== by);
  const answer = timeline.findLastIndex(({ kind }) => kind === "feedback" || kind === "question");
  return timeline.slice(0, answer > before ? answer + 1 : timeline.length);
}

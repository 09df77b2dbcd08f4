/** What was decided at a point, piece by piece: each has an id of its own, so trying again is safe. */
import * as meetings from "./meetings";

export interface Decided {
  outcome: meetings.Outcome;
  ground: string;
  text: string;
  /** Only for a case that starts here. */
  kind: meetings.CaseKind;
  title: string;
  action: { text: string; kind: string; owner: string; due_on: string };
}

export interface Ids {
  case: string;
  decision: string;
  action: string;
}

export type Missing = "outcome" | "title" | "ground" | "kind" | "owner" | "due";

/** The case a point is about, or is about to start. */
export function caseOf(point: meetings.Point, outcome: meetings.Outcome | null, ids: Ids) {
  if (point.kind === "case" || point.kind === "evaluation") return point.subject_id;
  return point.kind === "bundle" && outcome === "case_started" ? ids.case : null;
}

/** What still has to be filled in, in the order of the form. */
export function missing(point: meetings.Point, given: Partial<Decided>): Missing | null {
  const { outcome, ground, text, title, action } = given;
  if (!outcome) return "outcome";
  if (outcome === "case_started" && !title?.trim()) return "title";
  const decides = point.kind === "bundle" || (isCase(point) && !!text?.trim());
  if (decides && outcome !== "later" && !ground) return "ground";
  if (!action?.text.trim()) return null;
  if (!action.kind) return "kind";
  if (!action.owner) return "owner";
  return action.due_on ? null : "due";
}

const isCase = ({ kind }: meetings.Point) => kind === "case" || kind === "evaluation";

/** Keeps everything that was decided; the last step is the point itself. */
export async function settle(
  meeting: string,
  point: meetings.Point,
  given: Decided,
  ids: Ids,
): Promise<meetings.Meeting> {
  const { outcome, ground, kind, action } = given;
  const text = given.text.trim();
  const about = caseOf(point, outcome, ids);
  if (outcome === "case_started") {
    const bundle = point.subject_id;
    await meetings.startCase({ id: ids.case, kind, title: given.title.trim(), bundle });
  }
  const decided = about !== null && text !== "" && ground !== "";
  if (decided) await meetings.decide(about, { id: ids.decision, ground, text, meeting });
  if (action.text.trim()) {
    await meetings.planAction({
      ...action,
      id: ids.action,
      text: action.text.trim(),
      case: about,
      about: about ? "case" : "area",
      meeting,
    });
  }
  return meetings.settle(meeting, point.id, {
    outcome,
    ground: ground || null,
    // A decision of a case stands there, and in the minutes beside this point.
    note: decided || !text ? null : text,
    version: point.version,
  });
}

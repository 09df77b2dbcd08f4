import { beforeEach, expect, test, vi } from "vitest";
import * as meetings from "./meetings";
import { caseOf, type Decided, missing, settle } from "./settling";

vi.mock("./meetings", () => ({
  startCase: vi.fn(),
  decide: vi.fn(),
  planAction: vi.fn(),
  settle: vi.fn(() => ({ id: "m" })),
}));
beforeEach(() => vi.clearAllMocks());

const ids = { case: "new case", decision: "d", action: "a" };
const point = (kind: meetings.PointKind): meetings.Point => ({
  id: "p",
  kind,
  subject_id: "subject",
  title: "",
  detail: "",
  outcome: null,
  ground: null,
  done_at: null,
  written: false,
  guests: [],
  version: 3,
});
const given = (what: Partial<Decided> = {}): Decided => ({
  outcome: "discussed",
  ground: "",
  text: "",
  kind: "youth",
  title: "",
  action: { text: "", kind: "", owner: "", due_on: "" },
  ...what,
});
const action = { text: " Bellen ", kind: "gesprek", owner: "kees", due_on: "2026-12-03" };

test("a bundle that becomes a case takes its decision and action along", async () => {
  await settle(
    "m",
    point("bundle"),
    given({ outcome: "case_started", title: " A ", ground: "convenant", text: "Volgen", action }),
    ids,
  );
  expect(meetings.startCase).toHaveBeenCalledWith({
    id: "new case",
    kind: "youth",
    title: "A",
    bundle: "subject",
  });
  expect(meetings.decide).toHaveBeenCalledWith("new case", {
    id: "d",
    ground: "convenant",
    text: "Volgen",
    meeting: "m",
  });
  expect(meetings.planAction).toHaveBeenCalledWith(
    expect.objectContaining({ id: "a", text: "Bellen", case: "new case", about: "case" }),
  );
  expect(meetings.settle).toHaveBeenCalledWith("m", "p", {
    outcome: "case_started",
    ground: "convenant",
    note: null,
    version: 3,
  });
});

test("without a case words stay with the point, and an action is about the wijk", async () => {
  await settle("m", point("own"), given({ text: " Goed ", action }), ids);
  expect(meetings.startCase).not.toHaveBeenCalled();
  expect(meetings.decide).not.toHaveBeenCalled();
  expect(meetings.planAction).toHaveBeenCalledWith(
    expect.objectContaining({ case: null, about: "area" }),
  );
  expect(meetings.settle).toHaveBeenCalledWith("m", "p", expect.objectContaining({ note: "Goed" }));
});

test("what is missing is named in the order of the form", () => {
  const bundle = point("bundle");
  expect(missing(bundle, {})).toBe("outcome");
  expect(missing(bundle, given({ outcome: "case_started" }))).toBe("title");
  expect(missing(bundle, given({ outcome: "following" }))).toBe("ground");
  expect(missing(bundle, given({ outcome: "later" }))).toBeNull();
  expect(missing(point("case"), given({ text: "Besluit" }))).toBe("ground");
  expect(missing(point("own"), given({ text: "Woorden" }))).toBeNull();
  expect(missing(point("own"), given({ action: { ...action, owner: "" } }))).toBe("owner");
  expect(missing(point("own"), given({ action: { ...action, due_on: "" } }))).toBe("due");
});

test("a point knows its case", () => {
  expect(caseOf(point("evaluation"), "discussed", ids)).toBe("subject");
  expect(caseOf(point("bundle"), "following", ids)).toBeNull();
});

import { describe, expect, it } from "vitest";
import {
  change,
  draftOf,
  finishDraft,
  forgetDraftsUnless,
  keepDraft,
  missing,
  namesSomebody,
  newDraft,
  notSent,
  startSending,
} from "./draft";

const written = () => change(newDraft(), { kind: "watching", text: "Dank je." });

describe("sending an answer", () => {
  it("goes out once however often the button is pressed", () => {
    const first = startSending(written());
    expect(first?.stage).toBe("sending");
    expect(first && startSending(first)).toBeNull();
  });

  it("keeps its id when the answer of the server got lost, so that the repeat is the same answer", () => {
    const draft = written();
    const again = startSending(notSent({ ...draft, stage: "sending" }, false));
    expect(again?.id).toBe(draft.id);
  });

  it("cannot be changed while nobody knows whether it arrived", () => {
    const unsure = notSent(written(), false);
    expect(change(unsure, { text: "Iets anders." })).toEqual(unsure);
  });

  it("can be changed after a refusal, because nothing was stored", () => {
    const refused = notSent(written(), true);
    expect(change(refused, { text: "Iets anders." }).text).toBe("Iets anders.");
  });
});

describe("what is missing", () => {
  it("is a sentence first", () => {
    expect(missing(newDraft(), [])).toBe("kind");
  });

  it("is the text of a question", () => {
    expect(missing(change(newDraft(), { kind: "question", text: "  " }), [])).toBe("question");
  });

  it("is nothing when a ready sentence stands alone", () => {
    expect(missing(change(newDraft(), { kind: "read" }), [])).toBeNull();
  });

  it("is how it was told, to who has no app", () => {
    const answer = change(newDraft(), { kind: "watching" });
    expect(missing(answer, [], true)).toBe("told");
    expect(missing(change(answer, { told: "phone" }), [], true)).toBeNull();
  });

  it("is shortness over a thousand characters", () => {
    expect(missing(change(newDraft(), { kind: "read", text: "a".repeat(1001) }), [])).toBe(
      "too_long",
    );
  });
});

describe("a name from the observation", () => {
  it("is found whatever its capitals and accents", () => {
    expect(namesSomebody("Dank, we spreken jose morgen", ["José el Amrani"])).toBe(true);
  });

  it("is found by each part of it", () => {
    expect(namesSomebody("Familie Amrani weet ervan", ["José el Amrani"])).toBe(true);
  });

  it("is not found inside another word", () => {
    expect(namesSomebody("We leggen het uit in januari", ["Leg", "Jan"])).toBe(false);
  });

  it("is not a small word that every sentence has", () => {
    expect(namesSomebody("We gaan de buurt in", ["Tim de In"])).toBe(false);
  });

  it("is a nickname without a capital only when it stands there whole", () => {
    expect(namesSomebody("Dat duurt een lange tijd", ["de lange"])).toBe(false);
    expect(namesSomebody("We kennen de Lange", ["de lange"])).toBe(true);
  });

  it("is nothing when no name was written down", () => {
    expect(namesSomebody("Dank je", ["", " "])).toBe(false);
  });
});

describe("typed text", () => {
  it("is still there after a look at another report", () => {
    forgetDraftsUnless(null);
    const draft = change(draftOf("a"), { text: "Half af" });
    keepDraft("a", draft);
    draftOf("b");
    expect(draftOf("a")).toEqual(draft);
  });

  it("makes way for an answer with a new id once it was sent", () => {
    forgetDraftsUnless(null);
    const { id } = draftOf("a");
    finishDraft("a");
    expect(draftOf("a").id).not.toBe(id);
  });

  it("survives signing in again by the same person, and nobody else", () => {
    forgetDraftsUnless("samira");
    const draft = change(draftOf("a"), { text: "Half af" });
    keepDraft("a", draft);
    forgetDraftsUnless("samira");
    expect(draftOf("a")).toEqual(draft);
    forgetDraftsUnless("mark");
    expect(draftOf("a").text).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import { togetherText } from "../phrases";
import type { Reason, Stay } from "./bundles";
import { answeredText, areasOf, bundleTitle, daysText, membersCount, why } from "./phrases";

const inArea = (area: string | null) => ({ observation: { area } }) as Stay;

describe("why two look alike", () => {
  it("is said in words, in one sentence", () => {
    expect(why(["same_area", "within_3_weeks", "signals_2", "like_name"])).toBe(
      "Zelfde buurt, binnen 3 weken, 2 dezelfde signalen, waarschijnlijk dezelfde bijnaam.",
    );
    expect(why(["by_hand"])).toBe("Door het loket bij elkaar gezet.");
  });

  it("is said in the same words in a meeting", () => {
    expect(togetherText(["same_area", "same_name"])).toBe("Zelfde buurt, dezelfde naam of bijnaam");
    expect(togetherText([])).toBe("");
  });

  it("leaves out what a newer server says", () => {
    expect(why(["same_wijk", "same_shoes" as Reason])).toBe("Zelfde wijk.");
    expect(why([])).toBe("");
  });

  it("never shows a percentage or a number of points", () => {
    const all: Reason[] = ["same_area", "within_week", "signals_3", "same_name"];
    expect(why(all)).not.toMatch(/%|punt|score/);
  });
});

describe("a bundle", () => {
  it("is called after the area most of it lies in", () => {
    const members = [inArea("BU2"), inArea("BU1"), inArea("BU1"), inArea(null)];
    expect(areasOf({ members })).toEqual(["BU1", "BU2"]);
    expect(bundleTitle(areasOf({ members }))).toBe("Bundel BU1 en 1 andere buurt");
    expect(bundleTitle(["BU1"])).toBe("Bundel BU1");
    expect(bundleTitle([])).toBe("Bundel zonder buurt");
  });

  it("says who still waits for an answer", () => {
    expect(answeredText(0, 3)).toBe("nog geen melder kreeg antwoord");
    expect(answeredText(1, 3)).toBe("1 van 3 melders kreeg antwoord");
    expect(answeredText(2, 3)).toBe("2 van 3 melders kregen antwoord");
    expect(answeredText(3, 3)).toBe("elke melder kreeg antwoord");
  });

  it("says from when to when", () => {
    expect(daysText("2026-11-07", "2026-11-21")).toBe("7 nov. tot 21 nov.");
    expect(daysText("2026-11-07", "2026-11-07")).toBe("7 nov.");
    expect(membersCount(1)).toBe("1 melding");
    expect(membersCount(3)).toBe("3 meldingen");
  });
});

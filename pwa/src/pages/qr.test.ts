import { describe, expect, it } from "vitest";
import { qrPath, spellCode } from "./qr";

describe("a QR code", () => {
  it("draws every run of dark dots once, where it stands", () => {
    expect(qrPath(["0110", "1001"])).toBe("M1 0h2v1h-2zM0 1h1v1h-1zM3 1h1v1h-1z");
  });

  it("draws nothing for light dots", () => {
    expect(qrPath(["000", "000"])).toBe("");
  });

  it("covers as many dots as are dark", () => {
    const rows = ["11111", "10001", "10101"];
    const drawn = [...qrPath(rows).matchAll(/h(\d+)v1/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
    expect(drawn).toBe(rows.join("").replaceAll("0", "").length);
  });
});

describe("the code to type", () => {
  it("is written in two halves", () => {
    expect(spellCode("ABCD2345")).toBe("ABCD 2345");
  });
});

import { expect, it } from "vitest";
import { together } from "./presence";

it("names those who are there as people do", () => {
  expect(together([])).toBe("");
  expect(together(["Samira"])).toBe("Samira");
  expect(together(["Samira", "Mark"])).toBe("Samira en Mark");
  expect(together(["Samira", "Mark", "Bo"])).toBe("Samira, Mark en Bo");
});

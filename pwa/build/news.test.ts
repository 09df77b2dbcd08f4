import { expect, test } from "vitest";
import { readNews } from "./news.ts";

const CHANGELOG = `# Wat is er nieuw

## [Nog niet uitgebracht]

### Voor wie meldt

- Dit komt er nog aan.

## [0.2.0] - 2026-12-01

### Voor wie meldt

- Je ziet nu een kaart
  van de buurt.
- Melden gaat sneller.

### Voor wie beheert

- Er is een nieuwe instelling.

## [0.1.0] - 2026-11-21

De eerste versie.

### Voor de procesregisseur en de adviseur OOV

- Een postvak.
`;

test("what is out is read per version, without what is for who runs the server", () => {
  expect(readNews(CHANGELOG)).toEqual([
    {
      version: "0.2.0",
      day: "2026-12-01",
      everybody: ["Je ziet nu een kaart van de buurt.", "Melden gaat sneller."],
      desk: [],
    },
    { version: "0.1.0", day: "2026-11-21", everybody: [], desk: ["Een postvak."] },
  ]);
});

test("a part that is for nobody we know ends the build", () => {
  const unknown = CHANGELOG.replace("Voor wie beheert", "Voor iedereen");
  expect(() => readNews(unknown)).toThrow("Voor iedereen");
});

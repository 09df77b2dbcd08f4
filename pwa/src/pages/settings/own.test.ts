import { expect, test } from "vitest";
import { write } from "../paper";
import { type Everything, fileOf } from "./own";

const all: Everything = {
  made_at: "2026-11-21T20:42:00Z",
  person: {
    id: "1",
    name: "Bo Verzonnen",
    mail: null,
    role_label: "Melder",
    organisation: "Verzonnen organisatie",
    made_at: "2026-11-01T09:00:00Z",
  },
  devices: [
    {
      id: "d",
      kind: "iphone",
      made_at: "2026-11-01T09:00:00Z",
      synced_at: null,
      app_version: "0.1.0",
    },
  ],
  passkeys: [],
  observations: [
    {
      receipt: "7K2-4MX",
      plain: {
        id: "o",
        card: "zeilen",
        card_version: 1,
        signals: ["ZEI-01"],
        protective: [],
        area: null,
        date: "2026-11-20",
        basis: "seen",
        desk: "sociaal",
        urgency: "today",
        shielded: true,
        state: "read",
        received_at: "2026-11-20T20:42:00Z",
        keep_until: "2027-05-20",
      },
      opened: {
        what: "Een tasje <3",
        where: "",
        persons: [{ name: "Zwiep", age: "12_15", description: "" }],
      },
      additions: [{ at: "2026-11-21T10:00:00Z", text: null }],
      feedback: [{ id: "f", kind: "watching", text: "Dank je wel.", at: "2026-11-21T11:00:00Z" }],
    },
  ],
  late_items: [
    { receipt: "AAA-BBB", kind: "x", received_at: "2026-11-20T20:42:00Z", opened: null },
  ],
  gone: [
    { receipt: "CCC-DDD", received_at: "2026-01-01T10:00:00Z", gone_at: "2026-07-01T10:00:00Z" },
  ],
  looks: [
    {
      at: "2026-11-21T10:00:00Z",
      action: "open",
      subject: "observation",
      receipt: "7K2-4MX",
      purpose: "handle",
      outcome: "done",
      by: null,
    },
  ],
};

test("the file tells all that is kept in words, also of a card that is gone", () => {
  const file = write(fileOf(all));
  for (const text of [
    "Bo Verzonnen",
    "Melding 7K2-4MX van 20 november 2026",
    "Een tasje &lt;3",
    "Zwiep, 12 tot en met 15",
    "ZEI-01",
    "We kijken mee. Dank je wel.",
    "De sleutel hiervan is vernietigd",
    "Bericht AAA-BBB",
    "gewist op 1 juli 2026",
    "Je melding is geopend, om hem te behandelen (Het systeem zelf)",
  ]) {
    expect(file).toContain(text);
  }
  expect(file).not.toContain("undefined");
});

import { describe, expect, it } from "vitest";
import type { Person } from "../../types";
import { faultsOf, newInvitee, toInvitation } from "./invitee";

const coach = {
  id: "p1",
  name: "Ria",
  role: "contactpersoon",
  role_label: "contactpersoon",
  organisation: "VV Strijland",
  card: "sport",
} satisfies Person;

describe("inviting somebody", () => {
  it("starts with what is known of a contactpersoon's own club", () => {
    expect(newInvitee(coach)).toEqual({
      name: "",
      role: "melder",
      organisation: "VV Strijland",
      kind: "club",
      card: "sport",
      mail: "",
    });
  });

  it("starts empty for a beheerder", () => {
    expect(newInvitee({ ...coach, role: "beheerder" }).role).toBe("");
  });

  it("says everything that is missing at once", () => {
    const empty = newInvitee({ ...coach, role: "beheerder" });
    expect(Object.keys(faultsOf(empty))).toEqual(["name", "role", "organisation", "kind"]);
  });

  it("gives a card only to who works with one", () => {
    const filled = { ...newInvitee(coach), name: " Jan ", role: "melder" } as const;
    expect(toInvitation(filled)).toEqual({
      name: "Jan",
      role: "melder",
      organisation: { name: "VV Strijland", kind: "club" },
      card: "sport",
    });
    expect(toInvitation({ ...filled, role: "bestuur" })).not.toHaveProperty("card");
  });
});

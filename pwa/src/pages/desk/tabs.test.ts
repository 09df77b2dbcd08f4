import { describe, expect, it } from "vitest";
import type { Role } from "../../types";
import { areaOf } from "./screens";
import { moreFor, tabOf, tabsFor } from "./tabs";

const roles: Role[] = [
  "melder",
  "contactpersoon",
  "procesregisseur",
  "adviseur-oov",
  "kernteam",
  "projectleider",
  "bestuur",
  "beheerder",
];

const isMore = ({ href }: { href: string }) => href === "#/meer";

describe("the tabs of a role", () => {
  it("lead to a screen that is there", () => {
    const own = /^#\/(postvak|meer|kaarten|instellingen|nakomers|wensen|uitnodigen.*)$/;
    for (const role of roles) {
      for (const { href } of [...tabsFor(role), ...moreFor(role)]) {
        const found = own.test(href) || areaOf(href.slice(2), role) !== null;
        expect(found, `${role} ${href}`).toBe(true);
      }
    }
  });

  it("hold the inbox for the two desks only", () => {
    const withInbox = roles.filter((role) => tabsFor(role).some(({ text }) => text === "Postvak"));
    expect(withInbox).toEqual(["procesregisseur", "adviseur-oov"]);
  });

  it("lead whoever sees the effect of the approach to it, before there are any figures", () => {
    for (const role of roles.filter((one) => areaOf("effect", one))) {
      const ways = [...tabsFor(role), ...(tabsFor(role).some(isMore) ? moreFor(role) : [])];
      expect(
        ways.map(({ href }) => href),
        role,
      ).toContain("#/effect");
    }
    expect(roles.filter((one) => areaOf("effect", one))).toContain("projectleider");
  });

  it("give no area that is for the desk to another role", () => {
    expect(areaOf("bundels", "melder")).toBeNull();
    expect(areaOf("invoeren", "kernteam")).toBeNull();
    expect(areaOf("constructor", "procesregisseur")).toBeNull();
  });

  it("show where somebody is, also on what stands behind Meer", () => {
    expect(tabOf("/postvak/a1/?view=late", "procesregisseur")).toBe("#/postvak");
    expect(tabOf("/nakomers", "procesregisseur")).toBe("#/meer");
    expect(tabOf("/uitnodigen/mensen", "beheerder")).toBe("#/uitnodigen/mensen");
    expect(tabOf("/uitnodigen/lijst", "beheerder")).toBe("#/uitnodigen");
  });
});

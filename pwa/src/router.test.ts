import { expect, test } from "vitest";
import { readRoute } from "./router";

test.each([
  ["#/kaart/boa", "/kaart/boa", ["kaart", "boa"]],
  ["#/melden/boa/2", "/melden/boa/2", ["melden", "boa", "2"]],
  ["#/uitnodiging/a%2Fb", "/uitnodiging/a%2Fb", ["uitnodiging", "a/b"]],
  ["", "/kaarten", ["kaarten"]],
  ["#/", "/kaarten", ["kaarten"]],
  ["#inhoud", "/kaarten", ["kaarten"]],
  ["#/kaart/%", "/kaart/%", ["kaart", "%"]],
])("%s is %s", (hash, path, parts) => {
  expect(readRoute(hash)).toEqual({ path, parts });
});

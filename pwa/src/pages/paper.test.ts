import { expect, test } from "vitest";
import { write } from "./paper";

test("what people wrote is text in the file, whatever it looks like", () => {
  const file = write({
    title: "Wat er is bewaard",
    intro: ["Gemaakt op 21 november 2026."],
    sections: [
      {
        title: "Melding <b>7K2-4MX</b>",
        facts: [["Kaart", "Boa & co"]],
        texts: [["Wat is er gezien", '<script>alert("x")</script>\nen meer']],
      },
    ],
  });
  expect(file).not.toContain("<script");
  expect(file).not.toContain("<b>");
  expect(file).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\nen meer");
  expect(file).toContain("<dt>Kaart</dt><dd>Boa &amp; co</dd>");
  expect(file).toContain('<html lang="nl">');
});

import { useState } from "preact/hooks";
import { Button, Link } from "../../../parts/Button";
import { json } from "../../../request";
import { explain } from "../problems";

interface Made {
  name: string;
  type: string;
  content: string;
}

/** All quarters as a file the server wrote, with what each column means; who took it is logged. */
export function Exports() {
  const [said, say] = useState("");
  const take = async (form: "csv" | "json") => {
    try {
      // With a mark a spreadsheet reads the letters right.
      const body = { form, mark: form === "csv" };
      const made = await json<Made>("POST", "/figures/exports", { body });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([made.content], { type: made.type }));
      link.download = made.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say("Alle kwartalen zijn bewaard als bestand.");
    } catch (error) {
      say(explain(error));
    }
  };
  return (
    <>
      <div class="row">
        <Button onClick={() => void take("csv")}>Alle kwartalen als CSV</Button>
        <Button onClick={() => void take("json")}>Alle kwartalen als JSON</Button>
        <Link href="#/effect">Effect van de aanpak</Link>
      </div>
      <p role="status">{said}</p>
    </>
  );
}

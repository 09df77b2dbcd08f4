import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { json } from "../../../request";
import { explain } from "../problems";
import type { Period } from "./figures";

interface Made {
  name: string;
  type: string;
  content: string;
}

/** The period on paper, or as a file the server wrote, with what each column means; who took it is logged. */
export function Exports({ shown }: { shown: Period }) {
  const [said, say] = useState("");
  const take = async (form: "csv" | "json") => {
    try {
      // With a mark a spreadsheet reads the letters right.
      const body = { form, mark: form === "csv", first: shown.first, last: shown.last };
      const made = await json<Made>("POST", "/figures/exports", { body });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([made.content], { type: made.type }));
      link.download = made.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say("Deze periode is bewaard als bestand.");
    } catch (error) {
      say(explain(error));
    }
  };
  return (
    <div class="figures__export">
      <div class="row">
        <Button onClick={() => void take("csv")}>Bewaar als CSV</Button>
        <Button onClick={() => void take("json")}>Bewaar als JSON</Button>
        <Button onClick={() => print()}>Print</Button>
      </div>
      <p role="status">{said}</p>
    </div>
  );
}

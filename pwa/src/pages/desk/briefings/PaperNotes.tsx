import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { quarterText } from "../../notes/notes";
import { explain } from "../problems";
import { keep, notePaper, type PaperNote, paperNotes } from "./briefings";

/** The letters for schools, clubs and teams, to hand out on paper. */
export function PaperNotes() {
  const [list, setList] = useState<PaperNote[] | null>(null);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  useEffect(() => {
    paperNotes().then(setList, (error: unknown) => setProblem(explain(error)));
  }, []);
  const print = async (note: PaperNote) => {
    setProblem("");
    say("PDF maken…");
    try {
      keep(await notePaper(note.id), `kwartaalbrief-${note.quarter.toLowerCase()}.pdf`);
      say(`De brief voor ${note.organisation} staat bij je downloads.`);
    } catch (error) {
      say("");
      setProblem(explain(error));
    }
  };
  return (
    <section class="stack stack--3" aria-labelledby="kwartaalbrieven">
      <h2 class="utrecht-heading-2" id="kwartaalbrieven">
        Kwartaalbrieven
      </h2>
      <p>
        Elke school, club of organisatie leest na een kwartaal in de app wat meldingen opleverden.
        Print de brief voor wie de app niet heeft.
      </p>
      <Problem text={problem} />
      <p role="status">{said}</p>
      {!list && !problem && <p class="meta">Brieven ophalen…</p>}
      {list?.length === 0 && <p>Er zijn nog geen brieven. Ze komen er na elk kwartaal.</p>}
      <ul class="papernotes">
        {list?.map((note) => (
          <li key={note.id}>
            <span>
              <b>{note.organisation}</b>
              <span class="meta block">{quarterText(note.quarter)}</span>
            </span>
            <Button onClick={() => void print(note)}>
              Print<span class="vh"> de brief voor {note.organisation}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

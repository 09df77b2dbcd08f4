import { Link } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import * as session from "../../session";
import { useAnswer } from "../use";
import { quarterText, unread } from "./notes";

/** The way to the letter, and that there is a new one: without a push somebody finds it here. */
export function NoteHint() {
  const person = session.current();
  const reports = person?.role === "melder" || person?.role === "contactpersoon";
  const ask = async () => (reports ? unread().catch(() => "") : "");
  const fresh = useAnswer(ask, person?.id ?? "");
  if (!reports) return null;
  return fresh ? (
    <Notice kind="info">
      <p>
        Nieuw: de brief over het {quarterText(fresh)}.{" "}
        <a class="utrecht-link utrecht-link--html-a" href="#/brief">
          Lees wat meldingen opleverden
        </a>
      </p>
    </Notice>
  ) : (
    <Link href="#/brief">Wat meldingen opleveren</Link>
  );
}

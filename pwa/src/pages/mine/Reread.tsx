import { useState } from "preact/hooks";
import * as api from "../../api";
import { Button } from "../../parts/Button";
import { Letter } from "../../parts/Letter";
import { Notice } from "../../parts/Notice";
import type { Opening } from "../../types";
import { AGES, wordFor } from "../report/words";

/** Opened on the server and written down there; shown here and kept nowhere. */
export function Reread({ id }: { id: string }) {
  const [opening, setOpening] = useState<Opening>();
  const [fault, setFault] = useState("");
  const read = () => {
    api
      .openObservation(id, "own")
      .then(setOpening, (error: api.ApiError) =>
        setFault(
          error.kind === "offline"
            ? "Teruglezen kan alleen met bereik."
            : error.kind === "signed_out"
              ? "Log eerst in om terug te lezen."
              : "Teruglezen lukt nu niet. Probeer het later weer.",
        ),
      );
  };
  if (!opening)
    return (
      <>
        <Button onClick={read}>Lees terug wat je schreef</Button>
        {fault && (
          <Notice kind="warning" role="alert">
            <p>{fault}</p>
          </Notice>
        )}
      </>
    );
  const { opened, additions } = opening;
  return (
    <div role="status" class="stack stack--3">
      <Letter from="Dit wordt niet op je toestel bewaard.">
        {opened
          ? opened.what || "Je schreef geen tekst."
          : "De sleutel van deze melding is vernietigd. Niemand kan hem meer lezen."}
      </Letter>
      {opened && (
        <ul class="picked">
          {opened.where && <li>{opened.where}</li>}
          {opened.persons.map((p) => (
            <li key={p.name + p.description}>
              {[p.name, wordFor(AGES, p.age), p.description].filter(Boolean).join(", ")}
            </li>
          ))}
        </ul>
      )}
      {additions.map((addition) => (
        <Letter key={addition.id} from="Jouw aanvulling">
          {addition.text}
        </Letter>
      ))}
      <Button onClick={() => setOpening(undefined)}>Sluit de envelop</Button>
    </div>
  );
}

import { useCallback, useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { copy } from "../../../parts/copy";
import { Problem } from "../../../parts/Problem";
import { explain } from "../problems";
import * as meetings from "./meetings";

/** The meetings in somebody's own calendar: only when and where. */
export function Calendar() {
  const [there, setThere] = useState<boolean | null>(null);
  const [url, setUrl] = useState("");
  const [said, say] = useState("");
  const [problem, setProblem] = useState("");
  const attempt = useCallback(async (work: () => Promise<void>) => {
    try {
      await work();
      setProblem("");
    } catch (error) {
      setProblem(explain(error));
    }
  }, []);
  useEffect(() => {
    void attempt(async () => setThere((await meetings.feed()).made_at !== null));
  }, [attempt]);
  const make = () =>
    attempt(async () => {
      setUrl((await meetings.makeFeed()).url);
      setThere(true);
      say("Je adres staat klaar.");
    });
  const stop = () =>
    attempt(async () => {
      await meetings.stopFeed();
      setUrl("");
      setThere(false);
      say("De koppeling is gestopt.");
    });
  return (
    <section class="meetlist" aria-labelledby="eigen-agenda">
      <h2 class="utrecht-heading-2" id="eigen-agenda">
        In je eigen agenda
      </h2>
      <p>
        Zet de overleggen in de agenda op je telefoon of laptop. Daar staat alleen ‘Overleg
        kernteam’, de tijd en de plek.
      </p>
      <Problem text={problem} />
      {url && (
        <div class="stack stack--3">
          <p>Kopieer dit adres naar je agenda. Deel het met niemand.</p>
          <p class="invitation__link">{url}</p>
          <div>
            <Button onClick={async () => say(await copy(url))}>Kopieer het adres</Button>
          </div>
        </div>
      )}
      <p role="status">{said}</p>
      <div class="row">
        <Button onClick={() => void make()}>
          {there ? "Maak een nieuw adres" : "Koppel mijn agenda"}
        </Button>
        {there && (
          <Button kind="subtle" onClick={() => void stop()}>
            Stop de koppeling
          </Button>
        )}
      </div>
    </section>
  );
}

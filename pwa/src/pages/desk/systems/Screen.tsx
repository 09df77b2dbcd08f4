import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import { copy } from "../../../parts/copy";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { proven } from "../../entry/passkey";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import { type MadeSystem, revoke, type System, systems } from "./calls";
import { EventsState } from "./EventsState";
import { NewKey } from "./NewKey";
import { stateText, usedText } from "./phrases";

/** Who outside reads figures, and whether messages to a system outside arrive. */
export default function Screen() {
  const { value: list, problem, refresh } = useFetched(systems);
  const [said, say] = useState("");
  const [fresh, setFresh] = useState<MadeSystem | null>(null);
  const [ending, end] = useState<string | null>(null);
  const step = useStep(() => undefined);
  useLayoutEffect(() => arrive("Koppelingen"), []);

  const stop = (one: System) =>
    step.run(async () => {
      await proven(() => revoke(one.id));
      end(null);
      say(`De sleutel van ${one.name} werkt niet meer.`);
      await refresh();
    });
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Koppelingen
      </h1>
      <p>
        Een systeem van de gemeente, zoals een dashboard, kan de kwartaalcijfers zelf ophalen. Daar
        heeft het een sleutel voor nodig. Die leest alleen gepubliceerde cijfers en verder niets.
      </p>
      <Problem text={problem || step.problem} />
      <p role="status">{said}</p>
      {fresh ? (
        <Fresh made={fresh} onDone={() => setFresh(null)} />
      ) : (
        <NewKey
          onMade={(made) => {
            setFresh(made);
            void refresh();
          }}
        />
      )}
      <section aria-labelledby="sleutels" class="stack stack--3">
        <h2 class="utrecht-heading-2" id="sleutels">
          Sleutels
        </h2>
        {!list && !problem && <p class="meta">Sleutels ophalen…</p>}
        {list?.length === 0 && <p>Er zijn nog geen sleutels.</p>}
        <ul class="late">
          {list?.map((one) => (
            <li key={one.id}>
              <p>
                <b>{one.name}</b>
                <span class="meta block">{stateText(one)}</span>
                <span class="meta block">{usedText(one)}</span>
              </p>
              {ending === one.id ? (
                <Confirm
                  question={`Sleutel van ${one.name} intrekken?`}
                  yes="Ja, trek in"
                  onYes={() => void stop(one)}
                  onNo={() => end(null)}
                >
                  Het systeem krijgt meteen geen cijfers meer. Dit kan niet terug.
                </Confirm>
              ) : (
                one.state === "works" && (
                  <div class="row">
                    <Button onClick={() => end(one.id)}>
                      Trek in<span class="vh">: {one.name}</span>
                    </Button>
                  </div>
                )
              )}
            </li>
          ))}
        </ul>
      </section>
      <EventsState />
    </div>
  );
}

function Fresh({ made, onDone }: { made: MadeSystem; onDone: () => void }) {
  const [said, say] = useState("");
  return (
    <section class="box stack stack--3" aria-labelledby="nieuwe-sleutel">
      <h2 class="utrecht-heading-2" id="nieuwe-sleutel" tabIndex={-1} ref={(at) => at?.focus()}>
        De sleutel van {made.name}
      </h2>
      <p>
        Je ziet hem nu één keer. Zet hem meteen in het systeem. Kwijt? Trek hem in en maak een
        nieuwe.
      </p>
      <p class="systems__secret">
        <code>{made.secret}</code>
      </p>
      <div class="row">
        <Button kind="primary-action" onClick={async () => say(await copy(made.secret))}>
          Kopieer
        </Button>
        <Button onClick={onDone}>Klaar</Button>
      </div>
      <p role="status">{said}</p>
    </section>
  );
}

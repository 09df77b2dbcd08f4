import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Notice } from "../../../parts/Notice";
import { explain } from "../problems";
import { type Events, events, tryAgain } from "./calls";
import { eventsText, faultText } from "./phrases";

/** Whether messages arrive; what was given up can be sent once more. */
export function EventsState() {
  const [state, setState] = useState<Events | null>(null);
  const [said, say] = useState("");
  useEffect(() => {
    events().then(setState, (error: unknown) => say(explain(error)));
  }, []);
  const again = async () => {
    try {
      const count = await tryAgain();
      say(count === 1 ? "1 bericht gaat opnieuw." : `${count} berichten gaan opnieuw.`);
      setState(await events());
    } catch (error) {
      say(explain(error));
    }
  };
  return (
    <section aria-labelledby="berichten" class="stack stack--3">
      <h2 class="utrecht-heading-2" id="berichten">
        Berichten aan een ander systeem
      </h2>
      <p>
        Zo’n bericht zegt dat er een melding binnenkwam of dat een melder antwoord kreeg. Niet van
        wie, waar of waarover. Ze gaan ’s ochtends, met minstens vijf tegelijk.
      </p>
      {state && (
        <>
          {state.address && <p class="systems__secret">Naar {state.address}</p>}
          {eventsText(state).map((line) => (
            <p key={line}>{line}</p>
          ))}
          {faultText(state) && (
            <Notice kind="warning">
              <p>{faultText(state)}</p>
            </Notice>
          )}
          {state.missed > 0 && (
            <div class="row">
              <Button onClick={() => void again()}>Verstuur opnieuw</Button>
            </div>
          )}
        </>
      )}
      <p role="status">{said}</p>
    </section>
  );
}

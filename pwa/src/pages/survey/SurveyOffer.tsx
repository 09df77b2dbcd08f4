import { Button } from "../../parts/Button";
import * as survey from "../../survey";
import { useAnswer } from "../use";

/** Offered twice a year; one tap and it is gone until the next half year. */
export function SurveyOffer() {
  const offer = useAnswer(() => survey.offer(), "", survey.onChange);
  if (!offer) return null;
  return (
    <section class="box stack stack--3" aria-labelledby="vragen-kop">
      <h2 class="utrecht-heading-3" id="vragen-kop">
        Wat vind jij van de signaalkaart?
      </h2>
      <p>Vier vragen, één minuut. Niemand kan zien wat jij antwoordt.</p>
      <div class="row">
        <Button href="#/vragen">Doe mee</Button>
        <Button kind="subtle" onClick={() => void survey.finish(offer.half, null)}>
          Sla over
        </Button>
      </div>
    </section>
  );
}

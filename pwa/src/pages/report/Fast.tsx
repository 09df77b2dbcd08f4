import { Button } from "../../parts/Button";
import { Away } from "../mine/Expected";
import type { Ask } from "./ask";
import { Chosen } from "./Chosen";
import { AskShielded } from "./Shielded";
import { Staffed } from "./Staffed";
import { AskBasis, AskInvestigation } from "./What";
import { AskWhen } from "./When";
import { AskWhere } from "./Where";

/** A report in one screen: with a signal ticked this is enough, and nothing has to be typed. */
export const Fast = (ask: Ask & { ticked: readonly string[] }) => (
  <>
    <Chosen card={ask.card} ticked={ask.ticked} />
    {ask.card.form.wpg && <AskInvestigation {...ask} />}
    <AskBasis {...ask} />
    <AskWhere {...ask} />
    <AskWhen {...ask} />
    <AskShielded {...ask} alone />
    <Button href={`#/melden/${ask.card.id}/1`} wide>
      Meer vertellen
    </Button>
    <Away desk={ask.form.desk} />
    <Staffed urgency={ask.form.urgency} />
  </>
);

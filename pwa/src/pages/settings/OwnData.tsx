import { useState } from "preact/hooks";
import * as mine from "../../mine";
import * as outbox from "../../outbox";
import { Button, Link } from "../../parts/Button";
import { Confirm } from "../../parts/Confirm";
import { Crumb, Heading, Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import * as session from "../../session";
import * as sync from "../../sync";
import { signInFault } from "../entry/fault";
import { proven } from "../entry/passkey";
import { save } from "../paper";
import { unsentText } from "../Unsent";
import { useAnswer } from "../use";
import * as own from "./own";

/** All that is kept of somebody, as one file; and the way out. */
export function OwnData() {
  const [fault, setFault] = useState("");
  const [said, say] = useState("");
  const [asking, ask] = useState(false);
  const [left, leave] = useState(false);
  const unsent = useAnswer(outbox.count, "", mine.onChange) ?? 0;
  const role = session.current()?.role;
  const reporter = role === "melder" || role === "contactpersoon";
  const act = async (work: () => Promise<void>, done: string) => {
    setFault("");
    say("");
    try {
      await proven(work);
      say(done);
    } catch (error) {
      setFault(signInFault(error));
    }
  };
  const make = () =>
    act(async () => {
      const all = await own.everything();
      save(`signaalkaart-${all.made_at.slice(0, 10)}.html`, own.fileOf(all));
    }, "Het bestand staat bij je downloads.");
  const remove = () => {
    ask(false);
    void act(async () => {
      await own.removeAccount();
      leave(true);
      // What waits here is handed in first; then the phone hears that it must erase itself.
      await session.expire();
      await sync.run("button");
    }, "Je account is verwijderd.");
  };
  return (
    <Page title="Je gegevens">
      <Crumb href="#/instellingen" text="Instellingen" />
      <div class="head">
        <Title>Je gegevens</Title>
      </div>
      <Problem text={fault}>
        <Link href="#/toestellen">Heb je nog geen passkey? Stel hem hier in</Link>
      </Problem>
      <p role="status">{said}</p>
      {!left && (
        <>
          <Heading>Neem je gegevens mee</Heading>
          <div class="stack stack--3">
            <p>
              Je krijgt één bestand met al je meldingen, aanvullingen en antwoorden, je toestellen
              en wie er keek. Het bestand is niet verzegeld. Bewaar het op een veilige plek.
            </p>
            <div>
              <Button onClick={() => void make()}>Maak het bestand</Button>
            </div>
          </div>
          <Heading>Verwijder je account</Heading>
          {reporter ? (
            <Removal unsent={unsent} asking={asking} onAsk={ask} onYes={remove} />
          ) : (
            <p>Vraag de beheerder om je toegang te stoppen.</p>
          )}
        </>
      )}
    </Page>
  );
}

interface RemovalProps {
  unsent: number;
  asking: boolean;
  onAsk: (asking: boolean) => void;
  onYes: () => void;
}

function Removal({ unsent, asking, onAsk, onYes }: RemovalProps) {
  return (
    <div class="stack stack--3">
      <p>Je kunt meteen niet meer inloggen. De app maakt zich leeg op al je toestellen.</p>
      <p>
        Je meldingen blijven bij de gemeente, tot hun bewaartermijn voorbij is. Je hoort er niets
        meer over.
      </p>
      <p>
        Staat er nog een antwoord open? Dan bewaart de gemeente je naam zolang. Daarna wordt hij
        gewist.
      </p>
      {unsent > 0 && <p>Nog {unsentText(unsent)}. Dat wordt eerst verstuurd.</p>}
      {asking ? (
        <Confirm
          question="Wil je je account verwijderen?"
          yes="Ja, verwijder mijn account"
          onYes={onYes}
          onNo={() => onAsk(false)}
        >
          Dit kan niet terug. Weer meedoen kan alleen met een nieuwe uitnodiging.
        </Confirm>
      ) : (
        <div>
          <Button onClick={() => onAsk(true)}>Verwijder mijn account</Button>
        </div>
      )}
    </div>
  );
}

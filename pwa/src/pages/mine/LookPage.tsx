import { useState } from "preact/hooks";
import * as cards from "../../cards";
import * as mine from "../../mine";
import * as outbox from "../../outbox";
import { Button } from "../../parts/Button";
import { PhoneLink } from "../../parts/CallRow";
import { Confirm } from "../../parts/Confirm";
import { Dock } from "../../parts/Dock";
import { Icon } from "../../parts/Icon";
import { Crumb, Heading, Page, Title } from "../../parts/Page";
import { go } from "../../router";
import { lookText } from "../../words";
import { NotFound } from "../NotFound";
import { useAnswer } from "../use";
import { cardOf, placeOf, whenOf } from "./place";
import { StatusBadge } from "./status";

/** What could not be sent: nothing is lost, and nothing happens before somebody chooses. */
export function LookPage({ id }: { id: string }) {
  const one = useAnswer(() => mine.one(id).then((found) => found ?? null), id, mine.onChange);
  const [removing, remove] = useState(false);
  if (one === undefined) return null;
  if (!one) return <NotFound />;
  const conflict = one.reason === "conflict";
  const phone = cards.gemeente()?.phone ?? "";

  /** The envelope cannot be opened here, so it goes along as a file or is told again as an addition. */
  const save = async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await outbox.exportFile(id));
    link.download = `melding-${one.date}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const discard = async () => {
    await outbox.discard(id);
    go("/mijn", true);
  };
  return (
    <Page
      title={`Kijk hier even naar: ${placeOf(one)}`}
      foot={
        <Dock label="Verder" one>
          {conflict ? (
            <Button kind="primary-action" href={`#/mijn/${id}/aanvullen`}>
              Stuur mee als aanvulling
            </Button>
          ) : (
            <Button kind="primary-action" onClick={save}>
              Bewaar als bestand
            </Button>
          )}
        </Dock>
      }
    >
      <Crumb href="#/mijn" text="Mijn meldingen" />
      <div class="head">
        <Title>{placeOf(one)}</Title>
        <p class="meta cap">
          {whenOf(one)}, {cardOf(one)}
        </p>
      </div>
      <div class="box stack stack--3">
        <StatusBadge one={one} />
        <p>{lookText(one.reason)}</p>
        <p class="meta">Er gaat niets verloren. Jij kiest.</p>
      </div>
      <p class="note space">
        {conflict
          ? "Schrijf in een aanvulling wat er anders is. Dan leest de gemeente allebei. Dat is meestal het beste."
          : "Bewaar de verzegelde melding als bestand en bel de gemeente. Samen kijk je hoe het verder gaat."}
      </p>
      <Heading>Iets anders</Heading>
      {removing ? (
        <Confirm
          question="Wil je deze versie weghalen?"
          yes="Ja, haal weg"
          onYes={discard}
          onNo={() => remove(false)}
        >
          Dit kan niet terug. {conflict && "De versie bij de gemeente blijft."}
        </Confirm>
      ) : (
        <ul class="menu">
          <Choice
            text="Laat nog even staan"
            meta="Hij blijft op dit toestel."
            onClick={() => go("/mijn")}
          />
          {conflict && (
            <Choice
              text="Bewaar als bestand"
              meta="Verzegeld, om zelf af te geven."
              onClick={save}
            />
          )}
          <Choice
            text="Haal weg van dit toestel"
            meta={
              conflict ? "De versie bij de gemeente blijft." : "De gemeente heeft hem dan niet."
            }
            onClick={() => remove(true)}
          />
        </ul>
      )}
      <p class="meta space">
        Kom je er niet uit? Bel de gemeente: <PhoneLink number={phone} />
      </p>
    </Page>
  );
}

const Choice = ({ text, meta, onClick }: { text: string; meta: string; onClick: () => void }) => (
  <li>
    <button type="button" class="card-row" onClick={onClick}>
      <span>
        <b>{text}</b>
        <span class="meta block">{meta}</span>
      </span>
      <Icon name="go" />
    </button>
  </li>
);

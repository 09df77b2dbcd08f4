import { useEffect, useState } from "preact/hooks";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { Select } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import type { Desk, LateClosed, LateItem, LateOpening, Told } from "../../types";
import { shortDay } from "./day";
import { areaName, cardOf } from "./names";
import { lateClosed, toldWords } from "./phrases";
import { explain } from "./problems";
import { asksCard, type How, type Parent, parentsOf, settle, waysFor } from "./settling";

const ways: Record<How, string> = {
  observation: "Maak er een gewone melding van",
  addition: "Zet het bij een eerdere melding",
  told: "Ik heb de melder gesproken",
  closed: "Sluit het af",
};

interface LateSettleProps {
  item: LateItem;
  opening: LateOpening;
  /** It has a place now: the report it is in, or none. */
  onSettled: (observation: string | null) => void;
}

/** The end of something that came late: a place, a word to who sent it, or a reason. */
export function LateSettle({ item, opening, onSettled }: LateSettleProps) {
  const [parents, setParents] = useState<readonly Parent[]>([]);
  const [how, setHow] = useState<How | "">("");
  const [card, setCard] = useState("");
  const [desk, setDesk] = useState<Desk>(
    opening.plain.desk === "veiligheid" ? "veiligheid" : "sociaal",
  );
  const [parent, setParent] = useState("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const field = (name: string) => `${name}-${item.id}`;
  const all = cards.cards();
  const needsCard = asksCard(
    item,
    opening,
    all.map(({ id }) => id),
  );

  useEffect(() => {
    if (item.kind !== "addition") return;
    parentsOf(item.id).then(setParents, (error) => setProblem(explain(error)));
  }, [item.id, item.kind]);

  function lack(): readonly [string, string] | null {
    if (!how) return ["doen", "Kies wat je ermee doet."];
    if (how === "observation" && needsCard && !card) return ["kaart", "Kies een kaart."];
    if (how === "addition" && !parent) return ["bij", "Kies een melding."];
    if (how === "told" && !reason) return ["hoe", "Kies hoe je het vertelde."];
    if (how === "closed" && !reason) return ["waarom", "Kies waarom je het afsluit."];
    return null;
  }

  async function send(event: Event) {
    event.preventDefault();
    if (busy) return;
    const missing = lack();
    setFault(missing ? missing[0] : "");
    if (missing || !how) {
      document.getElementById(field(missing?.[0] ?? "doen"))?.focus();
      return;
    }
    setBusy(true);
    setProblem("");
    try {
      const { observation } = await settle(item.id, {
        how,
        ...(how === "observation" && { desk, ...(needsCard && { card }) }),
        ...(how === "addition" && { parent }),
        ...((how === "told" || how === "closed") && { reason: reason as Told | LateClosed }),
      });
      onSettled(observation);
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  }

  const missing = fault ? lack() : null;
  const said = (name: string) => (missing?.[0] === name ? missing[1] : undefined);
  return (
    <form class="stack stack--3" onSubmit={send} noValidate>
      <Choice<How>
        id={field("doen")}
        legend="Wat doe je ermee?"
        value={how}
        options={waysFor(item, opening, parents.length).map((one) => [one, ways[one]] as const)}
        onValue={(one) => {
          setHow(one);
          setReason("");
          setFault("");
        }}
        error={said("doen")}
      />
      {how === "observation" && needsCard && (
        <Select
          id={field("kaart")}
          label="Bij welke kaart hoort dit?"
          value={card}
          onValue={setCard}
          error={said("kaart")}
        >
          <option value="">Kies een kaart</option>
          {all.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      )}
      {how === "observation" && (
        <Select
          id={field("loket")}
          label="Voor welk loket?"
          value={desk}
          onValue={(one) => setDesk(one as Desk)}
        >
          <option value="sociaal">Sociaal</option>
          <option value="veiligheid">Veiligheid</option>
        </Select>
      )}
      {how === "addition" && (
        <Select
          id={field("bij")}
          label="Bij welke melding hoort dit?"
          hint="Alleen meldingen van dezelfde melder."
          value={parent}
          onValue={setParent}
          error={said("bij")}
        >
          <option value="">Kies een melding</option>
          {parents.map((one) => (
            <option key={one.id} value={one.id}>
              {[one.receipt, shortDay(one.date), areaName(one.area), cardOf(one.card).title].join(
                ", ",
              )}
            </option>
          ))}
        </Select>
      )}
      {(how === "told" || how === "closed") && (
        <Select
          id={field(how === "told" ? "hoe" : "waarom")}
          label={how === "told" ? "Hoe heb je het verteld?" : "Waarom sluit je het af?"}
          hint="Het blijft in de lijst staan, tot de bewaartermijn voorbij is."
          value={reason}
          onValue={setReason}
          error={said(how === "told" ? "hoe" : "waarom")}
        >
          <option value="">Maak een keuze</option>
          {(how === "told" ? toldWords : lateClosed).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      )}
      <Problem text={problem} />
      <div>
        <Button kind="primary-action" type="submit" disabled={busy}>
          Leg vast
        </Button>
      </div>
    </form>
  );
}

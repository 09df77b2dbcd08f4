import { useLayoutEffect, useState } from "preact/hooks";
import { observation } from "../../../api";
import { Button, Link } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive, say } from "../../../parts/places";
import { go } from "../../../router";
import type { Person } from "../../../types";
import { proven } from "../../entry/passkey";
import { longDay, today } from "../day";
import { areaName, cardOf } from "../names";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import { Correct } from "./Correct";
import { Erase } from "./Hits";
import { decisionWords, objectionWords } from "./phrases";
import * as rights from "./rights";

/** What can be done with one report for somebody who asks: put right, object, erase. */
export function Record({ id, me }: { id: string; me: Person }) {
  const ask = async () => ({ known: await rights.rightsOf(id), plain: await observation(id) });
  const { value, problem, refresh } = useFetched(ask, id);
  const known = value?.known;
  const plain = value?.plain;
  const step = useStep(() => void refresh());
  useLayoutEffect(() => arrive("Verbeter, wis of leg bezwaar vast"), []);
  const act = (work: () => Promise<unknown>, done: string) =>
    step.run(async () => {
      await proven(work);
      await refresh();
      say(done);
    });
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Verbeter, wis of leg bezwaar vast
      </h1>
      {plain && (
        <p class="meta">
          {cardOf(plain.card).title}, {areaName(plain.area)}, {longDay(plain.date)}, bonnummer{" "}
          {plain.receipt}
        </p>
      )}
      <Link href={`#/postvak/${id}`}>Open in het postvak</Link>
      <Problem text={problem || step.problem} />
      {!plain && !problem && <p class="meta">Melding ophalen…</p>}
      {plain && known && (
        <>
          <Objections known={known} id={id} act={act} />
          <Correct plain={plain} me={me} onDone={refresh} />
          <section class="stack stack--3" aria-labelledby="wissen">
            <h2 class="utrecht-heading-2" id="wissen">
              Wissen
            </h2>
            <p>
              Heeft iemand recht op wissen? Dan verdwijnt de hele melding. Wat in een casus zit,
              haal je daar eerst uit.
            </p>
            <Erase
              record={{ subject: "observation", id }}
              reason="erasure"
              onErased={() => {
                say("Deze melding is gewist.");
                go("/rechten");
              }}
            />
          </section>
        </>
      )}
    </div>
  );
}

interface ObjectionsProps {
  id: string;
  known: rights.Rights;
  act: (work: () => Promise<unknown>, done: string) => Promise<void>;
}

function Objections({ id, known, act }: ObjectionsProps) {
  const [kind, setKind] = useState<rights.Objection["kind"]>("objection");
  const [day, setDay] = useState(today());
  return (
    <section class="stack stack--3" aria-labelledby="bezwaar">
      <h2 class="utrecht-heading-2" id="bezwaar">
        Bezwaar
      </h2>
      {known.objections.length === 0 && <p>Niemand maakte bezwaar.</p>}
      <ul class="plain stack stack--3">
        {known.objections.map((one) => (
          <li key={one.id} class="box stack stack--2">
            <p>
              {objectionWords[one.kind]} van {longDay(one.made_on)}
              <span class="meta block">
                {one.decision && one.decided_at
                  ? `Op ${longDay(one.decided_at)} ${decisionWords[one.decision]}`
                  : "Er is nog niet besloten. Bij de melding staat: bezwaar loopt."}
              </span>
            </p>
            {!one.decision && (
              <div class="row">
                <Button
                  onClick={() =>
                    void act(() => rights.decide(one.id, "upheld"), "Vastgelegd: toegewezen.")
                  }
                >
                  Wijs toe
                </Button>
                <Button
                  onClick={() =>
                    void act(() => rights.decide(one.id, "rejected"), "Vastgelegd: afgewezen.")
                  }
                >
                  Wijs af
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div class="stack stack--3 rights__form">
        <Select
          id="soort"
          label="Wat vraagt iemand?"
          value={kind}
          onValue={(value) => setKind(value as rights.Objection["kind"])}
        >
          {Object.entries(objectionWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Field
          id="bezwaardag"
          label="Gevraagd op"
          type="date"
          max={today()}
          value={day}
          onValue={setDay}
        />
        <div class="row">
          <Button
            disabled={!day}
            onClick={() =>
              void act(() => rights.object(id, kind, day), "Het bezwaar is vastgelegd.")
            }
          >
            Leg vast
          </Button>
        </div>
      </div>
    </section>
  );
}

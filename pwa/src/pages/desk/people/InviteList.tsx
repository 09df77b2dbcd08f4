import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../../api";
import * as cards from "../../../cards";
import { Button, Link } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { qrPath, spellCode } from "../../qr";
import { explain } from "../problems";
import { mailLink, mailText } from "./mail";
import * as people from "./people";

type Faults = { name: string; reason: string }[];

/** Many at once, from a spreadsheet: everybody, or nobody and every line that is wrong. */
export function InviteList({ me }: { me: Person }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [faults, setFaults] = useState<Faults>([]);
  const [made, setMade] = useState<people.ListedInvitation[]>();
  const sending = useRef(false);
  useLayoutEffect(() => arrive("Nodig een lijst uit"), []);
  const own = me.role === "contactpersoon";
  const head = own ? "naam;mail" : "naam;rol;organisatie;soort;kaart;mail";
  const example = own
    ? "Coen Nepstra;coen@voorbeeld.example"
    : "Coen Nepstra;melder;VV Verzinsel;club;sport;coen@voorbeeld.example";

  async function send(event: Event) {
    event.preventDefault();
    if (sending.current) return;
    sending.current = true;
    setProblem("");
    setFaults([]);
    try {
      setMade(await people.inviteList(text));
    } catch (error) {
      setProblem(explain(error));
      if (error instanceof ApiError) setFaults(error.problem?.invalid_params ?? []);
    } finally {
      sending.current = false;
    }
  }
  const read = async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    if (file) setText(await file.text());
  };
  if (made) return <Made list={made} />;
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Nodig een lijst uit
      </h1>
      <form class="invite" onSubmit={send} noValidate>
        <p>
          Kies een CSV-bestand, of plak de rijen uit je spreadsheet. Op de eerste regel staat de
          kop. Klopt één regel niet, dan wordt nog niemand uitgenodigd.
        </p>
        <pre class="sample">{`${head}\n${example}`}</pre>
        <div class="filefield">
          <label class="utrecht-form-label" for="l-bestand">
            CSV-bestand
          </label>
          <input id="l-bestand" type="file" accept=".csv,text/csv,text/plain" onChange={read} />
        </div>
        <Field id="l-tekst" label="De lijst" rows={8} value={text} onValue={setText} />
        <Problem text={problem}>
          <ul>
            {faults.map(({ name, reason }) => (
              <li key={`${name} ${reason}`}>
                <b>{name}</b>: {reason}
              </li>
            ))}
          </ul>
        </Problem>
        <div class="row">
          <Button kind="primary-action" type="submit">
            Nodig iedereen uit
          </Button>
          <Button kind="subtle" href="#/uitnodigen/mensen">
            Terug
          </Button>
        </div>
      </form>
    </div>
  );
}

function Made({ list }: { list: readonly people.ListedInvitation[] }) {
  const place = `gemeente ${cards.gemeente()?.name ?? ""}`.trim();
  useLayoutEffect(() => arrive("Uitgenodigd"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        {list.length === 1 ? "1 uitnodiging gemaakt" : `${list.length} uitnodigingen gemaakt`}
      </h1>
      <p>
        Ze staan alleen nu op dit scherm. Mail ze, of druk deze pagina af en deel ze persoonlijk
        uit.
      </p>
      <ul class="people">
        {list.map((one) => (
          <li class="box invitation" key={one.id}>
            <svg
              class="qr"
              viewBox={`0 0 ${one.qr.length} ${one.qr.length}`}
              shape-rendering="crispEdges"
              role="img"
              aria-label={`QR-code met de uitnodiging voor ${one.name}`}
            >
              <path d={qrPath(one.qr)} />
            </svg>
            <div class="stack stack--2">
              <p>
                <b>{one.name}</b>
                <span class="meta block">Code {spellCode(one.code)}</span>
              </p>
              <p class="invitation__link">{one.link}</p>
              <Button href={mailLink(one.mail, mailText(one.name, place, one))}>
                Zet in een mail
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Link href="#/uitnodigen/mensen">Naar mensen</Link>
    </div>
  );
}

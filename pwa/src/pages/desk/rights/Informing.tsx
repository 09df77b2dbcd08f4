import { useLayoutEffect, useState } from "preact/hooks";
import { Button, Link } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { useLive } from "../live";
import { useFetched } from "../useFetched";
import { InformForm } from "./InformForm";
import { aboutOf, informingText, titleOf } from "./phrases";
import * as rights from "./rights";

/** In which reports somebody is named who has not heard of it yet. */
export function Informing({ me }: { me: Person }) {
  const { value: items, problem, refresh } = useFetched(rights.toInform);
  const [said, say] = useState("");
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Wie moet het nog horen?"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Wie moet het nog horen?
      </h1>
      <p>
        Wie wordt opgeschreven, moet dat horen: de jongere, of een ouder. Dat moet binnen een maand.
        Wachten mag als het iemand in gevaar brengt. Leg dan vast waarom.
      </p>
      {me.role === "procesregisseur" && <Link href="#/rechten">Zoek een persoon</Link>}
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      <p role="status">{said}</p>
      {!items && !problem && <p class="meta">Lijst ophalen…</p>}
      {items?.length === 0 && <p>Niemand. Alles is vastgelegd.</p>}
      <ul class="late">
        {items?.map((one) => (
          <li key={one.id}>
            <h2 class="utrecht-heading-2">{titleOf(one)}</h2>
            <p class="meta">
              {aboutOf(one)}
              <span class="block">{informingText(one.informing)}</span>
            </p>
            <Link href={`#/postvak/${one.id}`}>Open in het postvak</Link>
            <InformForm
              id={one.id}
              onTold={() => {
                say(`Vastgelegd bij bonnummer ${one.receipt}.`);
                document.querySelector<HTMLElement>("h1")?.focus();
                void refresh();
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

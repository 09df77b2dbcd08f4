import { useLayoutEffect } from "preact/hooks";
import { arrive } from "../../../parts/places";
import { NotFound } from "../../NotFound";
import type { AreaProps } from "../screens";
import { Informing } from "./Informing";
import { Record } from "./Record";
import { Search } from "./Search";

/** Rights of who is written about: looked for, told, put right, and erased. */
export default function Rights({ me, id, rest }: AreaProps) {
  const mayLook = me.role === "procesregisseur";
  if (id === "informeren") return <Informing me={me} />;
  if (!mayLook) return <OnlyInforming />;
  if (id === "melding" && rest[0]) return <Record key={rest[0]} id={rest[0]} me={me} />;
  return id ? <NotFound /> : <Search me={me} />;
}

function OnlyInforming() {
  useLayoutEffect(() => arrive("Rechten"), []);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Rechten
      </h1>
      <p>
        Vraagt iemand wat er van hem is bewaard? De procesregisseur zoekt dat op. Jij legt vast wie
        al weet van een melding.
      </p>
      <div>
        <a class="utrecht-link utrecht-link--html-a tap" href="#/rechten/informeren">
          Wie moet het nog horen?
        </a>
      </div>
    </div>
  );
}

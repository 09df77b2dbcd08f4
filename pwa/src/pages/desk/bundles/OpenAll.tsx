import type { Person } from "../../../types";
import { deskOf } from "../phrases";
import { Unseal } from "../Unseal";
import * as bundles from "./bundles";

interface OpenAllProps {
  bundle: bundles.Bundle;
  me: Person;
  onOpened: (opened: bundles.OpenedBundle) => void;
}

/** All envelopes of a bundle with one reason; each of them comes into the log. */
export function OpenAll({ bundle, me, onOpened }: OpenAllProps) {
  const own = bundle.members.every(({ observation }) => observation.desk === deskOf[me.role]);
  return (
    <Unseal
      id="reden-bundel"
      own={own}
      question="Waarom open je ze?"
      action="Open alle enveloppen"
      onOpen={async (purpose, note) => {
        onOpened(await bundles.openAll(bundle.id, purpose, note));
        document.getElementById("erin")?.scrollIntoView({ block: "start" });
      }}
    >
      <p class="voice">
        Deze enveloppen zijn nog dicht. Als je ze opent, komt dat bij elke melding in het logboek.
      </p>
      {!own && <p>Er is een melding bij voor het andere loket. Kies waarom je die opent.</p>}
    </Unseal>
  );
}

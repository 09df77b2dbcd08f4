import { useState } from "preact/hooks";
import { openReporter } from "../../api";
import { Button } from "../../parts/Button";
import { Select } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import type { ObservationPlain, Person, ReporterPurpose } from "../../types";
import { proven } from "../entry/passkey";
import { reporterPurposeWords } from "./phrases";
import { explain } from "./problems";

interface ShieldedProps {
  plain: ObservationPlain;
  me: Person;
  /** The timeline has a line more. */
  onOpened: () => void;
}

/** Who reported asked not to be seen. One role may, says why, and proves to be there. */
export function Shielded({ plain, me, onOpened }: ShieldedProps) {
  const [purpose, setPurpose] = useState<ReporterPurpose | "">("");
  const [asking, ask] = useState(false);
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const [name, setName] = useState("");
  if (!plain.reporter.shielded) return null;

  async function open(event: Event) {
    event.preventDefault();
    if (!purpose) {
      setFault("Kies een reden.");
      document.getElementById("reden-melder")?.focus();
      return;
    }
    setProblem("");
    try {
      const told = await proven(() => openReporter(plain.id, purpose));
      setName([told.name, told.role_label, told.organisation].filter(Boolean).join(", "));
      onOpened();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <Notice>
      <p>
        <b>Afgeschermde melder.</b> Noem in overleg en in je antwoord niets wat naar de melder
        wijst.
      </p>
      <p role="status">{name && `Dit meldde ${name}. Houd dit voor jezelf.`}</p>
      {me.role === "procesregisseur" && !name && !asking && (
        <Button onClick={() => ask(true)}>Zie wie dit meldde</Button>
      )}
      {asking && !name && (
        <form class="stack stack--2" onSubmit={open} noValidate>
          <Select
            id="reden-melder"
            label="Waarom wil je weten wie dit meldde?"
            value={purpose}
            {...(fault && { error: fault })}
            onValue={(value) => {
              setPurpose(value as ReporterPurpose);
              setFault("");
            }}
          >
            <option value="">Kies een reden</option>
            {Object.entries(reporterPurposeWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
          <p class="meta">Je reden komt in het logboek. De melder kan dat zien.</p>
          <div class="row">
            <Button kind="primary-action" type="submit">
              Laat zien
            </Button>
            <Button kind="subtle" onClick={() => ask(false)}>
              Toch niet
            </Button>
          </div>
        </form>
      )}
      <Problem text={problem} />
    </Notice>
  );
}

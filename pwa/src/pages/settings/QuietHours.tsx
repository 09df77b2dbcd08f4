import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Heading } from "../../parts/Page";
import type { Preferences } from "./channels";

interface QuietHoursProps {
  quiet: Preferences["quiet"];
  onQuiet: (quiet: Preferences["quiet"], done: string) => void;
}

/** Without hours of one's own those of the gemeente hold, for what can wait. */
export function QuietHours({ quiet, onQuiet }: QuietHoursProps) {
  const [from, setFrom] = useState(quiet?.from ?? "22:00");
  const [until, setUntil] = useState(quiet?.until ?? "07:00");
  const same = from === until;
  return (
    <>
      <Heading>Stille uren</Heading>
      <p class="meta">
        {quiet
          ? `Je hoort niets van ${quiet.from.replace(":", ".")} tot ${quiet.until.replace(":", ".")} uur. Wat er was, hoor je daarna.`
          : "Je hebt zelf geen stille uren. Antwoorden komen niet in de nacht."}
      </p>
      <div class="stack stack--3 space">
        <div class="row">
          <Field id="stil-van" type="time" label="Stil van" value={from} onValue={setFrom} />
          <Field
            id="stil-tot"
            type="time"
            label="Stil tot"
            value={until}
            onValue={setUntil}
            error={same ? "Kies een andere tijd dan waar het begint." : undefined}
          />
        </div>
        <div class="row">
          <Button
            disabled={same || !from || !until}
            onClick={() => onQuiet({ from, until }, "Bewaard: je stille uren.")}
          >
            Bewaar stille uren
          </Button>
          {quiet && (
            <Button kind="subtle" onClick={() => onQuiet(null, "Je eigen stille uren zijn weg.")}>
              Haal weg
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

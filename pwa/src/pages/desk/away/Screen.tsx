import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { longDay } from "../day";
import type { AreaProps } from "../screens";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import { AwayForm } from "./AwayForm";
import { type Colleague, colleagues, comeBack, goAway } from "./calls";

/** Who of the desk is there; being away is told to reporters, and a substitute takes over. */
export default function Screen({ me }: AreaProps) {
  const { value: list, problem, refresh } = useFetched(colleagues);
  const [said, say] = useState("");
  const [asked, ask] = useState<string | null>(null);
  const step = useStep(() => undefined);
  useLayoutEffect(() => arrive("Aanwezig"), []);

  const act = async (work: () => Promise<string>) => {
    say("");
    say(await work());
    ask(null);
    document.querySelector<HTMLElement>("h1")?.focus();
    await refresh();
  };
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Aanwezig
      </h1>
      <p>
        Is iemand er niet? Melders zien dat, zonder naam. Wie vervangt, neemt over wat open staat.
      </p>
      <Problem text={problem || step.problem} />
      <p role="status">{said}</p>
      {!list && !problem && <p class="meta">Collega’s ophalen…</p>}
      <ul class="late">
        {list?.map((one) => (
          <li key={one.id}>
            <h2 class="utrecht-heading-2">{one.id === me.id ? `${one.name} (jij)` : one.name}</h2>
            <p>
              {one.role_label}
              <span class="meta block">{stateOf(one)}</span>
            </p>
            {asked === one.id ? (
              <AwayForm
                others={list.filter(({ id, absence }) => id !== one.id && !absence)}
                onCancel={() => ask(null)}
                onKeep={(until, substitute) =>
                  act(async () =>
                    keptText(one.name, await goAway(one.id, until, substitute), substitute),
                  )
                }
              />
            ) : (
              <div class="row">
                <Button onClick={() => ask(one.id)}>
                  {one.absence ? "Verander" : "Zet op afwezig"}
                  <span class="vh">: {one.name}</span>
                </Button>
                {one.absence && (
                  <Button
                    onClick={() =>
                      void step.run(() =>
                        act(async () => {
                          await comeBack(one.id);
                          return `${one.name} is er weer.`;
                        }),
                      )
                    }
                  >
                    Is er weer<span class="vh">: {one.name}</span>
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function stateOf({ absence }: Colleague): string {
  if (!absence) return "Aanwezig";
  const until = `Afwezig tot en met ${longDay(absence.until)}`;
  return absence.substitute ? `${until}. Vervanging: ${absence.substitute.name}.` : `${until}.`;
}

function keptText(name: string, taken: number, substitute: string | null): string {
  if (!substitute) return `${name} staat op afwezig. Niemand vervangt.`;
  return `${name} staat op afwezig. Overgenomen: ${taken} ${taken === 1 ? "melding" : "meldingen"}.`;
}

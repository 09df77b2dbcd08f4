import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { proven } from "../../entry/passkey";
import { explain } from "../problems";
import { useFetched } from "../useFetched";
import { Needies } from "./Needies";
import { PersonRow } from "./PersonRow";
import * as people from "./people";
import { Refusals } from "./Refusals";

export type Act = <T>(work: () => Promise<T>, done: string) => Promise<T | undefined>;

/** For who goes through the roles: the server writes the rows, the browser keeps them. */
async function keep() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await people.exported()], { type: "text/csv" }));
  link.download = "signaalkaart-mensen.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Who takes part: invited, joined or ended; and what can be done for them. */
export function People({ me }: { me: Person }) {
  const beheerder = me.role === "beheerder";
  const listed = useFetched(people.list);
  const needy = useFetched(async () => (beheerder ? people.needy() : []));
  const [failed, fail] = useState("");
  const [said, say] = useState("");
  const [asked, ask] = useState("");
  const list = listed.value;
  const problem = failed || listed.problem || needy.problem;
  useLayoutEffect(() => arrive("Mensen"), []);

  const act: Act = async (work, done) => {
    fail("");
    say("");
    try {
      const made = await proven(work);
      say(done);
      await Promise.all([listed.refresh(), needy.refresh()]);
      return made;
    } catch (error) {
      fail(explain(error));
      return undefined;
    }
  };
  const wanted = asked.trim().toLowerCase();
  const found = list?.filter((one) =>
    `${one.name} ${one.organisation} ${one.role_label}`.toLowerCase().includes(wanted),
  );
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Mensen
      </h1>
      <div class="row">
        <Button kind="primary-action" href="#/uitnodigen">
          Nodig iemand uit
        </Button>
        <Button href="#/uitnodigen/lijst">Nodig een lijst uit</Button>
        <Button onClick={() => void act(keep, "De lijst is bewaard als bestand.")}>
          Bewaar als bestand
        </Button>
      </div>
      <Problem text={problem} />
      <p role="status">{said}</p>
      {!!needy.value?.length && <Needies list={needy.value} />}
      {beheerder && <Refusals />}
      {!list && !problem && <p class="meta">Mensen ophalen…</p>}
      {list && list.length > 7 && (
        <Field id="m-zoek" label="Zoek op naam, organisatie of rol" value={asked} onValue={ask} />
      )}
      {list?.length === 0 && <p>Er is nog niemand. Wie je uitnodigt, zie je hier.</p>}
      {list && list.length > 0 && found?.length === 0 && (
        <p>Niets gevonden voor ‘{asked.trim()}’. Probeer een ander woord.</p>
      )}
      <ul class="people">
        {found?.map((one) => (
          <PersonRow key={one.id} one={one} self={one.id === me.id} act={act} />
        ))}
      </ul>
    </div>
  );
}

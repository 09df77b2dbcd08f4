import { useState } from "preact/hooks";
import * as areas from "../../areas";
import { Button } from "../../parts/Button";
import { Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import type { Area } from "../../types";
import { AreaMap } from "./AreaMap";
import { type Ask, faultOf } from "./ask";

const PROBLEMS = {
  refused: "We mogen je plek niet zien. Kies zelf een buurt.",
  outside: "Je bent buiten de gemeente. Kies zelf waar het was.",
  unavailable: "Je plek is nu niet te vinden. Kies zelf een buurt.",
};

/** Buurten under the wijk whose digits their code starts with. */
function wijken(list: readonly Area[]): [string, Area[]][] {
  const found = new Map<string, Area[]>();
  for (const area of list) {
    const wijk = area.code.slice(2, 8);
    found.set(wijk, [...(found.get(wijk) ?? []), area]);
  }
  return [...found].sort(([a], [b]) => a.localeCompare(b));
}

/** The position stays on the phone: only the area goes along, and it can always be corrected. */
export function AskWhere({ form, faults, set }: Ask) {
  const [said, say] = useState("");
  const list = areas.list();
  const locate = async () => {
    say("We zoeken je plek …");
    const found = await areas.locate();
    if ("area" in found) {
      set({ area: found.area.code });
      say(`Je bent waarschijnlijk in ${found.area.name}. Klopt het niet? Kies hieronder.`);
    } else {
      say(PROBLEMS[found.problem]);
    }
  };
  return (
    <div class="stack stack--3">
      <div class="row row--apart">
        <span class="strong">Waar was het?</span>
        <Button onClick={locate}>
          <Icon name="pin" />
          Waar ben ik?
        </Button>
      </div>
      <p role="status">{said}</p>
      <AreaMap code={form.area} />
      <Select
        id="buurt"
        label="Buurt"
        hint="Je plek blijft op dit toestel. Alleen de buurt gaat mee."
        value={form.area}
        error={faultOf(faults, "buurt")}
        onValue={(area) => {
          say("");
          set({ area });
        }}
      >
        <option value="">Kies een buurt</option>
        {wijken(list).map(([wijk, buurten]) => (
          <optgroup key={wijk} label={areas.name(`WK${wijk}`) ?? "Buurten"}>
            {buurten.map((area) => (
              <option key={area.code} value={area.code}>
                {area.name}
              </option>
            ))}
          </optgroup>
        ))}
        <optgroup label="Anders">
          <option value="outside">Buiten de gemeente</option>
          <option value="unknown">Weet ik niet</option>
        </optgroup>
      </Select>
    </div>
  );
}

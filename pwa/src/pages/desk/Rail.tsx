import * as areas from "../../areas";
import * as cards from "../../cards";
import { Select } from "../../parts/Field";
import { Fold } from "../../parts/Fold";
import { go } from "../../router";
import { countText, type Filter, inboxPath, isNarrowed, views } from "./filter";
import { KeptFilters } from "./KeptFilters";
import type { Mail } from "./mailbox";
import { viewNames } from "./phrases";

interface RailProps {
  filter: Filter;
  counts: Mail["counts"] | null;
  wide: boolean;
}

export function Rail({ filter, counts, wide }: RailProps) {
  return (
    <div class="rail">
      <nav aria-label="Postvak">
        <ul>
          {views.map((view) => (
            <li key={view}>
              <a
                href={`#${inboxPath({ ...filter, view })}`}
                aria-current={view === filter.view ? "page" : undefined}
              >
                {viewNames[view]}
                {counts && (
                  <span class={view === "late" && counts.late ? "n n--late" : "n"}>
                    {countText(counts[view])}
                  </span>
                )}
              </a>
            </li>
          ))}
          <li>
            <a href="#/nakomers">
              Nakomers
              {counts && <span class="n">{countText(counts.late_box)}</span>}
            </a>
          </li>
        </ul>
      </nav>
      <KeptFilters filter={filter} />
      {wide ? (
        <section aria-labelledby="filter" class="stack stack--2">
          <h2 class="utrecht-heading-3 filter__title" id="filter">
            Filter
          </h2>
          <FilterFields filter={filter} />
        </section>
      ) : (
        <Fold title={isNarrowed(filter) ? "Filter staat aan" : "Filter"}>
          <FilterFields filter={filter} />
        </Fold>
      )}
    </div>
  );
}

const ages = ["7", "14", "30", "90"];

/** An age that only stands in the address must be seen as well. */
function agesWith(chosen: string): string[] {
  return chosen && !ages.includes(chosen) ? [...ages, chosen] : ages;
}

function FilterFields({ filter }: { filter: Filter }) {
  const set = (what: Partial<Filter>) => go(inboxPath({ ...filter, ...what }));
  return (
    <div class="filter">
      <Select id="f-desk" label="Loket" value={filter.desk} onValue={(desk) => set({ desk })}>
        <option value="">Beide loketten</option>
        <option value="sociaal">Sociaal</option>
        <option value="veiligheid">Veiligheid</option>
      </Select>
      <Select id="f-card" label="Kaart" value={filter.card} onValue={(card) => set({ card })}>
        <option value="">Alle kaarten</option>
        {cards.cards().map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
      <Select
        id="f-group"
        label="Soort signaal"
        value={filter.group}
        onValue={(group) => set({ group })}
      >
        <option value="">Alle soorten</option>
        {Object.entries(cards.gemeente()?.group_labels ?? {}).map(([group, label]) => (
          <option key={group} value={group}>
            {label}
          </option>
        ))}
      </Select>
      <Select id="f-area" label="Buurt" value={filter.area} onValue={(area) => set({ area })}>
        <option value="">Alle buurten</option>
        {areas.list().map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        id="f-urgency"
        label="Spoed"
        value={filter.urgency}
        onValue={(urgency) => set({ urgency })}
      >
        <option value="">Alles</option>
        <option value="today">Vandaag nog</option>
        <option value="this_week">Deze week</option>
        <option value="can_wait">Kan wachten</option>
      </Select>
      <Select
        id="f-age"
        label="Ouder dan"
        value={filter.olderThan}
        onValue={(olderThan) => set({ olderThan })}
      >
        <option value="">Maakt niet uit</option>
        {agesWith(filter.olderThan).map((days) => (
          <option key={days} value={days}>
            {days} dagen
          </option>
        ))}
      </Select>
    </div>
  );
}

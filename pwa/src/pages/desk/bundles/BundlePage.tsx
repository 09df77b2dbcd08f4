import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Fold } from "../../../parts/Fold";
import { Notice } from "../../../parts/Notice";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { longDay } from "../day";
import { useLive } from "../live";
import { explain, isGone } from "../problems";
import { areaOf } from "../screens";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import * as bundles from "./bundles";
import { Like } from "./Like";
import { Members } from "./Members";
import { MergeWith } from "./MergeWith";
import { OpenAll } from "./OpenAll";
import { areasOf, bundleTitle, daysText, membersCount, memberTitle, why } from "./phrases";
import { BundleSlots } from "./slots";

const goneOr = (error: unknown) =>
  isGone(error) ? "Deze bundel is er niet meer." : explain(error);

/** One bundle: why together, what each is, and what comes of it. */
export function BundlePage({ id, me }: { id: string; me: Person }) {
  const { value: bundle, problem, refresh } = useFetched(() => bundles.show(id), id, goneOr);
  const [opened, setOpened] = useState<bundles.OpenedBundle | null>(null);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useLive(() => void refresh());
  const title = bundle ? bundleTitle(areasOf(bundle)) : "Bundel";
  useLayoutEffect(() => arrive("Bundel"), []);
  const step = useStep(() => void refresh());
  const act = (sentence: string, what: () => Promise<unknown>) =>
    void step.run(async () => {
      await what();
      await refresh();
      setSaid(sentence);
      heading.current?.focus();
    });
  return (
    <div class="deskpage">
      <nav class="crumbs" aria-label="Kruimelpad">
        <a class="utrecht-link utrecht-link--html-a" href="#/bundels">
          Bundels
        </a>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{title}</span>
      </nav>
      <h1 class="utrecht-heading-1" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      {!bundle && !problem && <p class="meta">Bundel ophalen…</p>}
      <p class={said ? "meta" : "vh"} role="status">
        {said}
      </p>
      <Problem text={step.problem} />
      {bundle && (
        <>
          <Head bundle={bundle} />
          {bundle.members.length > 0 && !opened && (
            <OpenAll
              bundle={bundle}
              me={me}
              onOpened={(now) => {
                setOpened(now);
                void refresh();
              }}
            />
          )}
          {opened?.note && (
            <div class="letter">
              <p class="meta">Waarom deze bij elkaar horen, volgens het loket</p>
              <p class="voice">{opened.note}</p>
            </div>
          )}
          <Members
            bundle={bundle}
            opened={opened}
            busy={step.busy}
            onTakeOut={(observation) =>
              act(`${memberTitle(observation)} is uit de bundel.`, () =>
                bundles.takeOut(bundle.id, observation.id),
              )
            }
          />
          {bundle.suggestions.length > 0 && (
            <section class="part" aria-labelledby="ook">
              <h2 class="utrecht-heading-2" id="ook">
                Lijkt hier ook op
              </h2>
              <div class="likes">
                {bundle.suggestions.map((suggestion) => {
                  const other = suggestion.observation;
                  const inside = bundle.members[0]?.observation.id ?? "";
                  return (
                    <Like
                      key={other.id}
                      suggestion={suggestion}
                      own={bundle.id}
                      busy={step.busy}
                      onJoin={() =>
                        suggestion.bundle
                          ? act("De bundels zijn samengevoegd.", () =>
                              bundles.merge(bundle.id, suggestion.bundle ?? "", bundle.version),
                            )
                          : act(`${memberTitle(other)} zit nu in de bundel.`, () =>
                              bundles.add(bundle.id, [other.id], bundle.version),
                            )
                      }
                      onReject={() =>
                        act(`${memberTitle(other)} stellen we hier niet meer voor.`, () =>
                          bundles.reject(other.id, inside),
                        )
                      }
                    />
                  );
                })}
              </div>
            </section>
          )}
          {!bundle.ended_at && (
            <>
              <MergeWith
                key={bundle.version}
                bundle={bundle}
                busy={step.busy}
                onMerge={(other) =>
                  act("De bundels zijn samengevoegd.", () =>
                    bundles.merge(bundle.id, other, bundle.version),
                  )
                }
              />
              <BundleSlots bundle={bundle} me={me} onChanged={() => void refresh()} />
              {areaOf("casussen", me.role) && (
                <section class="part" aria-labelledby="casus">
                  <h2 class="utrecht-heading-2" id="casus">
                    Naar het kernteam
                  </h2>
                  <div>
                    <Button href={`#/casussen?bundel=${bundle.id}`}>Begin een casus</Button>
                  </div>
                </section>
              )}
            </>
          )}
          <TakenOut bundle={bundle} />
        </>
      )}
    </div>
  );
}

/** Some months end with a point of their own. */
const sentence = (text: string) => text.replace(/\.?$/, ". ");

function Head({ bundle }: { bundle: bundles.Bundle }) {
  const { members, made_by, made_at, ended_at, merged_into } = bundle;
  const days = members.map(({ observation }) => observation.date);
  const by = made_by ? ` door ${made_by.name}` : "";
  const first = days[0];
  const last = days.at(-1);
  return (
    <>
      <p class="meta">
        {first && last && sentence(`${membersCount(members.length)}, ${daysText(first, last)}`)}
        Gebundeld{by} op {longDay(made_at)}.
      </p>
      {ended_at && (
        <Notice>
          {merged_into ? (
            <p>
              Deze bundel is op {longDay(ended_at)} samengevoegd met een andere.{" "}
              <a class="utrecht-link utrecht-link--html-a" href={`#/bundels/${merged_into}`}>
                Bekijk die bundel
              </a>
            </p>
          ) : (
            <p>Deze bundel is uit elkaar gehaald op {longDay(ended_at)}.</p>
          )}
        </Notice>
      )}
      <section class="part" aria-labelledby="waarom">
        <h2 class="utrecht-heading-2" id="waarom">
          Waarom samen
        </h2>
        <p>{why(bundle.reasons)}</p>
        <p class="meta">De melders weten niet van elkaar. Ieder krijgt een eigen antwoord.</p>
      </section>
    </>
  );
}

function TakenOut({ bundle }: { bundle: bundles.Bundle }) {
  if (bundle.taken_out.length === 0) return null;
  return (
    <Fold title="Uit deze bundel gehaald" count={bundle.taken_out.length} boxed>
      <ul class="takenout">
        {bundle.taken_out.map(({ observation, removed_at, removed_by }) => (
          <li key={`${observation.id}-${removed_at}`}>
            <a class="utrecht-link utrecht-link--html-a tap" href={`#/postvak/${observation.id}`}>
              {memberTitle(observation)}
            </a>
            <span class="meta">
              {removed_at && longDay(removed_at)}
              {removed_by && `, door ${removed_by.name}`}
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

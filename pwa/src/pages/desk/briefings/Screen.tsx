import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { copy } from "../../../parts/copy";
import { Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { go } from "../../../router";
import { formatDay } from "../../../words";
import { quarterText } from "../../notes/notes";
import { SheetView } from "../../notes/SheetView";
import { explain } from "../problems";
import type { AreaProps } from "../screens";
import { useFetched } from "../useFetched";
import "./briefings.css";
import * as briefings from "./briefings";
import { PaperNotes } from "./PaperNotes";
import { StoryForm } from "./StoryForm";

/** One A4 about a quarter, for the driehoek or the council, and the letters for organisations. */
export default function Screen({ me, query }: AreaProps) {
  useLayoutEffect(() => arrive("Brieven"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Brieven
      </h1>
      {briefings.readsBriefings(me.role) && (
        <Briefing
          kind={briefings.kindOf(query.get("soort"))}
          quarter={query.get("kwartaal")}
          writes={briefings.writesStories(me.role)}
        />
      )}
      {briefings.handsOutNotes(me.role) && <PaperNotes />}
    </div>
  );
}

interface BriefingProps {
  kind: briefings.Kind;
  quarter: string | null;
  writes: boolean;
}

function Briefing({ kind, quarter, writes }: BriefingProps) {
  const {
    value: told,
    problem,
    refresh,
  } = useFetched(() => briefings.briefing(kind, quarter), `${kind} ${quarter}`);
  const shown = told?.shown;
  return (
    <>
      <Problem text={problem} />
      {!told && !problem && <p class="meta">Brief ophalen…</p>}
      {told && !shown && (
        <p>
          Er zijn nog geen cijfers. Die van het {quarterText(told.current.quarter)} komen er na{" "}
          {formatDay(told.current.due_at)}. Dan staat hier een A4 over dat kwartaal.
        </p>
      )}
      {told && shown && (
        <>
          <div class="briefing__choice">
            <Choice
              id="soort"
              legend="Voor wie"
              segment
              options={briefings.KINDS}
              value={shown.kind}
              onValue={(chosen) => go(briefings.pathOf(chosen, shown.quarter), true)}
            />
            <Select
              id="kwartaal"
              label="Kwartaal"
              value={shown.quarter}
              onValue={(chosen) => go(briefings.pathOf(shown.kind, chosen), true)}
            >
              {told.periods.map((one) => (
                <option key={one} value={one}>
                  {quarterText(one)}
                </option>
              ))}
            </Select>
          </div>
          <TakeAlong shown={shown} />
          <div class="briefing">
            <SheetView sheet={shown.sheet} />
            {writes && (
              <StoryForm
                key={shown.quarter}
                quarter={shown.quarter}
                story={shown.story}
                onKept={() => void refresh()}
              />
            )}
          </div>
        </>
      )}
    </>
  );
}

function TakeAlong({ shown }: { shown: briefings.Briefing }) {
  const [said, say] = useState("");
  const [problem, setProblem] = useState("");
  const print = async () => {
    setProblem("");
    say("PDF maken…");
    try {
      const file = await briefings.paper(shown.kind, shown.quarter);
      briefings.keep(file, `${shown.kind}-${shown.quarter.toLowerCase()}.pdf`);
      say("De PDF staat bij je downloads.");
    } catch (error) {
      say("");
      setProblem(explain(error));
    }
  };
  const copyText = async () => {
    setProblem("");
    say(await copy(shown.text));
  };
  return (
    <div class="stack stack--2">
      <div class="row">
        <Button kind="primary-action" onClick={() => void print()}>
          Maak de PDF
        </Button>
        <Button onClick={() => void copyText()}>Kopieer de tekst</Button>
      </div>
      <Problem text={problem} />
      <p role="status">{said}</p>
    </div>
  );
}

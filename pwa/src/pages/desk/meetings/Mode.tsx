import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { go } from "../../../router";
import type { Person } from "../../../types";
import { longMoment } from "../day";
import { isTyping } from "../keys";
import * as meetings from "./meetings";
import { firstOpen, mayLead, mayOpen, mayRecord, titleOf, underOf } from "./phrases";
import { Settle } from "./Settle";
import { Stage } from "./Stage";
import { useMeeting } from "./useMeeting";

interface ModeProps {
  id: string;
  me: Person;
  /** The point the address asks for, counted from one. */
  asked: string | null;
}

/** A meeting on a big screen: one point at a time, its text as large as the window allows. */
export function Mode({ id, me, asked }: ModeProps) {
  const { meeting, written, problem, attempt } = useMeeting(id, me);
  const [fault, setFault] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const agenda = meeting?.agenda ?? [];
  const wanted = asked ? Number(asked) - 1 : meeting ? firstOpen(meeting) : 0;
  const at = Math.min(Math.max(Number.isInteger(wanted) ? wanted : 0, 0), agenda.length - 1);
  const point = agenda[at];
  const moved = useRef(false);
  const opened = useRef(new Map<string, meetings.Stage>());

  useLayoutEffect(() => arrive("Overleg"), []);
  useEffect(() => {
    if (moved.current && point?.id) heading.current?.focus();
  }, [point?.id]);
  const goTo = (place: number) => {
    if (place < 0 || place >= agenda.length) return;
    moved.current = true;
    go(`/overleg/${id}/bezig?punt=${place + 1}`, true);
  };
  useArrows((step) => goTo(at + step));

  const stop = async () => {
    if (!meeting) return;
    const sentence = await attempt(() => meetings.setState(id, "ended", meeting.version));
    setFault(sentence);
    if (!sentence) go(`/overleg/terugblik?van=${id}`);
  };
  if (!meeting || !point) {
    return (
      <div class="deskpage">
        <h1 class="utrecht-heading-1" tabIndex={-1}>
          Overleg
        </h1>
        <Problem text={problem} />
        {!problem && (
          <p class="meta">{meeting ? "Er staan geen punten op de agenda." : "Agenda ophalen…"}</p>
        )}
        <div>
          <Button href={`#/overleg/${id}`}>Terug naar de agenda</Button>
        </div>
      </div>
    );
  }
  const running = meeting.state === "running";
  return (
    <div class="meet">
      <nav class="agenda holder" aria-labelledby="agenda-kop">
        <h2 class="utrecht-heading-2" id="agenda-kop">
          Agenda
        </h2>
        <p class="agenda__when">{longMoment(meeting.starts_at)}</p>
        <ol>
          {agenda.map((one, place) => (
            <li key={one.id}>
              <a
                href={`#/overleg/${id}/bezig?punt=${place + 1}`}
                aria-current={place === at ? "step" : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(place);
                }}
              >
                <div>
                  {titleOf(one, written)}
                  <span>{underOf(one)}</span>
                </div>
              </a>
            </li>
          ))}
        </ol>
        <div class="agenda__acts">
          <Button href={`#/overleg/${id}`}>Volgorde</Button>
          {running && mayLead(me) && <Button onClick={() => void stop()}>Stop overleg</Button>}
        </div>
      </nav>
      <section class="stage" aria-labelledby="punt-kop">
        <p class="stage__place">
          Punt {at + 1} van {agenda.length}
        </p>
        <h1 class="utrecht-heading-1" id="punt-kop" tabIndex={-1} ref={heading}>
          {titleOf(point, written)}
        </h1>
        {point.detail && <p class="voice stage__detail">{point.detail}</p>}
        <Problem text={problem || fault} />
        {/* Another point covers the names again. */}
        {mayOpen(me) && (
          <Stage key={point.id} meeting={meeting} point={point} opened={opened.current} />
        )}
        <div class="stage__foot">
          <Button disabled={at === 0} onClick={() => goTo(at - 1)}>
            <Icon name="back" /> Vorige punt
          </Button>
          <span class="meta only-wide">
            <kbd>←</kbd>
            <kbd>→</kbd> bladeren
          </span>
          <Button disabled={at === agenda.length - 1} onClick={() => goTo(at + 1)}>
            Volgende punt <Icon name="go" />
          </Button>
        </div>
      </section>
      {mayRecord(me) && meeting.member ? (
        <Settle
          key={`${point.id}-${point.version}`}
          point={point}
          note={written.find((one) => one.id === point.id)?.note ?? ""}
          running={running}
          meeting={id}
          onSettle={async (work) => {
            const sentence = await attempt(work);
            if (!sentence) goTo(at + 1);
            return sentence;
          }}
        />
      ) : (
        <div class="record" />
      )}
    </div>
  );
}

/** Left and right walk through the points, unless somebody types or chooses. */
function useArrows(step: (by: number) => void) {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const active = document.activeElement as HTMLElement | null;
      // In a group of radio buttons the arrows choose.
      const choosing = active?.matches("input, select, textarea") ?? false;
      if (!by || event.ctrlKey || event.metaKey || event.altKey || choosing || isTyping(active)) {
        return;
      }
      event.preventDefault();
      latest.current(by);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

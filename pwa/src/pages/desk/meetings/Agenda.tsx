import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Icon } from "../../../parts/Icon";
import { Crumb } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { go } from "../../../router";
import type { Person } from "../../../types";
import { longMoment } from "../day";
import { Attendance } from "./Attendance";
import { Minutes } from "./Minutes";
import * as meetings from "./meetings";
import { PutBefore } from "./PutBefore";
import { mayLead, mayRecord, outcomeWords, stateWords, titleOf } from "./phrases";
import { useMeeting } from "./useMeeting";

/** One meeting: its agenda, in the order people gave it. */
export function Agenda({ id, me }: { id: string; me: Person }) {
  const { meeting, written, problem, refresh, attempt } = useMeeting(id, me);
  const [fault, setFault] = useState("");
  const [said, say] = useState("");
  useLayoutEffect(() => arrive("Agenda"), []);
  const act = async (work: () => Promise<meetings.Meeting>, done: string) => {
    const sentence = await attempt(work);
    setFault(sentence);
    say(sentence ? "" : done);
    return !sentence;
  };
  const start = async () => {
    const { version, state } = meeting as meetings.Meeting;
    const begun =
      state === "running" || (await act(() => meetings.setState(id, "running", version), ""));
    if (begun) go(`/overleg/${id}/bezig`);
  };
  const shown = problem || fault;
  const open = meeting?.state === "planned" || meeting?.state === "running";
  return (
    <div class="deskpage">
      <Crumb href="#/overleg" text="Overleg" />
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Agenda
      </h1>
      <Problem text={shown} />
      {!meeting && !problem && <p class="meta">Agenda ophalen…</p>}
      {meeting && (
        <>
          <p>
            {[longMoment(meeting.starts_at), meeting.place].filter(Boolean).join(", ")}
            <span class="meta block">{stateWords[meeting.state]}</span>
          </p>
          {meeting.member && open && (
            <div class="row">
              {(mayLead(me) || meeting.state === "running") && (
                <Button kind="primary-action" onClick={() => void start()}>
                  {meeting.state === "running" ? "Ga naar het overleg" : "Begin het overleg"}
                </Button>
              )}
            </div>
          )}
          <p role="status" class="vh">
            {said}
          </p>
          <Points
            meeting={meeting}
            written={written}
            edit={meeting.member && open}
            onMove={(item, place, title) =>
              void act(
                () => meetings.movePoint(id, item, place),
                `${title} staat nu op plek ${place}`,
              ).then(() => focusOn(item))
            }
            onRemove={(item, title) =>
              void act(async () => {
                await meetings.takeOff(id, item);
                return meetings.show(id);
              }, `${title} is van de agenda`).then(() => focusOn(null))
            }
          />
          {meeting.member && open && (
            <Add
              onAdd={(item, title) => act(() => meetings.addPoint(id, item, title), "Staat erop")}
            />
          )}
          {meeting.candidates.length > 0 && open && (
            <PutBefore
              meeting={meeting}
              written={written}
              onPut={(item, person, name) =>
                act(() => meetings.putBefore(id, item, person), `Voorgelegd aan ${name}`)
              }
              onTakeBack={(item, person, name) =>
                void act(async () => {
                  await meetings.takeBack(id, item, person);
                  return meetings.show(id);
                }, `Niet meer voorgelegd aan ${name}`)
              }
            />
          )}
          {meeting.member && (meeting.state === "running" || meeting.state === "ended") && (
            <Attendance
              meeting={meeting}
              edit={mayLead(me)}
              onChange={(persons) =>
                void act(() => meetings.setPresent(id, persons), "Aanwezigen bewaard")
              }
            />
          )}
          {meeting.member && mayRecord(me) && meeting.started_at && (
            <Minutes id={id} day={meeting.starts_at} />
          )}
          {meeting.member && mayLead(me) && meeting.state === "planned" && (
            <div class="row">
              <Button
                kind="subtle"
                onClick={() =>
                  void act(
                    () => meetings.setState(id, "cancelled", meeting.version),
                    "Dit overleg gaat niet door",
                  )
                }
              >
                Dit overleg gaat niet door
              </Button>
            </div>
          )}
          {meeting.member && mayLead(me) && meeting.state === "cancelled" && (
            <div class="row">
              <Button
                onClick={() =>
                  void act(
                    () => meetings.setState(id, "planned", meeting.version),
                    "Dit overleg gaat toch door",
                  )
                }
              >
                Toch door laten gaan
              </Button>
            </div>
          )}
          {problem && <Button onClick={() => void refresh()}>Probeer nu</Button>}
        </>
      )}
    </div>
  );
}

/** Focus stays with what was moved, or goes to the heading when that is gone. */
function focusOn(item: string | null) {
  const target = item && document.getElementById(`punt-${item}`);
  (target || document.querySelector<HTMLElement>("h1"))?.focus();
}

interface PointsProps {
  meeting: meetings.Meeting;
  written: readonly meetings.Written[];
  edit: boolean;
  onMove: (item: string, place: number, title: string) => void;
  onRemove: (item: string, title: string) => void;
}

function Points({ meeting, written, edit, onMove, onRemove }: PointsProps) {
  if (meeting.agenda.length === 0) {
    return <p>Nog geen punten. Nieuwe bundels en acties komen hier vanzelf bij.</p>;
  }
  return (
    <ol class="rows points">
      {meeting.agenda.map((point, index) => {
        const title = titleOf(point, written);
        const outcome = outcomeWords.find(([word]) => word === point.outcome)?.[1];
        return (
          <li key={point.id}>
            <div id={`punt-${point.id}`} tabIndex={-1} class="points__text">
              <b>{title}</b>
              <span class="meta">{[point.detail, outcome].filter(Boolean).join(" · ")}</span>
            </div>
            {edit && (
              <div class="points__acts">
                <button
                  type="button"
                  class="icon-button"
                  aria-label={`${title} omhoog`}
                  aria-disabled={index === 0}
                  onClick={() => index > 0 && onMove(point.id, index, title)}
                >
                  <Icon name="up" />
                </button>
                <button
                  type="button"
                  class="icon-button points__down"
                  aria-label={`${title} omlaag`}
                  aria-disabled={index === meeting.agenda.length - 1}
                  onClick={() =>
                    index < meeting.agenda.length - 1 && onMove(point.id, index + 2, title)
                  }
                >
                  <Icon name="up" />
                </button>
                {!point.done_at && (
                  <button
                    type="button"
                    class="icon-button"
                    aria-label={`${title} van de agenda halen`}
                    onClick={() => onRemove(point.id, title)}
                  >
                    <Icon name="cross" />
                  </button>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Add({ onAdd }: { onAdd: (item: string, title: string) => Promise<boolean> }) {
  const [title, setTitle] = useState("");
  // The same id until it is kept, so that a second click adds nothing.
  const [item, setItem] = useState(() => crypto.randomUUID());
  const [fault, setFault] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    if (!title.trim()) {
      setFault("Schrijf in een paar woorden wat je wilt bespreken.");
      return document.getElementById("punt")?.focus();
    }
    if (!(await onAdd(item, title.trim()))) return;
    setTitle("");
    setItem(crypto.randomUUID());
  };
  return (
    <form class="addpoint" onSubmit={send} noValidate>
      <Field
        id="punt"
        label="Eigen punt"
        value={title}
        onValue={(value) => {
          setTitle(value);
          setFault("");
        }}
        {...(fault && { error: fault })}
      />
      <Button type="submit">Zet op de agenda</Button>
    </form>
  );
}

import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import type { Meeting, Written } from "./meetings";
import { titleOf } from "./phrases";

interface PutBeforeProps {
  meeting: Meeting;
  written: readonly Written[];
  onPut: (item: string, person: string, name: string) => Promise<boolean>;
  onTakeBack: (item: string, person: string, name: string) => void;
}

/** Somebody who is no member, such as the OM, sees one point and nothing else of the agenda. */
export function PutBefore({ meeting, written, onPut, onTakeBack }: PutBeforeProps) {
  const [item, setItem] = useState("");
  const [person, setPerson] = useState("");
  const [fault, setFault] = useState<"item" | "person" | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const lack = !item ? "item" : !person ? "person" : null;
    setFault(lack);
    if (lack) return document.getElementById(`voor-${lack}`)?.focus();
    const name = meeting.candidates.find(({ id }) => id === person)?.name ?? "";
    if (await onPut(item, person, name)) setItem("");
  };
  const shown = meeting.agenda.filter(({ guests }) => guests.length > 0);
  return (
    <section class="meetlist" aria-labelledby="voorleggen">
      <h2 class="utrecht-heading-2" id="voorleggen">
        Voorleggen
      </h2>
      <p>Het OM en wie aan één casus meewerkt, zien alleen het punt dat je hier kiest.</p>
      {shown.length > 0 && (
        <ul class="guests">
          {shown.flatMap((point) =>
            point.guests.map(({ id, name, organisation }) => (
              <li key={point.id + id}>
                <span>
                  {titleOf(point, written)}: {name}, {organisation}
                </span>
                <Button kind="subtle" onClick={() => onTakeBack(point.id, id, name)}>
                  Trek in<span class="vh">: {name}</span>
                </Button>
              </li>
            )),
          )}
        </ul>
      )}
      <form class="addpoint" onSubmit={send} noValidate>
        <Select
          id="voor-item"
          label="Punt"
          value={item}
          onValue={(value) => {
            setItem(value);
            setFault(null);
          }}
          {...(fault === "item" && { error: "Kies een punt." })}
        >
          <option value="">Kies een punt</option>
          {meeting.agenda.map((point) => (
            <option key={point.id} value={point.id}>
              {titleOf(point, written)}
            </option>
          ))}
        </Select>
        <Select
          id="voor-person"
          label="Aan"
          value={person}
          onValue={(value) => {
            setPerson(value);
            setFault(null);
          }}
          {...(fault === "person" && { error: "Kies iemand." })}
        >
          <option value="">Kies iemand</option>
          {meeting.candidates.map(({ id, name, organisation }) => (
            <option key={id} value={id}>
              {name}, {organisation}
            </option>
          ))}
        </Select>
        <Button type="submit">Leg voor</Button>
      </form>
    </section>
  );
}

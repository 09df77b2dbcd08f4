import type { Meeting } from "./meetings";

interface AttendanceProps {
  meeting: Meeting;
  edit: boolean;
  onChange: (persons: string[]) => void;
}

/** Who is there. */
export function Attendance({ meeting, edit, onChange }: AttendanceProps) {
  const there = new Set(meeting.present.map(({ id }) => id));
  const toggle = (id: string) => {
    const next = new Set(there);
    if (!next.delete(id)) next.add(id);
    onChange([...next]);
  };
  if (!edit) {
    const names = meeting.present.map(({ name }) => name).join(", ");
    return <p>Aanwezig: {names || "niet ingevuld"}.</p>;
  }
  return (
    <fieldset class="present">
      <legend class="utrecht-heading-2">Aanwezig</legend>
      {meeting.possible.map(({ id, name, role_label, organisation }) => (
        <div class="present__row" key={id}>
          <input
            class="utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"
            type="checkbox"
            id={`er-${id}`}
            checked={there.has(id)}
            onChange={() => toggle(id)}
          />
          <label for={`er-${id}`}>
            {name}
            <span class="meta block">
              {role_label}, {organisation}
            </span>
          </label>
        </div>
      ))}
    </fieldset>
  );
}

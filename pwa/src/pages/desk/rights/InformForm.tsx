import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { today } from "../day";
import { explain } from "../problems";
import { notInformedWords } from "./phrases";
import * as rights from "./rights";

interface InformFormProps {
  id: string;
  onTold: (rights: rights.Rights) => void;
}

/** On which day somebody was told, or why that has to wait. */
export function InformForm({ id, onTold }: InformFormProps) {
  const [day, setDay] = useState(today());
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const note = async (told: { informed_on?: string; reason?: rights.NotInformed }) => {
    setProblem("");
    try {
      onTold(await rights.inform(id, told));
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <div class="stack stack--3 rights__form">
      <Field
        id={`verteld-${id}`}
        label="Verteld op"
        type="date"
        max={today()}
        value={day}
        onValue={setDay}
      />
      <div class="row">
        <Button
          onClick={() =>
            day ? void note({ informed_on: day }) : setProblem("Kies de dag waarop het is verteld.")
          }
        >
          Leg vast: verteld
        </Button>
      </div>
      <Select id={`nog-niet-${id}`} label="Of: nog niet, omdat" value={reason} onValue={setReason}>
        <option value="">Kies een reden</option>
        {Object.entries(notInformedWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <div class="row">
        <Button
          onClick={() =>
            reason
              ? void note({ reason: reason as rights.NotInformed })
              : setProblem("Kies waarom nog niet.")
          }
        >
          Leg vast: nog niet
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
    </div>
  );
}

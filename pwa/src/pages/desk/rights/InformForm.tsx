import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
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
  const [fault, setFault] = useState<"" | "verteld" | "nog-niet">("");
  const [problem, setProblem] = useState("");
  const point = (to: "verteld" | "nog-niet") => {
    setFault(to);
    document.getElementById(`${to}-${id}`)?.focus();
  };
  const note = async (told: { informed_on?: string; reason?: rights.NotInformed }) => {
    setFault("");
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
        onValue={(next) => {
          setDay(next);
          setFault("");
        }}
        error={fault === "verteld" ? dayFault(day) : undefined}
      />
      <div class="row">
        <Button
          onClick={() => (dayFault(day) ? point("verteld") : void note({ informed_on: day }))}
        >
          Leg vast: verteld
        </Button>
      </div>
      <Select
        id={`nog-niet-${id}`}
        label="Of: nog niet, omdat"
        value={reason}
        onValue={(next) => {
          setReason(next);
          setFault("");
        }}
        error={fault === "nog-niet" ? "Kies waarom nog niet." : undefined}
      >
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
            reason ? void note({ reason: reason as rights.NotInformed }) : point("nog-niet")
          }
        >
          Leg vast: nog niet
        </Button>
      </div>
      <Problem text={problem} />
    </div>
  );
}

function dayFault(day: string): string | undefined {
  if (!day) return "Kies de dag waarop het is verteld.";
  return day > today() ? "Kies een dag die al geweest is." : undefined;
}

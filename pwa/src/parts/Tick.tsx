import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./Icon";

interface TickProps {
  id: string;
  text: ComponentChildren;
  checked: boolean;
  onToggle: () => void;
  /** What the (i) opens; without it there is no button. */
  more?: ComponentChildren | undefined;
  /** A line that belongs under the row now, such as "Dit is genoeg om vandaag te bellen." */
  heavy?: string | false | null | undefined;
  /** The line is about 112. */
  red?: boolean | undefined;
  /** The line is about something that helps. */
  good?: boolean | undefined;
  /** Not in a list, but a block of its own. */
  alone?: boolean | undefined;
}

/** A row to tick: the whole row is the label, the explanation is a button beside it. */
export function Tick({ id, text, checked, onToggle, more, heavy, alone, ...tone }: TickProps) {
  const [open, setOpen] = useState(false);
  const Tag = alone ? "div" : "li";
  return (
    <Tag class={more ? "tick" : "tick tick--plain"}>
      <input
        class="utrecht-checkbox utrecht-custom-checkbox utrecht-custom-checkbox--html-input utrecht-checkbox--html-input"
        type="checkbox"
        id={id}
        checked={checked}
        onChange={onToggle}
      />
      <label for={id} id={`${id}-l`}>
        {text}
      </label>
      {more && <Info id={id} open={open} onOpen={setOpen} />}
      {more && open && <div class="tick__more">{more}</div>}
      {/* The empty element is there first, because only a change inside it is announced. */}
      <p
        class={heavy ? `tick__heavy${tone.red ? " lv-red" : tone.good ? " lv-green" : ""}` : "vh"}
        role="status"
      >
        {heavy}
      </p>
    </Tag>
  );
}

interface InfoProps {
  id: string;
  open: boolean;
  onOpen: (open: boolean) => void;
}

const Info = ({ id, open, onOpen }: InfoProps) => (
  <button
    class="icon-button tick__info"
    type="button"
    aria-expanded={open}
    aria-label="Uitleg hierbij"
    aria-describedby={`${id}-l`}
    onClick={() => onOpen(!open)}
  >
    <Icon name={open ? "cross" : "info"} />
  </button>
);

interface ExplainedProps {
  id: string;
  text: string;
  /** What the (i) opens. */
  children: ComponentChildren;
}

/** A row to read, with the same explanation beside it as one to tick. */
export function Explained({ id, text, children }: ExplainedProps) {
  const [open, setOpen] = useState(false);
  return (
    <li class="tick tick--read" id={id} tabIndex={-1}>
      <p id={`${id}-l`}>{text}</p>
      <Info id={id} open={open} onOpen={setOpen} />
      {open && <div class="tick__more">{children}</div>}
    </li>
  );
}

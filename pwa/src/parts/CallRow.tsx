import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

interface CallProps {
  name: string;
  number: string;
  /** For what, in a few words. */
  why?: ComponentChildren | undefined;
}

/** Somebody to call: the whole row dials. */
export const CallRow = ({ name, number, why }: CallProps) => (
  <li>
    <a class="call" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      <span class="call__ic">
        <Icon name="phone" />
      </span>
      <span class="call__txt">
        <b>{name}</b>
        {why && <span class="meta">{why}</span>}
      </span>
      <span class="nr">{number}</span>
    </a>
  </li>
);

import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

/** A number as a telephone dials it. */
export const dial = (number: string): string => `tel:${number.replace(/[^\d+]/g, "")}`;

interface CallProps {
  name: string;
  /** Empty when there is only a site. */
  number: string;
  url?: string | null | undefined;
  /** For what, in a few words. */
  why?: ComponentChildren;
}

/** Somebody to call, or a site to chat on: the whole row is the link. */
export const CallRow = ({ name, number, url, why }: CallProps) => (
  <li>
    <a
      class="call"
      {...(number
        ? { href: dial(number) }
        : { href: url ?? "", target: "_blank", rel: "noopener noreferrer" })}
    >
      <span class="call__ic">
        <Icon name={number ? "phone" : "question"} />
      </span>
      <span class="call__txt">
        <b>{name}</b>
        {why && <span class="meta">{why}</span>}
      </span>
      <span class="nr">{number || "Naar de site"}</span>
    </a>
  </li>
);

/** A number inside a sentence. */
export const PhoneLink = ({ number }: { number: string }) => (
  <a class="utrecht-link utrecht-link--html-a tap" href={dial(number)}>
    {number}
  </a>
);

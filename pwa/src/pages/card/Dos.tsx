import { Icon } from "../../parts/Icon";
import { Heading } from "../../parts/Page";

/** `name` and a number are what a search leads to. */
const List = ({ items, name }: { items: readonly string[]; name: "do" | "dont" }) => (
  <ul class={name === "dont" ? "dos dos--not" : "dos"}>
    {items.map((item, at) => (
      <li key={item} id={`${name}-${at + 1}`} tabIndex={-1}>
        <Icon name={name === "dont" ? "cross" : "check"} />
        <span>{item}</span>
      </li>
    ))}
  </ul>
);

export const Dos = ({ yes, no }: { yes: readonly string[]; no: readonly string[] }) => (
  <>
    {yes.length > 0 && (
      <>
        <Heading>Doe dit wel</Heading>
        <List items={yes} name="do" />
      </>
    )}
    {no.length > 0 && (
      <>
        <Heading>Doe dit niet</Heading>
        <List items={no} name="dont" />
      </>
    )}
  </>
);

export const Steps = ({ items }: { items: readonly string[] }) => (
  <ol class="steps plain">
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ol>
);

import { Icon } from "../../parts/Icon";
import { Heading } from "../../parts/Page";

const List = ({ items, not }: { items: readonly string[]; not?: boolean }) => (
  <ul class={not ? "dos dos--not" : "dos"}>
    {items.map((item) => (
      <li key={item}>
        <Icon name={not ? "cross" : "check"} />
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
        <List items={yes} />
      </>
    )}
    {no.length > 0 && (
      <>
        <Heading>Doe dit niet</Heading>
        <List items={no} not />
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

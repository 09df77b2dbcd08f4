import type { AreaProps } from "../screens";
import { Agenda } from "./Agenda";
import { Evaluations } from "./Evaluations";
import { List } from "./List";
import { Mode } from "./Mode";
import "./meetings.css";

/** When the kernteam meets, what it talks about, and what it found of that. */
export default function Meetings({ me, id, rest, query }: AreaProps) {
  if (id === "terugblik") return <Evaluations me={me} open={query.get("van")} />;
  if (id && rest[0] === "bezig") return <Mode key={id} id={id} me={me} asked={query.get("punt")} />;
  return id ? <Agenda key={id} id={id} me={me} /> : <List me={me} />;
}

import type { AreaProps } from "../screens";
import { CasePage } from "./CasePage";
import "./cases.css";
import "./network.css";
import { ActionsPage, List } from "./List";

/** What the kernteam works on, and what was agreed. */
export default function Cases({ page, id, me, query }: AreaProps) {
  if (page === "acties") return <ActionsPage />;
  return id ? <CasePage key={id} id={id} me={me} /> : <List me={me} bundle={query.get("bundel")} />;
}

import type { AreaProps } from "../screens";
import { ActionsPage } from "./ActionsPage";
import { CasePage } from "./CasePage";
import "./cases.css";
import "./network.css";
import { List } from "./List";

/** What the kernteam works on, and what was agreed. */
export default function Cases({ page, id, me, query }: AreaProps) {
  if (page === "acties") return <ActionsPage me={me} />;
  if (id) return <CasePage key={id} id={id} me={me} />;
  return <List me={me} bundle={query.get("bundel")} observation={query.get("melding")} />;
}

import type { AreaProps } from "../screens";
import { BundlePage } from "./BundlePage";
import "./bundles.css";
import { List } from "./List";

/** What belongs together: a list, and each bundle on a page of its own. */
export default function Bundles({ me, id }: AreaProps) {
  return id ? <BundlePage key={id} id={id} me={me} /> : <List />;
}

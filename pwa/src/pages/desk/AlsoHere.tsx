import { Icon } from "../../parts/Icon";
import { together } from "./presence";

/** Said aloud when somebody comes, so it stays on the page while nobody is there. */
export const AlsoHere = ({ names }: { names: readonly string[] }) => (
  <p class={names.length > 0 ? "alsohere" : "vh"} role="status">
    {names.length > 0 && (
      <>
        <Icon name="eye" />
        <span>
          Ook hier: <b>{together(names)}</b>
        </span>
      </>
    )}
  </p>
);

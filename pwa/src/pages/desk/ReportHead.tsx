import type { ObservationPlain } from "../../types";
import { longDay } from "./day";
import { areaName, cardOf } from "./names";
import { StateBadge } from "./StateBadge";

interface ReportHeadProps {
  plain: ObservationPlain;
  /** Without the list beside it this is the page, and its head the first heading. */
  alone: boolean;
}

export function ReportHead({ plain, alone }: ReportHeadProps) {
  const Heading = alone ? "h1" : "h2";
  const { title } = cardOf(plain.card);
  return (
    <div class="pane__head">
      <div>
        <Heading class="utrecht-heading-1" id="melding" tabIndex={-1}>
          {areaName(plain.area)}
        </Heading>
        <p class="meta">
          {title}, {longDay(plain.date)}, bonnummer {plain.receipt}
        </p>
      </div>
      <StateBadge item={plain} />
    </div>
  );
}

import type { ObservationPlain } from "../../types";
import { longDay } from "./day";
import { areaName, cardOf } from "./names";
import { StateBadge } from "./StateBadge";

interface ReportHeadProps {
  /** Null while it is being fetched: the heading is there already, for the focus that comes to it. */
  plain: ObservationPlain | null;
  /** Without the list beside it this is the page, and its head the first heading. */
  alone: boolean;
}

export function ReportHead({ plain, alone }: ReportHeadProps) {
  const Heading = alone ? "h1" : "h2";
  return (
    <div class="pane__head">
      <div>
        <Heading class="utrecht-heading-1" id="melding" tabIndex={-1}>
          {plain ? areaName(plain.area) : "Melding"}
        </Heading>
        {plain && (
          <p class="meta">
            {cardOf(plain.card).title}, {longDay(plain.date)}, bonnummer {plain.receipt}
          </p>
        )}
        {plain?.expiring && plain.keep_until && (
          <p class="meta">
            <b>Deze melding wordt gewist op {longDay(plain.keep_until)}.</b>
          </p>
        )}
      </div>
      {plain && <StateBadge item={plain} />}
    </div>
  );
}

import { Notice } from "../../parts/Notice";
import type { ObservationPlain } from "../../types";

/** The reporter had second thoughts after it was read: from then on the desk decides. */
export function Withdrawal({ plain }: { plain: ObservationPlain }) {
  if (!plain.timeline.some(({ kind }) => kind === "withdrawal_requested")) return null;
  return (
    <Notice kind="warning">
      <p>De melder wil deze melding intrekken. Weeg dat mee voordat je verdergaat.</p>
    </Notice>
  );
}

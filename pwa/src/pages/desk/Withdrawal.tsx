import { useState } from "preact/hooks";
import { decideWithdrawal, observation } from "../../api";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Confirm";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import { say } from "../../parts/places";
import { go } from "../../router";
import type { WithdrawalDecision } from "../../types";
import { inboxPath } from "./filter";
import type { ReportProps } from "./Opened";
import { explain } from "./problems";

/** The reporter had second thoughts after it was read: from then on the desk decides. */
export function Withdrawal({
  report,
  filter,
  onChanged,
}: Pick<ReportProps, "report" | "filter" | "onChanged">) {
  const [asking, ask] = useState(false);
  const [problem, setProblem] = useState("");
  const { plain } = report;
  if (!plain?.withdrawal) return null;
  const { id, version } = plain;

  async function decide(decision: WithdrawalDecision["decision"]) {
    setProblem("");
    try {
      await decideWithdrawal(id, { decision, version });
      if (decision === "keep") report.keep(await observation(id));
      else {
        say("Deze melding is gewist.");
        go(inboxPath(filter));
      }
      onChanged();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <Notice kind="warning">
      <p>De melder wil deze melding intrekken. Jij beslist, en de melder hoort dat.</p>
      {asking ? (
        <Confirm
          question="Wil je deze melding wissen?"
          yes="Ja, wis"
          onYes={() => decide("erase")}
          onNo={() => ask(false)}
        >
          De tekst en alle aanvullingen verdwijnen voorgoed.
        </Confirm>
      ) : (
        <div class="row">
          <Button onClick={() => ask(true)}>Wis deze melding</Button>
          <Button onClick={() => decide("keep")}>Bewaar deze melding</Button>
        </div>
      )}
      <Problem text={problem} />
    </Notice>
  );
}

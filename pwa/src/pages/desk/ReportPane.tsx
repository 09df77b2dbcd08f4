import { Button } from "../../parts/Button";
import { Crumb } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { AlsoHere } from "./AlsoHere";
import { Closed } from "./Closed";
import { inboxPath } from "./filter";
import { Opened, type ReportProps } from "./Opened";
import { usePresence } from "./presence";
import { ReportHead } from "./ReportHead";
import { Sent } from "./Sent";
import { Withdrawal } from "./Withdrawal";

interface PaneProps extends ReportProps {
  /** Without the list beside it. */
  alone: boolean;
  /** The address of what was answered just before this one came up. */
  before: string | null;
}

/** The chosen report: shut, open, or the sentence that says why it is not here. */
export function ReportPane({ alone, before, ...rest }: PaneProps) {
  const { report, me, filter, onChanged } = rest;
  const { plain, opening, problem, news } = report;
  const here = usePresence(plain?.id ?? null, opening !== null);
  if (plain && opening) return <Opened {...rest} opening={opening} here={here} />;
  return (
    <section class="pane" aria-label="Gekozen melding">
      {alone && <Crumb href={`#${inboxPath(filter)}`} text="Postvak" />}
      {before && <Sent text="Verstuurd. Dit is de volgende." back={before} />}
      <ReportHead plain={plain} alone={alone} />
      <Problem text={problem}>
        <Button onClick={report.refresh}>Probeer nu</Button>
      </Problem>
      {!plain && !problem && <p class="meta">Melding ophalen…</p>}
      <AlsoHere names={here} />
      {plain && (
        <>
          <p class={news ? "meta" : "vh"} role="status">
            {news}
          </p>
          <Withdrawal report={report} filter={filter} onChanged={onChanged} />
          <Closed
            plain={plain}
            me={me}
            onOpened={(opened) => {
              report.setOpening(opened);
              report.refresh();
              onChanged();
            }}
          />
        </>
      )}
    </section>
  );
}

import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Crumb } from "../../parts/Page";
import type { Person } from "../../types";
import { Closed } from "./Closed";
import { type Filter, inboxPath } from "./filter";
import { Opened } from "./Opened";
import { ReportHead } from "./ReportHead";
import type { Report } from "./useReport";

export interface ReportProps {
  report: Report;
  me: Person;
  filter: Filter;
  /** Something changed on the server that the list shows as well. */
  onChanged: () => void;
}

interface PaneProps extends ReportProps {
  /** Without the list beside it. */
  alone: boolean;
}

/** The chosen report: shut, open, or the sentence that says why it is not here. */
export function ReportPane({ alone, ...rest }: PaneProps) {
  const { report, me, filter, onChanged } = rest;
  const { plain, opening, problem, news } = report;
  if (plain && opening) return <Opened {...rest} opening={opening} />;
  return (
    <section class="pane" aria-label="Gekozen melding">
      {alone && <Crumb href={`#${inboxPath(filter)}`} text="Postvak" />}
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
          <Button onClick={report.refresh}>Probeer nu</Button>
        </Notice>
      )}
      {!plain && !problem && <p class="meta">Melding ophalen…</p>}
      {plain && (
        <>
          <ReportHead plain={plain} alone={alone} />
          <p class={news ? "meta" : "vh"} role="status">
            {news}
          </p>
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

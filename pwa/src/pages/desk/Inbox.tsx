import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { arrive, say } from "../../parts/places";
import { go } from "../../router";
import type { Person } from "../../types";
import { tellCount } from "./counts";
import { type Filter, inboxPath } from "./filter";
import { KeyHelp } from "./KeyHelp";
import { move, type Wish } from "./keys";
import { useWide } from "./live";
import { MailList } from "./MailList";
import { nextAfter } from "./next";
import { deskOf } from "./phrases";
import { Rail } from "./Rail";
import { ReportPane } from "./ReportPane";
import { useKeys } from "./useKeys";
import { useMailbox } from "./useMailbox";
import { useReport } from "./useReport";

interface InboxProps {
  me: Person;
  filter: Filter;
  id: string | null;
}

/** What was answered just now, and what came on the screen after it. */
interface Done {
  answered: string;
  next: string;
}

const rowId = (id: string) => `mail-${id}`;

function focusedRow(): string | null {
  const id = document.activeElement?.id ?? "";
  return id.startsWith("mail-") ? id.slice("mail-".length) : null;
}

/** The list and the chosen report: side by side on a laptop, one after the other on a phone. */
export function Inbox({ me, filter, id }: InboxProps) {
  const wide = useWide();
  const box = useMailbox(filter);
  const report = useReport(id, me.id);
  const [help, setHelp] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const toRow = useRef<string | null>(null);
  const toPane = useRef<string | null>(null);
  const toReason = useRef<string | null>(null);
  const opened = report.opening !== null;
  const alone = id !== null && (!wide || opened);

  const fresh = box.mail?.counts.new;
  useEffect(() => {
    if (fresh !== undefined) tellCount("#/postvak", fresh);
  }, [fresh]);

  // On a laptop the list stays where it is; choosing another row is not another screen.
  const screen = alone ? `report ${id}` : "list";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the screen says when somebody went elsewhere.
  useLayoutEffect(() => arrive(alone ? "Melding" : "Postvak"), [screen]);

  useEffect(() => {
    if (id !== null && toRow.current === id) document.getElementById(rowId(id))?.focus();
    else if (id !== null && toPane.current === id) document.getElementById("melding")?.focus();
    toRow.current = null;
    toPane.current = null;
  }, [id]);
  // Whoever asked to open it before it was here, is not made to ask twice.
  const here = report.plain?.id ?? null;
  useEffect(() => {
    if (here === null) return;
    if (toReason.current === here) document.getElementById("reden")?.focus();
    toReason.current = null;
  }, [here]);

  useKeys((wish) => {
    if (wish === "help") setHelp(true);
    else if (wish === "open") openChosen();
    else if (wish === "answer") answer();
    else choose(wish);
  });

  function choose(wish: Wish) {
    const ids = box.mail?.items.map((item) => item.id) ?? [];
    const next = move(ids, focusedRow() ?? id, wish);
    if (!next) return;
    if (!wide && id === null) return document.getElementById(rowId(next))?.focus();
    if (next === id) return document.getElementById(rowId(next))?.focus();
    toRow.current = next;
    go(inboxPath(filter, next), true);
  }

  /** With nothing left that asks for something, the report stays where it is. */
  function goOn(answered: string) {
    const next = nextAfter(box.mail?.items ?? [], answered, deskOf[me.role] ?? "sociaal");
    if (!next) return;
    setDone({ answered, next });
    toPane.current = next;
    go(inboxPath(filter, next), true);
    say("Verstuurd. Hier is de volgende melding.");
  }

  function openChosen() {
    if (id === null) {
      const row = focusedRow();
      if (row) go(inboxPath(filter, row));
      return;
    }
    if (report.plain === null) toReason.current = id;
    else document.getElementById(opened ? "melding" : "reden")?.focus();
  }

  function answer() {
    if (opened) return document.getElementById("antwoord")?.focus();
    openChosen();
    if (id !== null) say("Open eerst de envelop. Daarna kun je antwoorden.");
  }

  return (
    <div class={`inbox${alone ? " inbox--alone" : ""}`}>
      {!alone && <Rail filter={filter} counts={box.mail?.counts ?? null} wide={wide} />}
      {!alone && (
        <MailList box={box} filter={filter} chosen={id} wide={wide} onHelp={() => setHelp(true)} />
      )}
      {id !== null ? (
        <ReportPane
          report={report}
          me={me}
          filter={filter}
          alone={alone}
          before={done?.next === id ? inboxPath(filter, done.answered) : null}
          onChanged={box.refresh}
          onNext={goOn}
        />
      ) : (
        wide && (
          <section class="pane" aria-label="Gekozen melding">
            <p class="meta">Kies links een melding. De envelop blijft dicht tot je hem opent.</p>
          </section>
        )
      )}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

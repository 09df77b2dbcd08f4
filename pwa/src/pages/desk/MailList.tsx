import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { today } from "./day";
import { type Filter, inboxPath, isNarrowed } from "./filter";
import { KeyLine } from "./KeyHelp";
import { MailRow } from "./MailRow";
import type { Mail } from "./mailbox";
import { viewNames } from "./phrases";
import type { Mailbox } from "./useMailbox";

interface MailListProps {
  box: Mailbox;
  filter: Filter;
  chosen: string | null;
  wide: boolean;
  onHelp: () => void;
}

function title(mail: Mail | null, filter: Filter): string {
  if (filter.view !== "all" || isNarrowed(filter) || !mail) {
    return filter.view === "all" ? "Postvak" : viewNames[filter.view];
  }
  const { all } = mail.counts;
  if (all > 99) return "Meer dan 99 open meldingen";
  return all === 1 ? "1 open melding" : `${all} open meldingen`;
}

function Urgent({ mail }: { mail: Mail }) {
  const late = mail.counts.late;
  // Only when the whole list is here do we know how many are nearly late.
  const soon = mail.next ? 0 : mail.items.filter(({ due }) => due === "soon").length;
  if (!late && !soon) return null;
  return (
    <p class="meta">
      {late > 0 && <b class="due--late">{late > 99 ? "99+" : late} te laat</b>}
      {late > 0 && soon > 0 && ", "}
      {soon > 0 && `${soon} bijna te laat`}
    </p>
  );
}

export function MailList({ box, filter, chosen, wide, onHelp }: MailListProps) {
  const { mail, problem, busy } = box;
  const now = today();
  const empty = mail?.items.length === 0;
  const length = mail?.items.length ?? 0;
  const before = useRef<number | null>(null);
  useEffect(() => {
    // The button may be gone now; reading goes on at the first new row.
    const first = before.current === null ? undefined : mail?.items[before.current];
    if (!first) return;
    before.current = null;
    document.getElementById(`mail-${first.id}`)?.focus();
  }, [mail]);
  const more = () => {
    before.current = length;
    box.more();
  };
  return (
    <section class="col" aria-labelledby="lijst" aria-busy={busy}>
      <div class="col__head">
        <h1 class="utrecht-heading-1" id="lijst" tabIndex={-1}>
          {title(mail, filter)}
        </h1>
        {mail && <Urgent mail={mail} />}
      </div>
      {problem && (
        <div class="mail__more stack stack--2">
          <Problem text={problem} />
          <Button onClick={box.refresh}>Probeer nu</Button>
        </div>
      )}
      {!mail && !problem && <p class="mail__empty meta">Meldingen ophalen…</p>}
      {empty && (
        <p class="mail__empty">
          {filter.view === "all" && !isNarrowed(filter)
            ? "Alles is gelezen. De volgende melding zie je hier."
            : "Hier staat nu niets. Kijk bij Alles, of maak het filter ruimer."}
        </p>
      )}
      <ol class="mail">
        {mail?.items.map((item) => (
          <MailRow
            key={item.id}
            item={item}
            href={`#${inboxPath(filter, item.id)}`}
            chosen={item.id === chosen}
            today={now}
          />
        ))}
      </ol>
      {mail?.next && (
        <div class="mail__more">
          <Button wide disabled={busy} onClick={more}>
            Toon meer
          </Button>
        </div>
      )}
      {wide && <KeyLine onHelp={onHelp} />}
    </section>
  );
}

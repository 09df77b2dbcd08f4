import { Badge } from "../../parts/Badge";
import { Emblem } from "../../parts/Dots";
import type { InboxItem } from "../../types";
import { listMoment, shortDay } from "./day";
import { dueOf } from "./due";
import { areaName, cardOf } from "./names";
import { basisWords, signalCount, sourceWords } from "./phrases";
import { StateBadge } from "./StateBadge";

interface MailRowProps {
  item: InboxItem;
  href: string;
  chosen: boolean;
  today: string;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function MailRow({ item, href, chosen, today }: MailRowProps) {
  const due = dueOf(item, today);
  const card = cardOf(item.card);
  const about = [card.title, signalCount(item.signals.length), basisWords[item.basis]];
  return (
    <li>
      <a
        href={href}
        id={`mail-${item.id}`}
        class={`inset-focus${item.state === "new" ? " is-new" : ""}`}
        aria-current={chosen ? "true" : undefined}
      >
        <Emblem name={card.emblem} />
        <span>
          <span class="mail__top">
            <b>{areaName(item.area)}</b>
            <span class="when">{listMoment(item.received_at, today)}</span>
          </span>
          <span class="meta">{about.join(", ")}</span>
          <span class="mail__foot">
            <StateBadge item={item} />
            {item.source !== "app" && (
              <Badge tone="plain" icon="phone" text={capital(sourceWords[item.source])} />
            )}
            {item.own && <Badge tone="plain" icon="people" text="Je eigen melding" />}
            {item.objection && <Badge tone="warning" icon="alert" text="Bezwaar loopt" />}
            {item.new_addition && <Badge icon="plus" text="Nieuwe aanvulling" />}
            {item.expiring && item.keep_until && (
              <Badge icon="lock" text={`Wordt gewist op ${shortDay(item.keep_until)}`} />
            )}
            {due.text && <span class={due.tone ? `due due--${due.tone}` : "due"}>{due.text}</span>}
          </span>
        </span>
      </a>
    </li>
  );
}

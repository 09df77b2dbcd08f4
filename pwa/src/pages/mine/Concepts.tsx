import * as cards from "../../cards";
import * as drafts from "../../drafts";
import { Icon } from "../../parts/Icon";
import { Heading } from "../../parts/Page";
import { formatMoment, formatTime } from "../../words";
import { isToday } from "../days";
import { cardName } from "../names";
import { useAnswer } from "../use";
import { parentOf } from "./addition";

/** What was typed but not sealed yet: said here, so that nobody thinks it was sent. */
export function Concepts() {
  const list = useAnswer(drafts.list, "", drafts.onChange) ?? [];
  const rows = list.flatMap(({ card: id, savedAt }) => {
    const parent = parentOf(id);
    const card = cards.card(id);
    if (parent) return [{ href: `#/mijn/${parent}`, text: "Antwoord of aanvulling", savedAt }];
    return card ? [{ href: `#/melden/${id}`, text: `Melding, ${cardName(card)}`, savedAt }] : [];
  });
  if (!rows.length) return null;
  return (
    <>
      <Heading>Nog niet af</Heading>
      <ul class="list bleed">
        {rows.map(({ href, text, savedAt }) => (
          <li key={href}>
            <a class="card-row" href={href}>
              <Icon name="lock" />
              <span>
                <b>{text}</b>
                <span class="meta">
                  Concept bewaard op dit toestel,{" "}
                  {isToday(savedAt) ? formatTime(savedAt) : formatMoment(savedAt)}
                </span>
              </span>
              <Icon name="go" />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

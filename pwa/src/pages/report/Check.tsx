import * as areas from "../../areas";
import type { Card } from "../../types";
import { formatDay, formatTime } from "../../words";
import { cardName, countSignals } from "../names";
import { type Form, momentOf } from "./form";
import { sealedPart } from "./observation";
import { AGES, BASIS, DESKS, INFORMED, URGENCY, wordFor } from "./words";

interface CheckProps {
  card: Card;
  form: Form;
  ticked: readonly string[];
}

const join = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join(", ");

/** What will be sealed, line by line, with the step where it can be changed (0 is the card). */
function lines({ card, form, ticked }: CheckProps): [name: string, value: string, step: number][] {
  const { where, persons } = sealedPart(form, card);
  const texts = (items: readonly { id: string; text: string }[]) =>
    items.filter((item) => ticked.includes(item.id)).map((item) => item.text);
  const count = texts(card.signals).length;
  const at = momentOf(form);
  return [
    ["Signalen", count ? `${countSignals(count)} van de ${cardName(card)}` : "Geen", 0],
    ["Hoe weet je dit", wordFor(BASIS, form.basis), 1],
    [
      "Wanneer",
      at.length < 16 ? "" : `${formatDay(at.slice(0, 10))}, ${formatTime(new Date(at))}`,
      2,
    ],
    ["Waar", join(form.area === "unknown" ? "Weet ik niet" : areas.name(form.area), where), 2],
    [
      "Wie",
      persons
        .map((p) => join(p.name, wordFor(AGES, p.age).toLowerCase(), p.description))
        .join("; ") || "Niemand ingevuld",
      3,
    ],
    ["Beschermt de jongere", texts(card.protective_factors).join(" ") || "Niets aangetikt", 0],
    ["Weet de jongere of ouder dit", wordFor(INFORMED, form.informed), 3],
    [
      "Lezen",
      join(
        wordFor(URGENCY, form.urgency),
        `eerst de ${wordFor(DESKS, form.desk).toLowerCase()}`,
        form.withoutName && "eerst meedenken zonder naam",
        form.callBack && "bel mij terug",
      ),
      3,
    ],
    ["Wie jij bent", form.shielded ? "Afgeschermd" : "Ziet wie je melding leest", 3],
  ];
}

const Edit = ({ href, what, class: name }: { href: string; what: string; class?: string }) => (
  <a class={`utrecht-link utrecht-link--html-a ${name ?? "edit"}`} href={href}>
    Wijzig<span class="vh"> {what.toLowerCase()}</span>
  </a>
);

/** Step 4: the last time this text can be read on this phone. */
export const Check = (props: CheckProps) => {
  const { card, form } = props;
  const to = (step: number) => (step ? `#/melden/${card.id}/${step}` : `#/kaart/${card.id}`);
  return (
    <>
      <div class="letter">
        <p class="meta row row--apart">
          Jouw woorden
          <Edit class="tap" href={to(1)} what="Jouw woorden" />
        </p>
        <p class="voice words">
          {form.what.trim() || "Je schreef geen tekst. De signalen zeggen genoeg."}
        </p>
      </div>
      <dl class="summary">
        {lines(props).map(([name, value, step]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || "Nog niet ingevuld"}</dd>
            <dd class="edit-cell">
              <Edit href={to(step)} what={name} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
};

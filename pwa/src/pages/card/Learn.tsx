import type { ComponentChildren } from "preact";
import * as cards from "../../cards";
import { CallRow } from "../../parts/CallRow";
import { Fold } from "../../parts/Fold";
import { Icon } from "../../parts/Icon";
import { Heading } from "../../parts/Page";
import { current } from "../../session";
import type { Card } from "../../types";
import { formatDay } from "../../words";
import { Steps } from "./Dos";
import { Provenance } from "./Provenance";

/** What you read when there is time for it; the card itself stays short. */
export const Learn = ({ card }: { card: Card }) => (
  <section aria-labelledby="meer">
    <Heading id="meer">Meer weten</Heading>
    <div class="folds bleed">
      <Conversation {...card.conversation} />
      <Sharing card={card} />
      <Afraid card={card} />
      {card.meldcode && (
        <Part title="Meldcode">
          <p id="meldcode" tabIndex={-1}>
            {card.meldcode.text}
          </p>
          <Steps items={card.meldcode.steps} />
        </Part>
      )}
      {card.protocols.length > 0 && (
        <Part title="Protocol">
          <Terms rows={card.protocols.map(({ id, name, text }) => [id, name, text])} />
        </Part>
      )}
      <Words card={card} />
      {card.figures.length > 0 && (
        <Part title="Cijfers">
          <ul class="plain stack stack--3">
            {card.figures.map(({ id, text, source }) => (
              <li key={id} id={id} tabIndex={-1}>
                {text}
                <span class="meta block">Bron: {source}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {card.changes.length > 0 && (
        <Part title="Wat is er veranderd?">
          {card.changes.map(({ version, on, lines }) => (
            <div key={version}>
              <h3 class="utrecht-heading-3">
                Versie {version}, {formatDay(on)}
              </h3>
              <ul class="picked">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
          ))}
        </Part>
      )}
    </div>
    <ul class="list bleed space">
      {card.practice.length > 0 && <Way href={`#/oefenen/${card.id}`}>Oefen met deze kaart</Way>}
      {card.practice.length > 0 && current() && (
        <Way href="#/oefenen">Voorlichting of training</Way>
      )}
      <Way href="#/route">Wat gebeurt er met je melding?</Way>
      <Way href={`/papier/${card.id}`}>Print deze kaart</Way>
    </ul>
    <Provenance card={card} />
  </section>
);

const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <Fold title={title}>
    <div class="fold__in fold__in--read">{children}</div>
  </Fold>
);

const Way = ({ href, children }: { href: string; children: string }) => (
  <li>
    <a class="card-row" href={href}>
      <span>
        <b>{children}</b>
      </span>
      <Icon name="go" />
    </a>
  </li>
);

const Conversation = ({ moment, say, ask }: Card["conversation"]) => (
  <Part title="Zo begin je een gesprek">
    <p id="gesprek" tabIndex={-1}>
      {moment}
    </p>
    <p class="voice">{say}</p>
    {ask.length > 0 && (
      <div>
        <h3 class="utrecht-heading-3">Vraag daarna</h3>
        <ul class="picked">
          {ask.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </div>
    )}
  </Part>
);

const Sharing = ({ card }: { card: Card }) =>
  card.sharing.questions.length ? (
    <Part title="Mag ik dit delen?">
      <ol class="steps plain">
        {card.sharing.questions.map(({ id, question, text }) => (
          <li key={id} id={id} tabIndex={-1}>
            <div>
              <h3 class="utrecht-heading-3">{question}</h3>
              {text}
            </div>
          </li>
        ))}
      </ol>
      {card.sharing.rules.length > 0 && (
        <div>
          <h3 class="utrecht-heading-3">Goed om te weten</h3>
          <ul class="picked">
            {card.sharing.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </div>
      )}
    </Part>
  ) : null;

/** Ways to tell what you saw without standing alone, each with the number it needs. */
function Afraid({ card }: { card: Card }) {
  const contacts = cards.gemeente()?.contacts ?? [];
  if (!card.afraid.length) return null;
  return (
    <Part title="Wat als ik bang ben?">
      <ul class="plain stack stack--3">
        {card.afraid.map(({ id, title, text, contact }) => {
          const found = contacts.find((one) => one.id === contact);
          return (
            <li key={id} id={id} tabIndex={-1}>
              <h3 class="utrecht-heading-3">{title}</h3>
              <p>{text}</p>
              {found && (
                <ul class="plain call-in">
                  <CallRow {...found} why="" />
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

/** The difficult words of this card, in the order the gemeente gave them. */
function Words({ card }: { card: Card }) {
  const known = cards.words().filter(({ id }) => card.words.includes(id));
  return known.length ? (
    <Part title="Woorden">
      <Terms rows={known.map(({ id, word, text }) => [id, word, text])} />
    </Part>
  ) : null;
}

const Terms = ({ rows }: { rows: readonly (readonly [string, string, string])[] }) => (
  <dl class="terms">
    {rows.map(([id, term, text]) => (
      <div key={id} id={id} tabIndex={-1}>
        <dt>{term}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);

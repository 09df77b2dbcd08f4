import * as choice from "../../choice";
import { Icon } from "../../parts/Icon";
import { Explained, Tick } from "../../parts/Tick";
import type { Card } from "../../types";

/** Risk factors are background: they are read, never ticked. */
export const RiskFactors = ({ card }: { card: Card }) => (
  <section aria-labelledby="risico">
    <div class="section-head section-head--part">
      <h2 class="utrecht-heading-2" id="risico" tabIndex={-1}>
        Risicofactoren
      </h2>
    </div>
    <p class="note">{card.risk_note}</p>
    <ul class="list bleed space">
      {card.risk_factors.map(({ id, text }) => (
        <li class="factor" key={id} id={id} tabIndex={-1}>
          {text}
        </li>
      ))}
    </ul>
  </section>
);

interface ProtectiveProps {
  card: Card;
  ticked: ReadonlySet<string>;
  tickable: boolean;
}

/** What protects leads to one small thing to do: at once where it is ticked, else behind the (i). */
export const ProtectiveFactors = ({ card, ticked, tickable }: ProtectiveProps) => (
  <section aria-labelledby="beschermend">
    <div class="section-head section-head--part">
      <h2 class="utrecht-heading-2" id="beschermend" tabIndex={-1}>
        Wat beschermt deze jongere?
      </h2>
      {tickable && <p class="meta">Tik aan wat je weet. Dit gaat mee in je melding.</p>}
    </div>
    <ul class="list bleed">
      {card.protective_factors.map(({ id, text, now }) => {
        const small = (
          <p>
            <b class="block">Dit kun je nu doen</b>
            {now}
          </p>
        );
        return tickable ? (
          <Tick
            key={id}
            id={id}
            text={text}
            checked={ticked.has(id)}
            heavy={ticked.has(id) && `Dit kun je nu doen: ${now}`}
            good
            more={ticked.has(id) ? undefined : small}
            onToggle={() => choice.toggle(card.id, id)}
          />
        ) : (
          <Explained key={id} id={id} text={text}>
            {small}
          </Explained>
        );
      })}
    </ul>
    {card.tip && (
      <div class="tip space">
        <Icon name="heart" />
        <p>
          <b class="block">Iets kleins dat je nu kunt doen</b>
          {card.tip}
        </p>
      </div>
    )}
  </section>
);

import * as choice from "../../choice";
import { Icon } from "../../parts/Icon";
import { Tick } from "../../parts/Tick";
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
      {card.risk_factors.map((factor) => (
        <li class="factor" key={factor.id}>
          {factor.text}
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

export const ProtectiveFactors = ({ card, ticked, tickable }: ProtectiveProps) => (
  <section aria-labelledby="beschermend">
    <div class="section-head section-head--part">
      <h2 class="utrecht-heading-2" id="beschermend" tabIndex={-1}>
        Wat beschermt deze jongere?
      </h2>
      {tickable && <p class="meta">Tik aan wat je weet. Dit gaat mee in je melding.</p>}
    </div>
    <ul class="list bleed">
      {card.protective_factors.map(({ id, text }) =>
        tickable ? (
          <Tick
            key={id}
            id={id}
            text={text}
            checked={ticked.has(id)}
            onToggle={() => choice.toggle(card.id, id)}
          />
        ) : (
          <li class="factor" key={id}>
            {text}
          </li>
        ),
      )}
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

import { Heading } from "../../parts/Page";
import type { Card } from "../../types";
import { Contacts } from "./Contacts";
import { Dos, Steps } from "./Dos";
import { Ladder } from "./Ladder";

/** The handelingskader: what you do, for each level and for your job. */
export const Doing = ({ card }: { card: Card }) => (
  <section aria-labelledby="doen">
    <div class="section-head section-head--part">
      <h2 class="utrecht-heading-2" id="doen" tabIndex={-1}>
        Wat doe ik?
      </h2>
      <p class="meta">De kleur zegt wat jij doet, niet wie de jongere is.</p>
    </div>
    <Ladder levels={card.levels} />
    <Heading>Zo werkt het voor jou</Heading>
    <Steps items={card.steps} />
    <Dos yes={card.do} no={card.dont} />
    {card.pitfalls.length > 0 && (
      <>
        <Heading>Let op jezelf</Heading>
        <ul class="picked">
          {card.pitfalls.map((pitfall, at) => (
            <li key={pitfall} id={`pitfalls-${at + 1}`} tabIndex={-1}>
              {pitfall}
            </li>
          ))}
        </ul>
      </>
    )}
    <Heading id="bellen">Bellen</Heading>
    <Contacts ids={card.contacts} />
  </section>
);

import * as cards from "../../cards";
import { Emblem } from "../../parts/Dots";
import { Icon } from "../../parts/Icon";
import { Crumb, Page, Title } from "../../parts/Page";
import { Nav } from "../Nav";
import { AskTraining } from "./AskTraining";

/** Every card that has something to practise with. */
export const PracticeCards = () => (
  <Page title="Oefenen" foot={<Nav at="#/kaarten" />}>
    <Crumb href="#/kaarten" text="Alle kaarten" />
    <Title>Oefenen</Title>
    <p class="voice intro">Kort en verzonnen. Wat zie je, wat doe je?</p>
    <ul class="list bleed">
      {cards
        .cards()
        .filter((card) => card.practice.length > 0)
        .map((card) => (
          <li key={card.id}>
            <a class="card-row" href={`#/oefenen/${card.id}`}>
              <Emblem name={card.emblem} />
              <span>
                <b>{card.title}</b>
                <span class="meta">{card.practice.length} situaties</span>
              </span>
              <Icon name="go" />
            </a>
          </li>
        ))}
    </ul>
    <AskTraining />
  </Page>
);

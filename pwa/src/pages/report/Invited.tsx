import { Crumb, Page, Title } from "../../parts/Page";
import { current } from "../../session";
import type { Card } from "../../types";
import { Numbers } from "../Numbers";

/** Who is not invited gets numbers instead of a form; a card for everybody has none. */
export const Invited = ({ card }: { card: Card }) => (
  <Page title="Melden">
    <Crumb href={`#/kaart/${card.id}`} text="Terug" />
    <div class="head">
      <Title>Melden</Title>
    </div>
    <Numbers signIn={!current()} />
  </Page>
);

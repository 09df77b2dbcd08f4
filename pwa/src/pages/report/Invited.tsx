import { Crumb, Page, Title } from "../../parts/Page";
import type { Card } from "../../types";
import { Numbers } from "../Numbers";

/** Who is not invited gets numbers instead of a form. */
export const Invited = ({ card }: { card: Card }) => (
  <Page title="Melden">
    <Crumb href={`#/kaart/${card.id}`} text="Terug" />
    <div class="head">
      <Title>Melden</Title>
    </div>
    <Numbers />
  </Page>
);

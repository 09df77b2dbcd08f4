import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Crumb, Page, Title } from "../../parts/Page";
import { formatMoment } from "../../words";
import { useAnswer } from "../use";
import { deedOf, type Look, type LookPage, looks, whoOf } from "./looks";

/** Who looked at somebody's reports and account, the newest first. */
export function Looks() {
  const first = useAnswer<LookPage | null>(() => looks().catch(() => null), "");
  const [more, setMore] = useState<LookPage>();
  const [fault, setFault] = useState(false);
  const items = [...(first?.items ?? []), ...(more?.items ?? [])];
  const next = more ? more.next : first?.next;
  const show = async () => {
    if (!next) return;
    try {
      const page = await looks(next);
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next });
      setFault(false);
    } catch {
      setFault(true);
    }
  };
  return (
    <Page title="Wie keek er">
      <Crumb href="#/instellingen" text="Instellingen" />
      <div class="head">
        <Title>Wie keek er</Title>
        <p class="meta">Wat anderen deden met je meldingen en je account. Zonder namen.</p>
      </div>
      <p role="status">
        {(first === null || fault) && "Je hebt geen bereik. Met bereik zie je hier wie er keek."}
        {first && !items.length && "Nog niemand."}
      </p>
      <ul class="list bleed">
        {items.map((look, index) => (
          <Row key={index} look={look} />
        ))}
      </ul>
      {next && <Button onClick={show}>Toon meer</Button>}
    </Page>
  );
}

const Row = ({ look }: { look: Look }) => (
  <li class="setrow">
    <span>
      <b>{deedOf(look)}</b>
      <span class="meta block">{whoOf(look)}</span>
      <span class="meta block">{formatMoment(look.at)}</span>
      {look.receipt && <span class="meta block">Bonnummer {look.receipt}</span>}
    </span>
  </li>
);

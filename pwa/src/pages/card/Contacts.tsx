import * as cards from "../../cards";
import { CallRow } from "../../parts/CallRow";

/** Who to call, in the order the card gives; 112 has its own bar and is left out. */
export function Contacts({ ids }: { ids: readonly string[] }) {
  const all = cards.gemeente()?.contacts ?? [];
  const found = ids.flatMap((id) =>
    all.filter((contact) => contact.id === id && contact.number !== "112"),
  );
  if (!found.length) return null;
  return (
    <ul class="list bleed">
      {found.map((contact) => (
        <CallRow key={contact.id} {...contact} why={contact.for} />
      ))}
    </ul>
  );
}

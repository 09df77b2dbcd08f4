import * as cards from "../cards";
import { Button } from "../parts/Button";
import { CallRow } from "../parts/CallRow";
import { Heading } from "../parts/Page";

/** What also works without being invited: somebody to call. */
export function Numbers({ signIn = true }: { signIn?: boolean }) {
  const contacts = cards.gemeente()?.contacts ?? [];
  return (
    <>
      {signIn && (
        <div class="box stack stack--3">
          <p>
            <b>Wil je melden bij de gemeente?</b> Dat kan met een uitnodiging. Heb je die nog niet?
            Bel dan.
          </p>
          <Button href="#/inloggen">Ik heb een uitnodiging</Button>
        </div>
      )}
      <Heading>Wie kun je bellen?</Heading>
      <ul class="list bleed">
        {contacts.map((contact) => (
          <CallRow key={contact.id} {...contact} why={contact.for} />
        ))}
      </ul>
    </>
  );
}

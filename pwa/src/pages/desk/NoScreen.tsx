import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../parts/Button";
import { arrive } from "../../parts/places";
import type { Person, Role } from "../../types";
import { canInvite } from "./tabs";

const sentences: Partial<Record<Role, string>> = {
  melder: "Het postvak is van het loket. Wat jij meldt, vind je bij Mijn meldingen.",
  contactpersoon: "Je ziet geen meldingen. Je kunt melders uitnodigen en de kaarten lezen.",
  beheerder: "Je ziet geen meldingen. Je kunt mensen uitnodigen en de kaarten lezen.",
};

/** An honest page for a role that has no screen here. */
export function NoScreen({ me }: { me: Person }) {
  const own = sentences[me.role];
  const title = own ? "Dit is niet jouw scherm" : "Jouw scherm is er nog niet";
  useLayoutEffect(() => arrive(title), [title]);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        {title}
      </h1>
      <p>
        {own ??
          `Voor jouw rol (${me.role_label}) is hier nog geen scherm. De kaarten kun je nu wel lezen.`}
      </p>
      <div class="row">
        {canInvite(me.role) && (
          <Button kind="primary-action" href="#/uitnodigen">
            Uitnodigen
          </Button>
        )}
        {me.role === "melder" && (
          <Button kind="primary-action" href="#/mijn">
            Naar mijn meldingen
          </Button>
        )}
        <Button kind={own ? "secondary-action" : "primary-action"} href="#/kaarten">
          Naar de kaarten
        </Button>
      </div>
    </div>
  );
}

export function SignedOut({ expired }: { expired: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = expired ? "Je bent uitgelogd" : "Log eerst in";
  useLayoutEffect(() => {
    arrive(title);
    // A session may end on the screen somebody is on: then nothing else moves the focus.
    if (expired) heading.current?.focus();
  }, [expired, title]);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      <p>Log in om het postvak te lezen. Zonder inloggen kun je wel de kaarten lezen.</p>
      <div class="row">
        <Button kind="primary-action" href="#/inloggen">
          Log in
        </Button>
        <Button href="#/kaarten">Naar de kaarten</Button>
      </div>
    </div>
  );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { invite } from "../../api";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { Field, Select } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import { arrive } from "../../parts/places";
import type { Invitation, Person, Role } from "../../types";
import { Invited } from "./Invited";
import {
  type Faults,
  faultsOf,
  hasCard,
  type Invitee,
  kindNames,
  newInvitee,
  roleNames,
  toInvitation,
} from "./invitee";
import { explain, fieldReason } from "./problems";

const roles = Object.keys(roleNames) as Role[];

/** Nobody registers themselves: somebody who is in lets the next one in. */
export function Invite({ me }: { me: Person }) {
  const [invitee, setInvitee] = useState(() => newInvitee(me));
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState("");
  const [made, setMade] = useState<Invitation | null>(null);
  const sending = useRef(false);
  useLayoutEffect(() => arrive("Uitnodigen"), []);

  const own = me.role === "contactpersoon";
  const set = (what: Partial<Invitee>) => {
    setInvitee({ ...invitee, ...what });
    const left = { ...faults };
    for (const name of Object.keys(what)) delete left[name as keyof Invitee];
    setFaults(left);
  };
  const point = (found: Faults) => {
    setFaults(found);
    const first = Object.keys(found)[0];
    if (first) document.getElementById(`u-${first}`)?.focus();
  };

  async function send(event: Event) {
    event.preventDefault();
    const found = faultsOf(invitee);
    const { role } = invitee;
    if (Object.keys(found).length > 0 || !role) return point(found);
    if (sending.current) return;
    sending.current = true;
    setProblem("");
    try {
      setMade(await invite(toInvitation({ ...invitee, role })));
    } catch (error) {
      setProblem(explain(error));
      const name = fieldReason(error, "name");
      const mail = fieldReason(error, "mail");
      const kind = fieldReason(error, "kind");
      const found = { ...(name && { name }), ...(mail && { mail }), ...(kind && { kind }) };
      if (name || mail || kind) point(found);
    } finally {
      sending.current = false;
    }
  }

  const fault = (name: keyof Invitee) => faults[name] !== undefined && { error: faults[name] };
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Uitnodigen
      </h1>
      {made ? (
        <Invited
          invitation={made}
          name={invitee.name.trim()}
          mail={invitee.mail.trim()}
          onNext={() => {
            setMade(null);
            setInvitee(newInvitee(me));
          }}
        />
      ) : (
        <form class="invite" onSubmit={send} noValidate>
          <p>
            {own
              ? `Nodig een melder van ${me.organisation} uit.`
              : "Wie je uitnodigt, krijgt een link, een code en een QR-code die één keer werken."}
          </p>
          <Field
            id="u-name"
            label="Naam"
            value={invitee.name}
            onValue={(name) => set({ name })}
            {...fault("name")}
          />
          {!own && (
            <>
              <Select
                id="u-role"
                label="Rol"
                value={invitee.role}
                onValue={(role) => set({ role: role as Role | "" })}
                {...fault("role")}
              >
                <option value="">Kies een rol</option>
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {cards.gemeente()?.role_labels[role] ?? roleNames[role]}
                  </option>
                ))}
              </Select>
              <Field
                id="u-organisation"
                label="Organisatie"
                hint="Zoals de naam van de school, de club of de gemeente."
                value={invitee.organisation}
                onValue={(organisation) => set({ organisation })}
                {...fault("organisation")}
              />
            </>
          )}
          <Select
            id="u-kind"
            label="Soort organisatie"
            value={invitee.kind}
            onValue={(kind) => set({ kind })}
            {...fault("kind")}
          >
            <option value="">Kies een soort</option>
            {kindNames.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
          {!own && hasCard(invitee.role) && (
            <Select
              id="u-card"
              label="Eigen kaart"
              optional
              value={invitee.card}
              onValue={(card) => set({ card })}
            >
              <option value="">Geen</option>
              {cards.cards().map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          )}
          <Field
            id="u-mail"
            label="Mailadres"
            optional
            type="email"
            value={invitee.mail}
            onValue={(mail) => set({ mail })}
            {...fault("mail")}
          />
          <Problem text={problem} />
          <div>
            <Button kind="primary-action" type="submit">
              Maak de uitnodiging
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}

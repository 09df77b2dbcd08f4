import { useState } from "preact/hooks";
import { Confirm } from "../../parts/Confirm";
import { Crumb, Heading, Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { formatMoment } from "../../words";
import { signInFault } from "../entry/fault";
import { unsentText } from "../Unsent";
import { useAnswer } from "../use";
import { AddDevice } from "./AddDevice";
import * as devices from "./devices";
import { Passkeys } from "./Passkeys";

/** Where somebody is signed in, how to add a device, and how to shut a lost one out. */
export function Devices() {
  const [round, setRound] = useState(0);
  const [fault, setFault] = useState("");
  const [said, say] = useState("");
  const list = useAnswer(() => devices.own().catch(() => null), String(round));
  const act = async (work: () => Promise<unknown>, done: string) => {
    setFault("");
    say("");
    try {
      await work();
      say(done);
    } catch (error) {
      setFault(signInFault(error));
    }
    setRound(round + 1);
  };
  return (
    <Page title="Inloggen en toestellen">
      <Crumb href="#/instellingen" text="Instellingen" />
      <div class="head">
        <Title>Inloggen en toestellen</Title>
      </div>
      <Problem text={fault} />
      <p role="status" class="meta">
        {said}
      </p>
      <Passkeys act={act} round={round} />
      <Heading>Je toestellen</Heading>
      {list === null && <p>Je hebt geen bereik. Met bereik zie je hier je toestellen.</p>}
      <ul class="list bleed">
        {list?.map((device) => (
          <Row key={device.id} device={device} act={act} />
        ))}
        {(list?.length ?? 0) > 1 && <Others act={act} />}
      </ul>
      <AddDevice act={act} />
    </Page>
  );
}

export type Act = (work: () => Promise<unknown>, done: string) => Promise<void>;

function Row({ device, act }: { device: devices.Device; act: Act }) {
  const [asking, ask] = useState(false);
  const name = devices.nameOf(device);
  if (asking) {
    return (
      <li>
        <Confirm
          question={`${name} afmelden?`}
          yes="Ja, meld af"
          onYes={() => {
            ask(false);
            void act(() => devices.revoke(device.id), `${name} is afgemeld.`);
          }}
          onNo={() => ask(false)}
        >
          {device.unsent > 0 && `Nog ${unsentText(device.unsent)}. Dat wordt eerst verstuurd. `}
          Daarna wordt de app op dat toestel leeg. Terugkomen kan met een nieuwe uitnodiging.
        </Confirm>
      </li>
    );
  }
  return (
    <li class="setrow">
      <span>
        <b>{name}</b>
        <span class="meta block">{about(device)}</span>
        {device.unsent > 0 && <span class="meta block">Nog {unsentText(device.unsent)}.</span>}
        {device.push === "failing" && (
          <span class="meta block">
            Seintjes komen hier niet meer aan. Zet ze daar opnieuw aan.
          </span>
        )}
      </span>
      {!device.here && (
        <button
          type="button"
          class="utrecht-button utrecht-button--secondary-action"
          aria-label={`Meld ${name} af`}
          onClick={() => ask(true)}
        >
          Meld af
        </button>
      )}
    </li>
  );
}

function about(device: devices.Device): string {
  if (device.here) return "Dit toestel.";
  const seen = device.synced_at ?? device.seen_at;
  const when = seen ? `Laatst gezien ${formatMoment(seen)}.` : "Nog niets van gehoord.";
  return device.signed_in ? when : `${when} Uitgelogd.`;
}

function Others({ act }: { act: Act }) {
  const [asking, ask] = useState(false);
  if (!asking) {
    return (
      <li>
        <button type="button" class="card-row" onClick={() => ask(true)}>
          <span>
            <b>Meld al mijn andere toestellen af</b>
          </span>
        </button>
      </li>
    );
  }
  return (
    <li>
      <Confirm
        question="Alle andere toestellen afmelden?"
        yes="Ja, meld ze af"
        onYes={() => {
          ask(false);
          void act(devices.revokeOthers, "Je andere toestellen zijn afgemeld.");
        }}
        onNo={() => ask(false)}
      >
        Wat daar nog wacht, wordt eerst verstuurd. Daarna wordt de app op die toestellen leeg.
      </Confirm>
    </li>
  );
}

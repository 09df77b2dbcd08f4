import { useState } from "preact/hooks";
import * as cards from "../../../cards";
import { Button } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import { Fold } from "../../../parts/Fold";
import type { Invitation } from "../../../types";
import { spellCode } from "../../qr";
import { type Device, nameOf } from "../../settings/devices";
import { shortDay } from "../day";
import { mailLink, mailText } from "./mail";
import type { Act } from "./People";
import * as people from "./people";

interface RowProps {
  one: people.Listed;
  self: boolean;
  act: Act;
}

export const PersonRow = ({ one, self, act }: RowProps) => (
  <li class="box">
    <p>
      <b>{one.name}</b>
      <span class="meta block">
        {one.role_label}, {one.organisation}
      </span>
      <span class="meta block">{people.stateText(one)}</span>
      {one.limited_at && (
        <span class="block">
          <b>Opende op {shortDay(one.limited_at)} heel veel meldingen.</b> Vraag of dat klopt. Was
          het iemand anders? Stop dan de toegang.
        </span>
      )}
    </p>
    {one.state !== "ended" && (
      <Fold title={<span>Wat wil je doen?</span>}>
        <Deeds one={one} self={self} act={act} />
      </Fold>
    )}
  </li>
);

function Deeds({ one, self, act }: RowProps) {
  const [asking, ask] = useState(false);
  const [made, setMade] = useState<Invitation>();
  const [devices, setDevices] = useState<Device[]>();
  const look = async () => setDevices(await people.devicesOf(one.id));
  const again = async () =>
    setMade(await act(() => people.inviteAgain(one.id), `Er is een nieuwe uitnodiging.`));
  if (asking) {
    return (
      <Confirm
        question={`Toegang van ${one.name} stoppen?`}
        yes="Ja, stop de toegang"
        onYes={() => {
          ask(false);
          void act(() => people.endAccess(one.id), `De toegang van ${one.name} is gestopt.`);
        }}
        onNo={() => ask(false)}
      >
        {one.name} kan meteen niet meer inloggen. Meldingen die nog op een toestel wachten komen wel
        aan, bij de nakomers.
      </Confirm>
    );
  }
  return (
    <div class="stack stack--3">
      <div class="row">
        <Button onClick={() => void again()}>
          {one.state === "joined" ? "Nieuw toestel of passkey kwijt" : "Nodig opnieuw uit"}
        </Button>
        {one.state === "joined" && (
          <Button onClick={() => void act(look, "")}>Toon de toestellen</Button>
        )}
        {!self && (
          <Button kind="subtle" onClick={() => ask(true)}>
            Stop de toegang
          </Button>
        )}
      </div>
      {made && <Again one={one} made={made} />}
      {devices && (
        <ul class="plain stack stack--2">
          {devices.length === 0 && <li>Er is geen toestel meer.</li>}
          {devices.map((device) => (
            <li key={device.id} class="row">
              <span>
                {nameOf(device)}
                <span class="meta block">
                  {device.synced_at
                    ? `Laatst gezien ${shortDay(device.synced_at)}`
                    : "Nog niets van gehoord"}
                  {device.app_version && `, versie ${device.app_version}`}
                  {device.unsent > 0 && `, ${device.unsent} niet verstuurd`}
                </span>
              </span>
              <Button
                onClick={() =>
                  void act(
                    async () => {
                      await people.revoke(one.id, device.id);
                      await look();
                    },
                    `${nameOf(device)} van ${one.name} is afgemeld.`,
                  )
                }
              >
                Meld af
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The same person again, so what they reported stays theirs. */
function Again({ one, made }: { one: people.Listed; made: Invitation }) {
  const place = `gemeente ${cards.gemeente()?.name ?? ""}`.trim();
  return (
    <div class="stack stack--2">
      <p>
        Code: <b class="nowrap">{spellCode(made.code)}</b>, te gebruiken tot{" "}
        {shortDay(made.expires_at)}.
      </p>
      <p class="invitation__link">{made.link}</p>
      <div>
        <Button href={mailLink(one.mail, mailText(one.name, place, made))}>
          Zet de uitnodiging in een mail
        </Button>
      </div>
    </div>
  );
}

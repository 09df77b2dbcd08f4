import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Confirm";
import { Heading } from "../../parts/Page";
import { formatDay } from "../../words";
import * as passkey from "../entry/passkey";
import { useAnswer } from "../use";
import type { Act } from "./Devices";

/** The passkeys somebody has, and one more for who has none here. */
export function Passkeys({ act, round }: { act: Act; round: number }) {
  const list = useAnswer(() => passkey.list().catch(() => null), String(round));
  const [asking, ask] = useState("");
  if (!list) return null;
  return (
    <>
      <Heading>Je passkeys</Heading>
      <p class="lead">
        Met een passkey log je in met je vinger, je gezicht of de code van je toestel.
      </p>
      <ul class="list bleed">
        {list.map((one) =>
          asking === one.id ? (
            <li key={one.id}>
              <Confirm
                question="Deze passkey weghalen?"
                yes="Ja, haal weg"
                onYes={() => {
                  ask("");
                  void act(() => passkey.remove(one.id), "De passkey is weg.");
                }}
                onNo={() => ask("")}
              >
                {list.length === 1
                  ? "Het is je enige. Zonder passkey heb je straks een nieuwe uitnodiging nodig."
                  : "Inloggen kan daarna alleen nog met een andere."}
              </Confirm>
            </li>
          ) : (
            <li class="setrow" key={one.id}>
              <span>
                <b>{one.here ? "Passkey van dit toestel" : "Passkey van een ander toestel"}</b>
                <span class="meta block">
                  Gemaakt op {formatDay(one.made_at)}.
                  {one.used_at && ` Laatst gebruikt op ${formatDay(one.used_at)}.`}
                </span>
              </span>
              <button
                type="button"
                class="utrecht-button utrecht-button--secondary-action"
                onClick={() => ask(one.id)}
              >
                Haal weg
              </button>
            </li>
          ),
        )}
        {passkey.able() && (
          <li class="setline">
            <Button
              onClick={() =>
                void act(() => passkey.proven(passkey.create), "De passkey is ingesteld.")
              }
            >
              {list.length === 0 ? "Stel een passkey in" : "Stel nog een passkey in"}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}

import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Heading } from "../../parts/Page";
import type { Invitation } from "../../types";
import { formatTime } from "../../words";
import { proven } from "../entry/passkey";
import { qrPath, spellCode } from "../qr";
import type { Act } from "./Devices";
import * as devices from "./devices";

/** A second device comes in by what the first one shows. */
export function AddDevice({ act }: { act: Act }) {
  const [made, setMade] = useState<Invitation>();
  const size = made?.qr.length ?? 0;
  const make = () => act(async () => setMade(await proven(devices.invite)), "");
  return (
    <>
      <Heading>Nog een toestel</Heading>
      <p class="lead">
        Scan de QR-code met de camera van je andere toestel. Je bent daar dan ook ingelogd.
      </p>
      <div role="status" class="lead">
        {made && (
          <div class="box stack stack--2 center">
            <svg
              class="qr"
              viewBox={`0 0 ${size} ${size}`}
              shape-rendering="crispEdges"
              role="img"
              aria-label="QR-code om je andere toestel in te loggen"
            >
              <path d={qrPath(made.qr)} />
            </svg>
            <p class="meta">Of typ deze code bij Inloggen:</p>
            <p class="code">{spellCode(made.code)}</p>
            <p class="meta">
              Werkt één keer, tot {formatTime(new Date(made.expires_at))}. Laat hem aan niemand
              zien.
            </p>
          </div>
        )}
      </div>
      <Button onClick={make}>{made ? "Maak een nieuwe QR-code" : "Toon de QR-code"}</Button>
    </>
  );
}

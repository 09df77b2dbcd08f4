import { useEffect, useRef, useState } from "preact/hooks";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { copy } from "../../parts/copy";
import type { Invitation } from "../../types";
import { qrPath, spellCode } from "../qr";
import { longMoment } from "./day";
import { mailLink, mailText } from "./people/mail";

interface InvitedProps {
  invitation: Invitation;
  name: string;
  mail: string;
  onNext: () => void;
}

/** Link, code and picture of one invitation: shown now and never again. */
export function Invited({ invitation, name, mail, onNext }: InvitedProps) {
  const place = `gemeente ${cards.gemeente()?.name ?? ""}`.trim();
  const heading = useRef<HTMLHeadingElement>(null);
  const [copied, setCopied] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const { link, code, qr, expires_at } = invitation;
  const size = qr.length;

  return (
    <section class="stack" aria-labelledby="uitnodiging">
      <h2 class="utrecht-heading-2" id="uitnodiging" tabIndex={-1} ref={heading}>
        Uitnodiging voor {name}
      </h2>
      <p>
        Deze uitnodiging werkt <b>één keer</b>, tot {longMoment(expires_at)}. Laat de QR-code
        scannen, stuur de link, of lees de code voor. Daarna is de uitnodiging op.
      </p>
      <div class="invitation box">
        <svg
          class="qr"
          viewBox={`0 0 ${size} ${size}`}
          shape-rendering="crispEdges"
          role="img"
          aria-label={`QR-code met de uitnodiging voor ${name}`}
        >
          <path d={qrPath(qr)} />
        </svg>
        <div class="stack stack--3">
          <div>
            <h3 class="utrecht-heading-3">Code om te typen</h3>
            <p class="invitation__code">{spellCode(code)}</p>
          </div>
          <div>
            <h3 class="utrecht-heading-3">Link</h3>
            <p class="invitation__link">{link}</p>
          </div>
          <div class="row">
            <Button kind="primary-action" onClick={async () => setCopied(await copy(link))}>
              Kopieer de link
            </Button>
            <Button href={mailLink(mail, mailText(name, place, invitation))}>
              Zet in een mail
            </Button>
            <Button kind="subtle" onClick={onNext}>
              Nog iemand uitnodigen
            </Button>
          </div>
          <p role="status">{copied}</p>
        </div>
      </div>
      <p class="meta">
        Link en code staan alleen nu op dit scherm. Geef ze aan niemand anders: wie ze heeft, komt
        binnen als {name}.
      </p>
    </section>
  );
}

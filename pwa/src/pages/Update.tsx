import { useState } from "preact/hooks";
import { settled } from "../drafts";
import { Button } from "../parts/Button";
import { Notice } from "../parts/Notice";
import * as sync from "../sync";
import * as update from "../update";
import { NEW_VERSION } from "../words";
import { useChanges } from "./use";

const sending = () => sync.state().phase === "sending";

/** A newer version waits until somebody wants it; what was typed is in the draft by then. */
export function Update() {
  useChanges(update.onChange);
  const [later, putOff] = useState(false);
  const renew = async () => {
    await settled();
    await update.apply(sending);
  };
  return (
    <div class="main main--notice" role="status">
      {update.waiting() && !later && (
        <Notice>
          <p>{NEW_VERSION}</p>
          <div class="row">
            <Button onClick={renew}>Vernieuw</Button>
            <Button kind="subtle" onClick={() => putOff(true)}>
              Straks
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

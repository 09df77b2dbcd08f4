import { useState } from "preact/hooks";
import { areKept, settled } from "../drafts";
import { Button } from "../parts/Button";
import { Notice } from "../parts/Notice";
import * as sync from "../sync";
import * as update from "../update";
import { NEW_VERSION, NEW_VERSION_AFTER } from "../words";
import { useChanges } from "./use";

const sending = () => sync.state().phase === "sending";

// Here every input is a draft before the next one.
const DRAFTED = /^#\/(melden|mijn)\//;
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=search])";

/** Whether something stands on the screen that loading it anew would take away. */
function isAtRisk(): boolean {
  if (areKept() && DRAFTED.test(location.hash)) return false;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED);
  return [...fields].some((field) => field.value !== field.defaultValue);
}

/** A newer version waits until somebody wants it, and until nothing typed is lost by it. */
export function Update() {
  useChanges(update.onChange);
  const [later, putOff] = useState(false);
  const [busy, setBusy] = useState(false);
  const renew = async () => {
    setBusy(isAtRisk());
    if (isAtRisk()) return;
    await settled();
    await update.apply(sending);
  };
  return (
    <div class="main main--notice" role="status">
      {update.waiting() && !later && (
        <Notice>
          <p>{busy ? NEW_VERSION_AFTER : NEW_VERSION}</p>
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

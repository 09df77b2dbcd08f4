import { useState } from "preact/hooks";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";

const DAY_MS = 86_400_000;

export const installed = () =>
  matchMedia("(display-mode: standalone)").matches ||
  ("standalone" in navigator && navigator.standalone === true);

/** From the second visit on, unless it was put off in the last thirty days. */
function wanted(): boolean {
  const visits =
    Number(localStorage.getItem("visits")) + (sessionStorage.getItem("visited") ? 0 : 1);
  sessionStorage.setItem("visited", "1");
  localStorage.setItem("visits", String(visits));
  return visits > 1 && Number(localStorage.getItem("install-later")) < Date.now() - 30 * DAY_MS;
}

export function InstallHint() {
  const [shown, show] = useState(() => !installed() && wanted());
  if (!shown) return null;
  const later = () => {
    localStorage.setItem("install-later", String(Date.now()));
    show(false);
  };
  return (
    <section class="box stack stack--3" aria-labelledby="zet">
      <div class="row row--keep accent">
        <Icon name="device" />
        <div>
          <h2 class="utrecht-heading-3" id="zet">
            Zet de signaalkaart op je beginscherm
          </h2>
          <p class="meta">Dan opent hij ook zonder bereik.</p>
        </div>
      </div>
      <div class="row">
        <Button href="#/beginscherm">Laat zien hoe</Button>
        <Button kind="subtle" onClick={later}>
          Nu niet
        </Button>
      </div>
    </section>
  );
}

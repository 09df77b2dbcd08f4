import { useRef } from "preact/hooks";
import * as mine from "../mine";
import * as outbox from "../outbox";
import { Icon } from "../parts/Icon";
import * as sync from "../sync";
import { useAnswer, useChanges } from "./use";

export const unsentText = (n: number) => `${n} ${n === 1 ? "melding" : "meldingen"} niet verstuurd`;

/** One line about the network and what waits for it; it leads to Mijn meldingen. */
export function Unsent() {
  useChanges(sync.onChange);
  const unsent = useAnswer(outbox.count, "", mine.onChange, sync.onChange) ?? 0;
  const offline = sync.state().online === false;
  const wasOffline = useRef(false);
  wasOffline.current ||= offline;
  return (
    <>
      <p class="vh" role="status">
        {offline ? "Geen bereik" : wasOffline.current ? "Weer bereik" : ""}
      </p>
      {(offline || unsent > 0) && (
        <a class="strip" href="#/mijn">
          <Icon name={offline ? "offline" : "device"} />
          <span>
            <b>{offline ? "Geen bereik" : "Nog niet alles is verstuurd"}</b>
            {unsent ? unsentText(unsent) : "De kaarten werken gewoon."}
          </span>
          <Icon name="go" />
        </a>
      )}
    </>
  );
}

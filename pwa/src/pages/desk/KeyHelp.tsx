import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Tick } from "../../parts/Tick";
import { areKeysOn, setKeysOn } from "./keys";

const keys = [
  ["j", "volgende melding"],
  ["k", "vorige melding"],
  ["o", "naar de gekozen melding, om hem te openen"],
  ["b", "naar het antwoord aan de melder"],
  ["?", "deze uitleg"],
] as const;

export const KeyLine = ({ onHelp }: { onHelp: () => void }) => (
  <p class="keys">
    <span>
      <kbd>j</kbd>
      <kbd>k</kbd>volgende, vorige
    </span>
    <span>
      <kbd>o</kbd>open
    </span>
    <span>
      <kbd>b</kbd>beantwoord
    </span>
    <button type="button" class="keys__help" onClick={onHelp}>
      <kbd>?</kbd>alle toetsen
    </button>
  </p>
);

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(areKeysOn);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const toggle = () => {
    setKeysOn(!on);
    setOn(!on);
  };
  return (
    <dialog class="keyhelp" ref={dialog} aria-labelledby="toetsen" onClose={onClose}>
      <h2 class="utrecht-heading-2" id="toetsen">
        Toetsen
      </h2>
      <dl>
        {keys.map(([key, does]) => (
          <div class="keyhelp__row" key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="meta">Terwijl je typt of kiest, doen deze toetsen niets.</p>
      <Tick alone id="toetsen-aan" text="Deze toetsen gebruiken" checked={on} onToggle={toggle} />
      <Button onClick={onClose}>Sluit</Button>
    </dialog>
  );
}

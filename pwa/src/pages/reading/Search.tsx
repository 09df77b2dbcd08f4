import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../parts/Icon";

interface SearchFieldProps {
  value: string;
  onValue: (value: string) => void;
}

/** The field stands on the first screen; what it needs to search comes when it is used. */
export const SearchField = ({ value, onValue }: SearchFieldProps) => (
  <search>
    <form class="search" onSubmit={(event) => event.preventDefault()}>
      <Icon name="search" />
      <input
        class="utrecht-textbox utrecht-textbox--html-input"
        type="search"
        id="zoek"
        aria-label="Zoek op alle kaarten"
        placeholder="Zoek op alle kaarten"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={80}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </form>
  </search>
);

type Shown = ComponentType<{ query: string }>;

let kept: Shown | undefined;

/** The index and the results are a chunk of their own, kept by the worker like the rest. */
export function Search({ query }: { query: string }) {
  const [Results, show] = useState<Shown | undefined>(() => kept);
  const [failed, fail] = useState(false);
  useEffect(() => {
    if (kept) return;
    import("./Results").then(
      (chunk) => {
        kept = chunk.default;
        show(() => chunk.default);
      },
      () => fail(true),
    );
  }, []);
  if (Results) return <Results query={query} />;
  return failed ? <p class="note">Zoeken kan pas na één keer openen met bereik.</p> : null;
}

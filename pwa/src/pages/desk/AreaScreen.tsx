import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { arrive } from "../../parts/places";
import type { AreaProps, LoadArea } from "./screens";

interface AreaScreenProps extends AreaProps {
  load: LoadArea;
}

/** One area of the desk, once its chunk is here. */
export function AreaScreen({ load, ...props }: AreaScreenProps) {
  const [shown, show] = useState<{ load: LoadArea; Page: ComponentType<AreaProps> | null }>();
  useEffect(() => {
    load().then(
      (chunk) => show({ load, Page: chunk.default }),
      () => show({ load, Page: null }),
    );
  }, [load]);
  if (shown?.load !== load) return <p class="deskpage meta">Scherm ophalen…</p>;
  return shown.Page ? <shown.Page {...props} /> : <NotFetched />;
}

function NotFetched() {
  useLayoutEffect(() => arrive("Niet geladen"), []);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Niet geladen
      </h1>
      <p>Dit scherm is nog niet geladen. Controleer je bereik en probeer het opnieuw.</p>
      <div>
        <Button onClick={() => location.reload()}>Probeer opnieuw</Button>
      </div>
    </div>
  );
}

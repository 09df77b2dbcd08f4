import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Fold } from "../../../parts/Fold";
import { today } from "../day";
import type { Edge, Kind, Node } from "./cases";
import type { Drawing } from "./drawing";
import {
  changesOn,
  edgeWords,
  moments,
  momentText,
  nodeName,
  nodeWords,
  sinceText,
  standOn,
  zoneWords,
} from "./phrases";

interface NetworkProps {
  nodes: readonly Node[];
  edges: readonly Edge[];
  /** Whom or what the case is about. */
  about: Kind;
}

const steps: Record<string, [number, number]> = {
  ArrowLeft: [40, 0],
  ArrowRight: [-40, 0],
  ArrowUp: [0, 40],
  ArrowDown: [0, -40],
};

/** Who and what is around somebody, on any day; the same stands in a table under it. */
export function Network({ nodes, edges, about }: NetworkProps) {
  const now = today();
  const days = useMemo(() => moments(nodes, edges, now), [nodes, edges, now]);
  const [chosen, choose] = useState<string | null>(null);
  const day = chosen && days.includes(chosen) ? chosen : now;
  const stand = useMemo(() => standOn(nodes, edges, day), [nodes, edges, day]);
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const latest = useRef({ nodes, stand, about });
  latest.current = { nodes, stand, about };
  const [failed, fail] = useState(false);

  useEffect(() => {
    let gone = false;
    const inside = box.current;
    const themes = [
      matchMedia("(prefers-color-scheme: dark)"),
      matchMedia("(forced-colors: active)"),
    ];
    const recolour = () => inside && drawing.current?.recolour(inside);
    let width = 0;
    const watch = new ResizeObserver(([box]) => {
      // It tells the size it begins with as well.
      if (width !== 0) drawing.current?.fit();
      width = box?.contentRect.width ?? 0;
    });
    import("./drawing").then(
      ({ Drawing }) => {
        if (gone || !inside) return;
        const begun = performance.now();
        const { nodes, stand, about } = latest.current;
        drawing.current = new Drawing(inside);
        drawing.current.settle(nodes);
        drawing.current.show({ ...stand, about });
        drawing.current.fit();
        // It paints in the next frame; then we know how long somebody waited.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => performance.measure("network-drawn", { start: begun })),
        );
        watch.observe(inside);
      },
      () => fail(true),
    );
    for (const theme of themes) theme.addEventListener("change", recolour);
    return () => {
      gone = true;
      watch.disconnect();
      for (const theme of themes) theme.removeEventListener("change", recolour);
      drawing.current?.end();
      drawing.current = null;
    };
  }, []);
  // What was moved or made larger stays so, unless there is more to see.
  useEffect(() => {
    const grown = drawing.current?.settle(nodes);
    drawing.current?.show({ ...stand, about });
    if (grown) drawing.current?.fit();
  }, [nodes, stand, about]);

  const names = new Map(nodes.map((one) => [one.id, nodeName(one, about)]));
  const index = days.indexOf(day);
  const changes = changesOn(nodes, edges, day, about);
  return (
    <>
      <label class="range">
        <span>{momentText(days[0] ?? now, now)}</span>
        <input
          type="range"
          min={0}
          max={days.length - 1}
          value={index}
          disabled={days.length < 2}
          aria-label="Stand van het netwerk op"
          aria-valuetext={momentText(day, now)}
          onInput={(event) => choose(days[Number(event.currentTarget.value)] ?? now)}
        />
        <span>{momentText(day, now)}</span>
      </label>
      <p class={changes ? "meta" : "vh"} role="status">
        {changes}
      </p>
      {failed ? (
        <p>De tekening is nog niet geladen. Alles staat in de tabel.</p>
      ) : (
        <section
          class="netbox"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the drawing
          tabIndex={0}
          aria-label="Tekening van het netwerk. Pijltjes verschuiven. Alles staat ook in de tabel."
          onKeyDown={(event) => {
            const step = steps[event.key];
            if (!step) return;
            event.preventDefault();
            drawing.current?.pan(...step);
          }}
        >
          <div class="net" ref={box} aria-hidden="true" />
        </section>
      )}
      <div class="row">
        <Button onClick={() => drawing.current?.zoom(1.3)}>Groter</Button>
        <Button onClick={() => drawing.current?.zoom(1 / 1.3)}>Kleiner</Button>
        <Button onClick={() => drawing.current?.fit()}>Alles</Button>
      </div>
      <ul class="net__legend">
        {Object.entries(nodeWords).map(([kind, words]) => (
          <li key={kind}>
            <span class={`key key--${kind}`} aria-hidden="true" />
            {words}
          </li>
        ))}
        {Object.entries(edgeWords).map(([kind, words]) => (
          <li key={kind}>
            <span class={`line line--${kind}`} aria-hidden="true" />
            {words}
          </li>
        ))}
        {nodes.some(({ cases }) => cases.length > 0) && (
          <li>
            <span class="key key--person key--shared" aria-hidden="true" />
            ook in een andere casus
          </li>
        )}
      </ul>
      <Fold title="Hetzelfde als tabel" count={stand.edges.length} boxed>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard */}
        <section class="tablebox" aria-label="Tabel met relaties" tabIndex={0}>
          <table class="acts">
            <thead>
              <tr>
                <th scope="col">Van</th>
                <th scope="col">Relatie</th>
                <th scope="col">Naar</th>
                <th scope="col">Sinds</th>
              </tr>
            </thead>
            <tbody>
              {stand.edges.map((one) => (
                <tr key={one.id}>
                  <td>{names.get(one.from_id)}</td>
                  <td>
                    {one.label} <span class="meta">({edgeWords[one.kind]})</span>
                  </td>
                  <td>{names.get(one.to_id)}</td>
                  <td>{sinceText(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ul class="plain stack stack--2">
            {stand.nodes.map((one) => (
              <li key={one.id}>
                {names.get(one.id)}: {nodeWords[one.kind]}, {zoneWords[one.zone]}, {sinceText(one)}
                {one.cases.length > 0 && `, ook in casus ${one.cases.join(" en ")}`}
              </li>
            ))}
          </ul>
        </section>
      </Fold>
    </>
  );
}

/** Small signals that get joined: the picture language of the whole product. */
interface DotsProps {
  /** Absolute points, "M10 44 24 26Z": the line is drawn along them and a dot on each. */
  line: string;
  box: string;
  class: string;
  r?: number | undefined;
  /** The last dot is the newest. */
  spark?: boolean | undefined;
}

export function Dots({ line, box, class: name, r = 4, spark }: DotsProps) {
  const n = (line.match(/[\d.]+/g) ?? []).map(Number);
  const last = n.length - 2;
  return (
    <svg class={name} viewBox={box} aria-hidden="true">
      {name === "mark" && <rect width="40" height="40" rx="9" />}
      <path d={line} />
      {n.map((x, i) =>
        i % 2 ? null : (
          <circle
            key={i}
            class={spark && i === last ? "new" : undefined}
            cx={x}
            cy={n[i + 1]}
            r={spark && i === last ? r + 0.5 : r + (i % 6 ? 0 : 0.8)}
          />
        ),
      )}
    </svg>
  );
}

export const Mark = () => (
  <Dots class="mark" box="0 0 40 40" line="M10 27 18 16 26 22 31 11" r={3.2} spark />
);

const emblems: Record<string, string> = {
  boa: "M10 44 24 26 40 34 54 14",
  onderwijs: "M12 16 12 46 34 52 52 38 34 24Z",
  sport: "M32 10 12 32 32 54 52 32ZM12 32 52 32",
  jongerenwerk: "M14 50 22 18 44 12 52 44 22 18",
  gemeente: "M32 32 12 16M32 32 52 16M32 32 52 48M32 32 12 48",
  ouders: "M20 14 32 34 44 14M32 34 32 54",
  jongeren: "M10 34 24 18 38 34 54 18M38 34 54 46",
};

/** The sign of a card, always shown with its name. An unknown card gets the one of the boa. */
export const Emblem = ({ name }: { name: string }) => (
  <Dots class="emblem" box="0 0 64 64" line={emblems[name] ?? "M10 44 24 26 40 34 54 14"} />
);

/** One bead per chosen signal; more than eight are not told apart any more. */
export function Beads({ count }: { count: number }) {
  const n = Math.min(count, 8);
  const line = Array.from({ length: n }, (_, i) => `${8 + 16 * i} ${i % 2 ? 6 : 12}`).join(" ");
  return <Dots class="beads" box={`0 0 ${n * 16} 18`} line={`M${line}`} spark />;
}

/** Four dots that repeat a status said in words. */
export const Trail = ({ on }: { on: number }) => (
  <svg class="trail" viewBox="0 0 112 12" aria-hidden="true">
    {[0, 1, 2].map((i) => (
      <path key={i} class={i + 1 < on ? "on" : undefined} d={`M${6 + 33 * i} 6h33`} />
    ))}
    {[0, 1, 2, 3].map((i) => (
      <circle key={i} class={i < on ? "on" : undefined} cx={6 + 33 * i} cy="6" r="4.5" />
    ))}
  </svg>
);

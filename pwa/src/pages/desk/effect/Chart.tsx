import type { Goal } from "./calls";
import { valueText } from "./phrases";

const STEP = 44;
const HEIGHT = 64;

/** A bar per half year, the oldest first. The table beside it says the same, so nobody needs it. */
export function Chart({ goal }: { goal: Goal }) {
  // A start that was worked out from a half year is the bar of that half year.
  const start = goal.baseline_half
    ? []
    : [{ half: "start", value: goal.baseline, few: goal.baseline_few }];
  const bars = [...start, ...goal.values.slice(-7)].filter(
    ({ value, few }) => value !== null || few,
  );
  if (bars.length < 2) return null;
  const most = goal.unit === "percent" ? 100 : Math.max(1, ...bars.map(({ value }) => value ?? 0));
  return (
    <svg
      class="effect__chart"
      viewBox={`0 0 ${bars.length * STEP} ${HEIGHT + 18}`}
      style={{ maxInlineSize: `${bars.length * STEP * 1.5}px` }}
      aria-hidden="true"
    >
      {bars.map(({ half, value, few }, at) => {
        const height = Math.max(2, ((value ?? 0) / most) * HEIGHT);
        return (
          <g key={half} transform={`translate(${at * STEP} 0)`}>
            <rect
              class={few ? "effect__few" : half === "start" ? "effect__start" : "effect__bar"}
              x="7"
              y={HEIGHT - height}
              width={STEP - 14}
              height={height}
            />
            <text x={STEP / 2} y={HEIGHT + 13}>
              {half === "start" ? "start" : `${half.slice(2, 4)}-${half.slice(-1)}`}
            </text>
            <title>{valueText(goal.unit, { value, few })}</title>
          </g>
        );
      })}
    </svg>
  );
}

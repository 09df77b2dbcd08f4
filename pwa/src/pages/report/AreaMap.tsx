import * as areas from "../../areas";
import { draw, HEIGHT, WIDTH } from "./map";

/** Shows which buurt is meant, so that somebody sees at a glance whether it is the right one. */
export function AreaMap({ code }: { code: string }) {
  const shapes = draw(areas.features(), code);
  const chosen = shapes?.find((shape) => shape.code === code);
  if (!shapes || !chosen) return null;
  // What is chosen lies on top of the edges it shares with its neighbours.
  const drawn = [...shapes.filter((shape) => shape !== chosen), chosen];
  return (
    <figure class="areamap">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Kaartje. ${chosen.name} is gekleurd, met de buurten eromheen.`}
      >
        {drawn.map((shape) => (
          <path key={shape.code} d={shape.path} class={shape === chosen ? "here" : undefined} />
        ))}
        {drawn.map(
          (shape) =>
            shape.label && (
              <text
                key={shape.code}
                x={shape.label[0]}
                y={shape.label[1]}
                class={shape === chosen ? undefined : "near"}
              >
                {shape.name}
              </text>
            ),
        )}
      </svg>
      <figcaption class="meta">{areas.source()}</figcaption>
    </figure>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { Route } from "../router";
import { CardList } from "./CardList";
import { CardPage } from "./card/CardPage";
import { WhatNow } from "./card/WhatNow";
import { NotLoaded } from "./NotLoaded";

type LaterScreens = typeof import("./later");

let kept: LaterScreens | undefined;

/** The reporter's screen that belongs to an address. */
export function Screen({ route }: { route: Route }) {
  const [name = "", id = "", rest] = route.parts;
  if (name === "kaarten") return <CardList />;
  if (name === "kaart") return <CardPage key={id} id={id} item={rest} />;
  if (name === "watnu") return <WhatNow key={id} id={id} />;
  return <Later name={name} id={id} rest={rest} />;
}

function Later({ name, id, rest }: { name: string; id: string; rest: string | undefined }) {
  const [screens, setScreens] = useState(kept);
  const [failed, fail] = useState(false);
  useEffect(() => {
    if (kept) return;
    // What is read with the first screen is not all: these also need the areas.
    const areas = import("../areas").then(({ load }) => load());
    Promise.all([import("./later"), areas]).then(
      ([chunk]) => {
        kept = chunk;
        setScreens(chunk);
      },
      () => fail(true),
    );
  }, []);
  if (screens) return <>{screens.draw(name, id, rest)}</>;
  return failed ? <NotLoaded /> : null;
}

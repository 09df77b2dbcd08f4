import "./style/index.css";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import * as cards from "./cards";
import { useAfter } from "./pages/behind";
import { home } from "./pages/Nav";
import { NotLoaded } from "./pages/NotLoaded";
import { Screen } from "./pages/Screen";
import { showMode } from "./pages/settings/mode";
import { showTheme } from "./pages/theme";
import { AlarmBar } from "./parts/AlarmBar";
import { followInside, watchPlaces } from "./parts/places";
import { go, type Route, useRoute } from "./router";

const DESK =
  /^(postvak|bundels|casussen|acties|overleg|meer|invoeren|nakomers|wensen|rechten|cijfers|afwezig|effect|koppelingen|kwartaalcijfers|brieven|uitnodigen)(\?|$)/;

showMode();
watchPlaces();

export function App() {
  const route = useRoute();
  useLayoutEffect(() => {
    showTheme();
    return cards.onChange(showTheme);
  }, []);
  useEffect(() => {
    document.addEventListener("click", followInside);
    // Whoever works at the desk starts there; the cards stay one tap away.
    if (location.hash.length < 3) go(home(), true);
    return () => document.removeEventListener("click", followInside);
  }, []);
  const after = useAfter();
  const desk = DESK.test(route.parts[0] ?? "");
  return (
    <>
      <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">
        Naar de inhoud
      </a>
      {!desk && <AlarmBar />}
      {after && <after.Update />}
      {desk ? <Desk route={route} /> : <Screen route={route} />}
    </>
  );
}

/** A chunk of its own: a reporter's phone never fetches it. */
function Desk({ route }: { route: Route }) {
  const [Page, setPage] = useState<ComponentType<{ route: Route }>>();
  const [failed, fail] = useState(false);
  useEffect(() => {
    import("./pages/desk/Desk").then(
      (chunk) => setPage(() => chunk.default),
      () => fail(true),
    );
  }, []);
  if (Page) return <Page route={route} />;
  return failed ? <NotLoaded /> : null;
}

import { useEffect, useState } from "preact/hooks";
import * as areas from "../../areas";
import * as cards from "../../cards";
import { AppNav } from "../../parts/AppNav";
import type { Route } from "../../router";
import * as session from "../../session";
import type { Person } from "../../types";
import { useChanges } from "../use";
import { DeskBar } from "./DeskBar";
import "./desk.css";
import { forgetDraftsUnless } from "./draft";
import { readFilter } from "./filter";
import { Inbox } from "./Inbox";
import { Invite } from "./Invite";
import { LateBox } from "./LateBox";
import { NoScreen, SignedOut } from "./NoScreen";
import { InviteList } from "./people/InviteList";
import { People } from "./people/People";
import { deskOf } from "./phrases";
import { canInvite, tabsFor } from "./tabs";
import { Wishes } from "./Wishes";

/** The desk: what a route shows follows from who asks. */
export default function Desk({ route }: { route: Route }) {
  useChanges(session.onChange, cards.onChange, areas.onChange);
  const [fresh, setFresh] = useState(0);
  const me = session.current();
  const here = session.state();
  useEffect(() => forgetDraftsUnless(me?.id ?? null), [me?.id]);

  // An ended session shuts what was open; what was typed waits in memory.
  if (!me || here !== "in") {
    return (
      <div class="desk">
        <main class="deskmain" id="inhoud" tabIndex={-1}>
          <SignedOut expired={here === "expired"} />
        </main>
      </div>
    );
  }
  const tabs = tabsFor(me.role);
  const people = route.parts[1] === "mensen" ? "/mensen" : "";
  const at = `#/${route.parts[0] ?? ""}${people}`;
  return (
    <div class="desk">
      <DeskBar me={me} tabs={tabs} at={at} fresh={fresh} />
      <main class="deskmain" id="inhoud" tabIndex={-1}>
        <Screen route={route} me={me} onCount={setFresh} />
      </main>
      <AppNav
        at={at}
        items={tabs.map((tab) =>
          tab.href === "#/postvak" ? { ...tab, count: fresh, says: `${fresh} nieuw` } : tab,
        )}
      />
    </div>
  );
}

interface ScreenProps {
  route: Route;
  me: Person;
  onCount: (fresh: number) => void;
}

function Screen({ route, me, onCount }: ScreenProps) {
  const [path = "", query = ""] = route.path.split("?");
  const [page, id] = path.split("/").filter(Boolean);
  if (page === "uitnodigen" && canInvite(me.role)) {
    if (id === "mensen") return <People me={me} />;
    return id === "lijst" ? <InviteList me={me} /> : <Invite me={me} />;
  }
  if (!deskOf[me.role]) return <NoScreen me={me} />;
  if (page === "nakomers") return <LateBox />;
  if (page === "wensen") return <Wishes />;
  if (page !== "postvak") return <NoScreen me={me} />;
  return <Inbox me={me} filter={readFilter(query)} id={id ?? null} onCount={onCount} />;
}

import { useEffect } from "preact/hooks";
import * as areas from "../../areas";
import * as cards from "../../cards";
import { AppNav } from "../../parts/AppNav";
import type { Route } from "../../router";
import * as session from "../../session";
import type { Person } from "../../types";
import { useChanges } from "../use";
import { AreaScreen } from "./AreaScreen";
import * as counts from "./counts";
import { DeskBar } from "./DeskBar";
import "./desk.css";
import { forgetDraftsUnless } from "./draft";
import { countText, readFilter } from "./filter";
import { Inbox } from "./Inbox";
import { Invite } from "./Invite";
import { LateBox } from "./LateBox";
import { More } from "./More";
import { NoScreen, SignedOut } from "./NoScreen";
import { InviteList } from "./people/InviteList";
import { People } from "./people/People";
import { areaOf, DESK } from "./screens";
import { canInvite, tabOf, tabsFor } from "./tabs";
import { Wishes } from "./Wishes";

/** The desk: what a route shows follows from who asks. */
export default function Desk({ route }: { route: Route }) {
  useChanges(session.onChange, cards.onChange, areas.onChange, counts.onChange);
  const me = session.current();
  const here = session.state();
  useEffect(() => {
    forgetDraftsUnless(me?.id ?? null);
    counts.forgetCounts();
  }, [me?.id]);

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
  const at = tabOf(route.path, me.role);
  return (
    <div class="desk">
      <DeskBar me={me} tabs={tabs} at={at} />
      <main class="deskmain" id="inhoud" tabIndex={-1}>
        <Screen route={route} me={me} />
      </main>
      <AppNav
        at={at}
        items={tabs.map(({ counts: what, ...tab }) => {
          const count = counts.countOf(tab.href);
          return what ? { ...tab, count, says: `${countText(count)} ${what}` } : tab;
        })}
      />
    </div>
  );
}

interface ScreenProps {
  route: Route;
  me: Person;
}

function Screen({ route, me }: ScreenProps) {
  const [path = "", query = ""] = route.path.split("?");
  const [page = "", id, ...rest] = path.split("/").filter(Boolean);
  if (page === "uitnodigen" && canInvite(me.role)) {
    if (id === "mensen") return <People me={me} />;
    return id === "lijst" ? <InviteList me={me} /> : <Invite me={me} />;
  }
  const load = areaOf(page, me.role);
  if (load) {
    const asked = new URLSearchParams(query);
    return <AreaScreen load={load} me={me} page={page} id={id ?? null} rest={rest} query={asked} />;
  }
  if (!DESK.includes(me.role)) return <NoScreen me={me} />;
  if (page === "nakomers") return <LateBox />;
  if (page === "wensen") return <Wishes />;
  if (page === "meer") return <More role={me.role} />;
  if (page !== "postvak") return <NoScreen me={me} />;
  return <Inbox me={me} filter={readFilter(query)} id={id ?? null} />;
}

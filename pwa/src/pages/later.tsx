/**
 * The screens somebody comes to from a card: form, list, settings, signing in. A chunk of their own,
 * kept by the service worker like the rest, so that a card opens without waiting for them.
 */
import type { ComponentChildren } from "preact";
import { Install } from "./entry/Install";
import { Invitation } from "./entry/Invitation";
import { Offer } from "./entry/Offer";
import { Return } from "./entry/Return";
import { SignIn } from "./entry/SignIn";
import { LookPage } from "./mine/LookPage";
import { MineList } from "./mine/MineList";
import { Thread } from "./mine/Thread";
import { NewsCard, NewsPage } from "./News";
import { NotFound } from "./NotFound";
import { NotePage } from "./notes/NotePage";
import { Practice } from "./reading/Practice";
import { RoutePage } from "./reading/RoutePage";
import type { Step } from "./report/faults";
import { Report } from "./report/Report";
import { Sealed } from "./Sealed";
import { Channels } from "./settings/Channels";
import { Devices } from "./settings/Devices";
import { Looks } from "./settings/Looks";
import { OwnData } from "./settings/OwnData";
import { Settings } from "./settings/Settings";
import { SurveyPage } from "./survey/SurveyPage";

export { NewsCard };

type Draw = (id: string, rest: string | undefined) => ComponentChildren;

const step = (text: string | undefined): Step =>
  text === "1" || text === "2" || text === "3" || text === "4" ? (Number(text) as Step) : 0;

const SCREENS: Record<string, Draw> = {
  melden: (id, rest) => <Report key={id} id={id} step={step(rest)} />,
  verzegeld: (id) => <Sealed key={id} id={id} />,
  mijn: (id, rest) =>
    id ? <Thread key={id} id={id} adding={rest === "aanvullen"} /> : <MineList />,
  kijk: (id) => <LookPage key={id} id={id} />,
  oefenen: (id) => <Practice key={id} id={id} />,
  route: () => <RoutePage />,
  brief: () => <NotePage />,
  instellingen: () => <Settings />,
  seintjes: () => <Channels />,
  toestellen: () => <Devices />,
  wiekeek: () => <Looks />,
  gegevens: () => <OwnData />,
  nieuw: () => <NewsPage />,
  vragen: () => <SurveyPage />,
  beginscherm: () => <Install />,
  inloggen: () => <SignIn />,
  passkey: () => <Offer />,
  aanmelden: (code, state) => <Return code={code} state={state ?? ""} />,
  uitnodiging: (id) => <Invitation key={id} token={id} />,
};

export function draw(name: string, id: string, rest: string | undefined): ComponentChildren {
  const screen = Object.hasOwn(SCREENS, name) ? SCREENS[name] : undefined;
  return screen ? screen(id, rest) : <NotFound />;
}

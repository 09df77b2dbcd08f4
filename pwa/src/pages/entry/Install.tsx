import type { ComponentChildren } from "preact";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Mark } from "../../parts/Dots";
import { Crumb, Page, Title } from "../../parts/Page";

export const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent);

const Step = ({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ComponentChildren;
}) => (
  <li>
    <div>
      <b>{title}</b>
      <span class="meta">{text}</span>
    </div>
    {children && (
      <svg class="pic" viewBox="0 0 112 80" aria-hidden="true">
        {children}
      </svg>
    )}
  </li>
);

const Tile = ({ x, y }: { x: number; y: number }) => (
  <rect class="p-fill" x={x} y={y} width="22" height="22" rx="6" />
);

export const AppleSteps = () => (
  <ol class="howto plain">
    <Step title="Open Safari" text="Ga naar het adres van de signaalkaart.">
      <rect class="p-fill" x="10" y="28" width="92" height="24" rx="12" />
      <text x="56" y="44" text-anchor="middle">
        signaalkaart…
      </text>
    </Step>
    <Step title="Tik op Deel" text="Het vierkant met de pijl, onderaan.">
      <circle class="p-ring" cx="56" cy="40" r="28" />
      <path class="p-hot" d="M56 46V25M49 31l7-7 7 7M48 36h-4v19h24V36h-4" />
    </Step>
    <Step title="Kies Zet op beginscherm" text="Zie je het niet? Schuif omhoog.">
      <path class="p-line" d="M10 20h92M10 60h92" />
      <rect class="p-ring" x="6" y="28" width="100" height="24" rx="6" />
      <text x="14" y="44">
        Zet op begin…
      </text>
      <path class="p-hot" d="M95 35v10M90 40h10" />
    </Step>
    <Step title="Open de kaart vanaf je beginscherm" text="Log daar nog één keer in.">
      <Tile x={14} y={14} />
      <Tile x={76} y={14} />
      <Tile x={14} y={46} />
      <svg x="42" y="26" width="28" height="28" aria-hidden="true">
        <Mark />
      </svg>
    </Step>
  </ol>
);

const OtherSteps = () => (
  <ol class="howto plain">
    <Step
      title="Open het menu van je browser"
      text="De drie puntjes of streepjes, boven of onder."
    />
    <Step title="Kies App installeren" text="Of: Toevoegen aan startscherm." />
    <Step title="Open de kaart vanaf je beginscherm" text="Je bent daar al ingelogd." />
  </ol>
);

export function Install() {
  const apple = isApple();
  const title = `Zet de signaalkaart op je ${apple ? "iPhone" : "telefoon"}`;
  return (
    <Page
      title={title}
      foot={
        <Dock label="Verder" one>
          <Button kind="primary-action" href="#/kaarten">
            Gelukt, terug naar de kaarten
          </Button>
        </Dock>
      }
    >
      <Crumb href="#/instellingen" text="Instellingen" />
      <div class="head">
        <Title>{title}</Title>
        <p>Dan werkt hij zonder bereik en kun je seintjes krijgen.</p>
      </div>
      {apple ? <AppleSteps /> : <OtherSteps />}
      {apple && (
        <p class="note space">
          Wat je in Safari schreef, gaat niet mee naar de app. Verstuur het eerst. Inloggen in de
          app doe je met een code: open de link uit je uitnodiging in Safari, dan zie je hem.
        </p>
      )}
    </Page>
  );
}

/** The network as a drawing. Only this chunk knows of Cytoscape. */

import cytoscape, { type Core, type ElementDefinition } from "cytoscape";
import type { Edge, Kind, Node } from "./cases";
import { nodeName, zoneWords } from "./phrases";
import { boxAround, namesOf, type Place, placesOf } from "./places";

/** Somebody alone need not fill the screen. */
const LARGEST = 1.3;

/** What lets the drawing be made: who there was, what was between them, and what it is about. */
export interface Stand {
  nodes: readonly Node[];
  edges: readonly Edge[];
  about: Kind;
}

function elements({ nodes, edges, about }: Stand, places: Map<string, Place>): ElementDefinition[] {
  return [
    ...nodes.map((one) => ({
      group: "nodes" as const,
      data: { id: one.id, label: nodeName(one, about) },
      classes: [one.zone, one.kind, one.cases.length > 0 && "shared"].filter(Boolean).join(" "),
      position: { ...(places.get(one.id) ?? { x: 0, y: 0 }) },
    })),
    ...edges.map(({ id, from_id, to_id, kind, label }) => ({
      group: "edges" as const,
      data: { id, source: from_id, target: to_id, label: label ?? "" },
      classes: kind,
    })),
  ];
}

function titles(nodes: readonly Node[]): ElementDefinition[] {
  return [...namesOf(nodes)].map(([zone, position]) => ({
    group: "nodes" as const,
    data: { id: `zone-${zone}`, label: zoneWords[zone] },
    classes: "title",
    position,
  }));
}

/** A token of the theme, and in forced colours what the system has for it. */
function colours(box: Element) {
  const style = getComputedStyle(box);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const forced = matchMedia("(forced-colors: active)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (forced) {
    const [ink, paper] = dark ? ["#fff", "#000"] : ["#000", "#fff"];
    return { ink, soft: ink, paper, line: ink, accent: ink, good: ink, warn: ink };
  }
  return {
    ink: token("--sk-ink"),
    soft: token("--sk-ink-2"),
    paper: token("--sk-surface"),
    line: token("--sk-line-strong"),
    accent: token("--sk-accent"),
    good: token("--sk-level-green"),
    warn: token("--sk-level-orange"),
  };
}

function styles(box: Element): cytoscape.StylesheetJson {
  const { ink, soft, paper, line, accent, good, warn } = colours(box);
  // What nobody could read is not written; who makes it larger reads it.
  const text = { "font-family": "Noto Sans Variable, sans-serif", "min-zoomed-font-size": 7 };
  return [
    {
      selector: "node",
      style: {
        ...text,
        "font-size": 14,
        label: "data(label)",
        color: ink,
        "background-color": paper,
        "border-color": ink,
        "border-width": 2,
        "text-valign": "bottom",
        "text-margin-y": 6,
        "text-outline-color": paper,
        "text-outline-width": 3,
      },
    },
    { selector: ".place", style: { shape: "round-rectangle" } },
    { selector: ".group", style: { shape: "hexagon" } },
    { selector: ".institution", style: { shape: "diamond" } },
    { selector: ".shared", style: { "border-style": "double", "border-width": 7 } },
    {
      selector: ".title",
      style: {
        "background-opacity": 0,
        "border-width": 0,
        color: soft,
        "font-weight": "bold",
        "text-valign": "center",
        "text-margin-y": 0,
      },
    },
    {
      selector: ".subject",
      style: { width: 46, height: 46, "background-color": accent, "border-color": accent },
    },
    {
      selector: "edge",
      style: {
        ...text,
        "font-size": 12,
        label: "data(label)",
        color: ink,
        width: 2,
        "line-color": line,
        "text-outline-color": paper,
        "text-outline-width": 3,
      },
    },
    { selector: ".support", style: { width: 5, "line-color": good } },
    { selector: ".unsure", style: { "line-style": "dashed" } },
    {
      selector: ".new",
      style: { width: 3, "line-style": "dashed", "line-dash-pattern": [10, 4], "line-color": warn },
    },
  ];
}

/** Cytoscape would write a style element of its own, which our policy forbids; network.css has it. */
function keepStyleOut() {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const mark = document.createElement("meta");
  mark.id = id;
  document.head.append(mark);
}

export class Drawing {
  private readonly core: Core;
  private places = new Map<string, Place>();
  private titles: ElementDefinition[] = [];

  constructor(box: HTMLElement) {
    keepStyleOut();
    this.core = cytoscape({
      container: box,
      style: styles(box),
      autoungrabify: true,
      userZoomingEnabled: false,
      userPanningEnabled: false,
      boxSelectionEnabled: false,
    });
  }

  /** Gives everybody a place who was ever there; who comes later moves nobody on another day. */
  settle(nodes: readonly Node[]) {
    const before = this.places.size;
    this.places = placesOf(nodes);
    this.titles = titles(nodes);
    return this.places.size !== before;
  }

  /** Draws what there was on a day; who stays, stays where it is. */
  show(stand: Stand) {
    this.core.batch(() => {
      this.core.elements().remove();
      this.core.add([...elements(stand, this.places), ...this.titles]);
    });
  }

  recolour(box: Element) {
    this.core.style(styles(box));
  }

  fit() {
    this.core.resize();
    const [width, height] = [this.core.width(), this.core.height()];
    const at = [...this.places.values(), ...this.titles.flatMap(({ position }) => position ?? [])];
    const box = boxAround(at);
    if (!box || !width || !height) return;
    // Working it out from what is drawn would take a third of the time it takes to draw it.
    const zoom = Math.min(width / box.width, height / box.height, LARGEST);
    const pan = { x: width / 2 - zoom * box.x, y: height / 2 - zoom * box.y };
    this.core.viewport({ zoom, pan });
  }

  zoom(factor: number) {
    const middle = { x: this.core.width() / 2, y: this.core.height() / 2 };
    this.core.zoom({ level: this.core.zoom() * factor, renderedPosition: middle });
    this.core.userPanningEnabled(true);
  }

  pan(x: number, y: number) {
    this.core.panBy({ x, y });
  }

  end() {
    this.core.destroy();
  }
}

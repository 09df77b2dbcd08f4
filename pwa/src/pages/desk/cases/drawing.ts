/** The network as a drawing. Only this chunk knows of Cytoscape. */

import cytoscape, { type Core, type ElementDefinition } from "cytoscape";
import type { Edge, Node, NodeKind, Zone } from "./cases";
import { nodeName } from "./phrases";

const shapes: Record<NodeKind, "ellipse" | "round-rectangle" | "hexagon" | "diamond"> = {
  person: "ellipse",
  place: "round-rectangle",
  group: "hexagon",
  institution: "diamond",
};

/** Where each zone lies around the one it is about, in turns. */
const turns: Record<Exclude<Zone, "subject">, number> = {
  family: 0.62,
  school: 0.88,
  club: 0.06,
  area: 0.25,
  friends: 0.4,
};

/** A place that stays the same when others come or go: the slider must not throw things about. */
export function place(zone: Zone, index: number): { x: number; y: number } {
  if (zone === "subject") return { x: index * 110, y: index * 34 };
  const ring = Math.floor(index / 4);
  const radius = 190 + ring * 95;
  const spread = [0, -0.055, 0.055, -0.1][index % 4] ?? 0;
  const angle = (turns[zone] + spread) * 2 * Math.PI;
  return { x: Math.cos(angle) * radius * 1.35, y: Math.sin(angle) * radius };
}

function elements(nodes: readonly Node[], edges: readonly Edge[]): ElementDefinition[] {
  return [
    ...nodes.map(({ id, kind, zone, ...rest }) => ({
      group: "nodes" as const,
      data: { id, label: nodeName({ id, kind, zone, ...rest }), shape: shapes[kind] },
      classes: zone,
    })),
    ...edges.map(({ id, from_id, to_id, kind, label }) => ({
      group: "edges" as const,
      data: { id, source: from_id, target: to_id, label: label ?? "" },
      classes: kind,
    })),
  ];
}

/** A token of the theme, and in forced colours what the system has for it. */
function colours(box: Element) {
  const style = getComputedStyle(box);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const forced = matchMedia("(forced-colors: active)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (forced) {
    const [ink, paper] = dark ? ["#fff", "#000"] : ["#000", "#fff"];
    return { ink, paper, line: ink, accent: ink, good: ink, warn: ink };
  }
  return {
    ink: token("--sk-ink"),
    paper: token("--sk-surface"),
    line: token("--sk-line-strong"),
    accent: token("--sk-accent"),
    good: token("--sk-level-green"),
    warn: token("--sk-level-orange"),
  };
}

function styles(box: Element): cytoscape.StylesheetJson {
  const { ink, paper, line, accent, good, warn } = colours(box);
  const text = { "font-size": 14, "font-family": "Noto Sans Variable, sans-serif" };
  return [
    {
      selector: "node",
      style: {
        ...text,
        shape: "data(shape)" as "ellipse",
        width: 30,
        height: 30,
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
        "curve-style": "haystack",
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
  private readonly places = new Map<string, { x: number; y: number }>();

  constructor(box: HTMLElement, nodes: readonly Node[]) {
    keepStyleOut();
    const used: Partial<Record<Zone, number>> = {};
    for (const { id, zone } of nodes) {
      const index = used[zone] ?? 0;
      used[zone] = index + 1;
      this.places.set(id, place(zone, index));
    }
    this.core = cytoscape({
      container: box,
      style: styles(box),
      autoungrabify: true,
      userZoomingEnabled: false,
      userPanningEnabled: false,
      boxSelectionEnabled: false,
    });
  }

  /** Draws what there was on a day; who stays, stays where it is. */
  show(nodes: readonly Node[], edges: readonly Edge[]) {
    this.core.batch(() => {
      this.core.elements().remove();
      this.core.add(
        elements(nodes, edges).map((one) => {
          const at = one.group === "nodes" && this.places.get(one.data.id ?? "");
          return at ? { ...one, position: { ...at } } : one;
        }),
      );
    });
    this.fit();
  }

  recolour(box: Element) {
    this.core.style(styles(box));
  }

  fit() {
    this.core.resize();
    this.core.fit(undefined, 26);
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

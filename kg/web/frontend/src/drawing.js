// The picture: which nodes and lines stand where, and what they look like.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

// Colours of communities, told apart by most eyes on light and on dark ground; further communities are grey.
const HUES = ["#4c8dd6", "#e08a2e", "#45a860", "#c65b9b", "#8a76d6", "#b99a1f", "#2fa7a7", "#d2665a"];
export const OTHERS = "#8b929b";
const SHAPES = {
  Person: "ellipse",
  Group: "octagon",
  Organization: "round-rectangle",
  MilitaryForce: "pentagon",
  Country: "round-hexagon",
  Region: "round-hexagon",
  City: "round-diamond",
  Place: "round-diamond",
  Facility: "round-diamond",
  Weapon: "round-triangle",
  Vehicle: "round-triangle",
  Work: "round-tag",
  NamedEvent: "star",
};

// So many names can be read at once.
const LEGIBLE = 90;
const LONGEST = 60;
const LARGEST = 4000; // pixels of a saved picture
const short = (label) => (label.length > LONGEST ? `${label.slice(0, LONGEST)}…` : label);

export const shapeOf = (type) => SHAPES[type] ?? "ellipse";

/** The communities that have a colour, with it: those of which most of these entities are. */
export function colours(network, entities) {
  const sizes = new Map();
  for (const id of entities) {
    const { community } = network.nodes.get(id);
    if (community) sizes.set(community, (sizes.get(community) ?? 0) + 1);
  }
  const numbers = [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a) || a - b);
  return new Map(numbers.slice(0, HUES.length).map((number, index) => [number, HUES[index]]));
}

function style(dark) {
  const ink = dark ? "#e8e8e8" : "#1c1c1c";
  const ground = dark ? "#16181b" : "#ffffff";
  const line = dark ? "#8a9099" : "#7a818a";
  const denied = dark ? "#ff6b6b" : "#c62828";
  const possible = dark ? "#f0a94a" : "#945600";
  return [
    {
      selector: "node",
      style: {
        shape: "data(shape)",
        width: "data(size)",
        height: "data(size)",
        "background-color": "data(colour)",
        label: "data(label)",
        color: ink,
        "font-family": "system-ui, sans-serif",
        "font-size": "data(text)",
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-wrap": "wrap",
        "text-max-width": "data(wide)",
        "text-outline-color": ground,
        "text-outline-width": 2,
        "min-zoomed-font-size": 8,
        "z-index": "data(above)",
        "border-width": 1,
        "border-color": ground,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": line,
        "target-arrow-color": line,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
        opacity: 0.85,
        label: "data(label)",
        color: ink,
        "font-size": 9,
        "font-family": "system-ui, sans-serif",
        "min-zoomed-font-size": 9,
        "text-rotation": "autorotate",
        "text-outline-color": ground,
        "text-outline-width": 2,
      },
    },
    { selector: 'edge[modality = "possible"]', style: { "line-style": "dashed", "line-color": possible, "target-arrow-color": possible, color: possible } },
    {
      selector: 'edge[modality = "negated"]',
      style: { "line-style": "dotted", "line-color": denied, "target-arrow-color": denied, "target-arrow-shape": "tee", color: denied },
    },
    { selector: ".faded", style: { opacity: 0.35, "text-opacity": 0.6 } },
    { selector: ".out", style: { display: "none" } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": ink, "font-weight": "bold", "min-zoomed-font-size": 0 } },
    { selector: "edge:selected", style: { width: 4, opacity: 1, "min-zoomed-font-size": 0, "font-weight": "bold", "z-index": 200 } },
    { selector: "node.near", style: { "min-zoomed-font-size": 5 } },
    { selector: "edge.near", style: { opacity: 1 } },
  ];
}

// Cytoscape measures anew with the next frame.
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

export class Drawing {
  /** `chosen` is called with an entity's id or the id of a line, or null for the ground. */
  constructor(holder, network, colour, chosen) {
    this.network = network;
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.colour = colour;
    this.scale = 1;
    this.foremost = new Set();
    this.cy = cytoscape({ container: holder, style: style(this.scheme.matches), minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: false });
    this.scheme.addEventListener("change", () => this.cy.style(style(this.scheme.matches)));
    this.cy.on("tap", "node", ({ target }) => chosen({ entity: target.id() }));
    this.cy.on("tap", "edge", ({ target }) => chosen({ line: target.id() }));
    this.cy.on("tap", ({ target }) => target === this.cy && chosen(null));
    this.cy.on("zoom", () => this.rescale());
    this.cy.on("dbltap", "node", ({ target }) => chosen({ entity: target.id(), neighbours: true }));
  }

  /** Shows these entities and lines, keeping those in place that are there; true when some are new. */
  show(entities, lines) {
    const wanted = new Set([...entities, ...lines.keys()]);
    let fresh = 0;
    this.foremost = new Set([...entities].sort((a, b) => this.network.nodes.get(b).rank - this.network.nodes.get(a).rank).slice(0, LEGIBLE));
    this.cy.batch(() => {
      this.cy.elements().forEach((one) => void one.toggleClass("out", !wanted.has(one.id())));
      for (const id of entities) if (this.cy.getElementById(id).empty()) fresh += this.cy.add(this.node(id)).length;
      for (const line of lines.values()) {
        const there = this.cy.getElementById(line.id);
        if (there.empty()) this.cy.add(this.line(line));
        else there.data(this.line(line).data);
      }
    });
    return fresh > 0;
  }

  node(id) {
    const { label, type, rank, community } = this.network.nodes.get(id);
    const share = Math.sqrt(rank / this.network.top);
    const [size, text] = [14 + 36 * share, 10 + 5 * share];
    const near = [...this.network.neighbours(id)].map((other) => this.cy.getElementById(other)).find((other) => other.nonempty());
    const at = near ? near.position() : { x: 0, y: 0 };
    // Beside a neighbour that stands already, in a direction that depends on the id only.
    const angle = ([...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6283, 7) / 1000) % 6.283;
    return {
      group: "nodes",
      data: { id, label: short(label), ...this.measures(id, size, text), own: [size, text], above: 1 + Math.round(100 * share), shape: shapeOf(type), colour: this.colour.get(community) ?? OTHERS },
      position: { x: at.x + 90 * Math.cos(angle), y: at.y + 90 * Math.sin(angle) },
    };
  }

  /** How large a node is drawn: the foremost stay legible from afar. */
  measures(id, size, text) {
    const [shape, words] = this.foremost.has(id) ? [this.scale, this.scale] : [Math.min(this.scale, 1.5), 1];
    return { size: size * shape, text: text * words, wide: 11 * text * words };
  }

  /** Names and shapes shrink less than the picture does, so that the foremost can be read from afar. */
  rescale(zoom = this.cy.zoom()) {
    const scale = Math.round(10 * Math.max(1, Math.min(4, zoom ** -0.75))) / 10;
    if (scale === this.scale) return;
    this.scale = scale;
    this.cy.batch(() => this.cy.nodes().forEach((node) => void node.data(this.measures(node.id(), ...node.data("own")))));
  }

  line({ id, subject, object, label, modality, claims }) {
    const words = modality === "negated" ? `not: ${label}` : modality === "possible" ? `${label}?` : label;
    const width = (modality === "actual" ? 1.4 : 2.2) + Math.min(4, Math.log2(claims.length));
    return { group: "edges", data: { id, source: subject, target: object, label: claims.length > 1 ? `${words} ×${claims.length}` : words, modality, width } };
  }

  /** What the filter leaves. Cytoscape's own ":visible" is late by a frame. */
  get shown() {
    return this.cy.elements().not(".out");
  }

  /** Arranges what is shown; `afresh` forgets where things stood. */
  arrange(afresh = true) {
    const { shown } = this;
    if (shown.empty()) return;
    const many = shown.nodes().length > 400;
    shown
      .layout({
        name: "fcose",
        animate: false,
        randomize: afresh,
        numIter: many ? 1000 : 2500,
        nodeDimensionsIncludeLabels: !many,
        nodeRepulsion: 16000,
        idealEdgeLength: shown.nodes().length > 60 ? 110 : 150, // few have room for their names
        gravity: 0.3,
        tilingPaddingHorizontal: 24,
        tilingPaddingVertical: 24,
        padding: 30,
      })
      .run();
    this.fit();
  }

  fit() {
    this.cy.resize();
    this.cy.fit(this.shown, 30);
    if (this.cy.zoom() > 1.6) {
      this.cy.zoom(1.6);
      this.cy.center(this.shown);
    }
  }

  /** Marks an entity or line, fades what isn't beside it, and brings it into sight. */
  select(id) {
    this.cy.batch(() => {
      this.cy.elements().unselect().removeClass("faded near");
      const one = id === null ? this.cy.collection() : this.cy.getElementById(id);
      if (one.empty()) return;
      const near = one.isNode() ? one.closedNeighborhood() : one.union(one.connectedNodes());
      this.cy.elements().difference(near).addClass("faded");
      near.addClass("near");
      one.select();
    });
    const one = id === null ? this.cy.collection() : this.cy.getElementById(id);
    if (one.nonempty() && !this.inSight(one)) this.cy.animate({ center: { eles: one } }, { duration: 200 });
  }

  inSight(one) {
    const { x1, x2, y1, y2 } = one.renderedBoundingBox({ includeLabels: false });
    return x1 >= 0 && y1 >= 0 && x2 <= this.cy.width() && y2 <= this.cy.height();
  }

  /** The entity that stands next in a direction ("ArrowLeft" …) from another, or the first one. */
  next(from, key) {
    const nodes = this.shown.nodes();
    const start = from === null ? this.cy.collection() : this.cy.getElementById(from);
    if (start.empty()) return nodes.nonempty() ? nodes[0].id() : null;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const { x, y } = start.position();
    let best = null;
    nodes.forEach((node) => {
      const [ahead, aside] = [(node.position("x") - x) * dx + (node.position("y") - y) * dy, Math.abs((node.position("x") - x) * dy) + Math.abs((node.position("y") - y) * dx)];
      const far = ahead + 2 * aside;
      if (node.id() !== from && ahead > 1 && (best === null || far < best.far)) best = { far, id: node.id() };
    });
    return best?.id ?? from;
  }

  zoom(factor) {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** The whole picture as a PNG file. */
  async picture() {
    const ground = this.scheme.matches ? "#16181b" : "#ffffff";
    const { w, h } = this.shown.boundingBox();
    this.rescale(LARGEST / 2 / Math.max(w, h));
    await drawn();
    const made = await this.cy.png({ output: "blob-promise", full: true, scale: 2, bg: ground, maxWidth: LARGEST, maxHeight: LARGEST });
    this.rescale();
    return made;
  }
}

// The explorer: a picture of the network, the controls that filter it, and what is known of what is chosen.

import * as details from "./details.js";
import { element, fill, plural } from "./dom.js";
import { Drawing, colours } from "./drawing.js";
import { Filters } from "./filters.js";
import { legend } from "./legend.js";
import { table } from "./list.js";
import { isEverything, lineOf, lines, passes } from "./model.js";
import { Search } from "./search.js";

// So many entities are shown at first, the most central ones: more are a tangle.
const FIRST = 120;
const HINT = "Choose an entity to see what is said of it, or a line to see the sentence that proves it. A double click brings the neighbours.";
const HINT_OF_TRIPLES = "Choose a thing to see what the answer says of it. A double click brings the neighbours.";

export class Explorer {
  /** `more` fetches the surroundings of an entity that the network lacks; null where there is nothing to ask. */
  constructor(holder, network, more) {
    this.network = network;
    this.more = more;
    this.fetched = new Set();
    this.stage = network.central(FIRST);
    this.chosen = null;
    this.listed = false;
    this.build(holder);
    this.filters = new Filters(this.controls, network, () => this.refresh());
    const colour = colours(network, this.stage);
    this.drawing = new Drawing(this.canvas, network, colour, (what) => this.open(what));
    fill(this.key, legend(network, colour));
    this.refresh();
    this.drawing.arrange();
    fill(this.panel, element("p", { className: "about" }, this.hint));
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  build(holder) {
    const button = (text, title, act) => element("button", { type: "button", title, "aria-label": title, onclick: act }, text);
    this.search = new Search(this.network, Boolean(this.more), (id) => this.open({ entity: id, focus: true }));
    this.controls = element("div", { className: "filters" });
    this.canvas = element("div", { className: "canvas", tabIndex: 0, role: "application", "aria-label": "Picture of the network. Arrow keys go from entity to entity, Enter tells of it, plus and minus zoom, 0 shows all.", "aria-describedby": "status" });
    this.list = element("div", { className: "list", tabIndex: 0, role: "region", "aria-label": "Claims", hidden: true });
    this.key = element("div", { className: "key" });
    this.status = element("p", { id: "status", className: "status", role: "status" });
    this.panel = element("section", { className: "panel", "aria-label": "Chosen", tabIndex: -1 });
    this.amount = element("input", { id: "amount", type: "number", min: 1, step: 20 });
    this.amount.addEventListener("change", () => this.take(Number(this.amount.value)));
    this.switch = element("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggle() }, "List");
    const tools = element(
      "div",
      { className: "tools", role: "group", "aria-label": "Picture" },
      button("+", "Zoom in", () => this.drawing.zoom(1.3)),
      button("−", "Zoom out", () => this.drawing.zoom(1 / 1.3)),
      button("All", "Show the whole picture", () => this.drawing.fit()),
      button("Arrange", "Arrange afresh", () => this.drawing.arrange()),
      button("PNG", "Save the picture as PNG", () => this.save()),
      this.switch,
      element("label", { htmlFor: "amount" }, "Entities "),
      this.amount,
    );
    fill(
      holder,
      element("div", { className: "side" }, this.search.holder, this.controls),
      element("div", { className: "stage" }, tools, this.canvas, this.list, this.key, this.status),
      this.panel,
    );
    this.canvas.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
        event.preventDefault();
        this.search.focus();
      }
    });
  }

  get hint() {
    return this.network.told ? HINT : HINT_OF_TRIPLES;
  }

  /** The claims that pass the filter, between whatever entities. */
  passing() {
    return [...this.network.claims.values()].filter((claim) => passes(this.filters.filter, claim, this.network));
  }

  /** Draws what the filter and the stage leave; true when something is new. */
  refresh() {
    const { filter } = this.filters;
    const claims = this.passing();
    const all = isEverything(filter);
    const touched = new Set(claims.flatMap((claim) => [claim.subject, claim.object]));
    const shown = [...this.stage].filter((id) => !filter.types.has(this.network.nodes.get(id).type) && (all || touched.has(id)));
    const visible = new Set(shown);
    const between = claims.filter((claim) => [claim.subject, claim.object].every((end) => !end || visible.has(end)));
    this.lines = lines(this.network, between);
    const fresh = this.drawing.show(shown, this.lines);
    this.tell(shown.length, between.length);
    this.amount.max = this.network.nodes.size;
    this.amount.value = this.stage.size;
    this.shown = between;
    if (this.listed) fill(this.list, table(this.network, between, (what) => this.open({ ...what, focus: true })));
    return fresh;
  }

  tell(entities, claims) {
    const { nodes, claims: told } = this.network.total;
    const some = this.stage.size < nodes ? ` These are the most central and what you added; search finds ${this.network.partial ? `the ${this.network.nodes.size.toLocaleString("en")} most central` : "all"}.` : "";
    this.status.textContent = `${entities.toLocaleString("en")} of ${plural(nodes, "entity", "entities")}, ${claims.toLocaleString("en")} of ${plural(told, this.network.told ? "claim" : "statement")} shown.${some}`;
  }

  /** Shows so many of the most central entities. */
  take(number) {
    this.stage = this.network.central(Math.max(1, Math.min(number || FIRST, this.network.nodes.size)));
    this.refresh();
    this.drawing.arrange();
  }

  /** What the reader chose: an entity, a line or claims; null closes. `focus` goes there with the keyboard. */
  async open(what) {
    if (!what) return this.close();
    if (what.hide) {
      this.stage.delete(what.hide);
      this.refresh();
      return this.close();
    }
    if (what.entity) await this.openEntity(what);
    else this.openClaims(what.claims ?? this.lines.get(what.line)?.claims ?? []);
    if (what.focus) document.getElementById("chosen")?.focus({ preventScroll: true });
    return undefined;
  }

  async openEntity({ entity: id, neighbours }) {
    if (this.lacks(id) && (neighbours || !this.network.nodes.has(id))) await this.fetch(id);
    if (!this.network.nodes.has(id)) return;
    const pass = (claim) => passes(this.filters.filter, claim, this.network);
    let fresh = !this.stage.has(id);
    this.stage.add(id);
    if (neighbours) for (const other of this.network.neighbours(id, pass)) fresh = (!this.stage.has(other) && this.stage.add(other) && true) || fresh;
    if (fresh && this.refresh()) this.drawing.arrange(false);
    this.chosen = id;
    const hidden = this.lacks(id) ? Infinity : [...this.network.neighbours(id, pass)].filter((other) => !this.stage.has(other)).length;
    const claims = this.network.of.get(id).filter(pass);
    this.show(id, details.entity(this.network, id, { claims, hidden, open: (what) => this.open({ ...what, focus: true }) }));
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  }

  openClaims(claims) {
    if (!claims.length) return;
    const line = lineOf(claims[0]);
    this.show(this.lines.has(line) ? line : (claims[0].subject ?? claims[0].object), details.claims(this.network, claims, (what) => this.open({ ...what, focus: true })));
  }

  show(id, content) {
    fill(this.panel, element("button", { type: "button", className: "close", "aria-label": "Close", onclick: () => this.close() }, "×"), content);
    this.panel.scrollTop = 0;
    this.drawing.select(id);
  }

  close() {
    if (this.panel.contains(document.activeElement)) this.canvas.focus();
    this.chosen = null;
    fill(this.panel, element("p", { className: "about" }, this.hint));
    this.drawing.select(null);
    history.replaceState(null, "", location.pathname + location.search);
  }

  /** Whether the server may know more neighbours of an entity than are here. */
  lacks(id) {
    return this.more !== null && this.network.partial && !this.fetched.has(id);
  }

  async fetch(id) {
    this.fetched.add(id);
    try {
      this.network.add(await this.more(id));
      this.filters.draw();
    } catch (error) {
      this.status.textContent = `The neighbours can’t be had: ${error.message}`;
    }
  }

  /** The entity that the address names after "#". */
  follow() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // What was typed by hand stays as it is.
    }
    if (id && id !== this.chosen) this.open({ entity: id });
  }

  toggle() {
    this.listed = !this.listed;
    this.switch.setAttribute("aria-pressed", String(this.listed));
    this.list.hidden = !this.listed;
    this.canvas.hidden = this.listed;
    this.key.hidden = this.listed;
    this.refresh();
    if (!this.listed) this.drawing.cy.resize();
  }

  async save() {
    const address = URL.createObjectURL(await this.drawing.picture());
    element("a", { href: address, download: "graph.png" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  pressed(event) {
    const act = { "+": () => this.drawing.zoom(1.3), "-": () => this.drawing.zoom(1 / 1.3), 0: () => this.drawing.fit() }[event.key];
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const id = this.drawing.next(this.chosen, event.key);
      if (id) this.open({ entity: id });
    } else if (event.key === "Enter" && this.chosen) document.getElementById("chosen")?.focus();
    else if (act) act();
  }
}

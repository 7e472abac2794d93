// The controls beside the picture; each change makes a new filter and says so.

import { element, fill } from "./dom.js";
import { everything } from "./model.js";

const TOLD = ["modality", "Did it happen?", "modalities", true];
const PARTS = [
  ["type", "Entities", "types", true],
  ["relation", "Relations", "relations", false],
];

// Below this the controls stand above the picture, and those that are long begin closed.
const NARROW = 960;

export class Filters {
  constructor(holder, network, changed) {
    this.holder = holder;
    this.network = network;
    this.changed = changed;
    this.filter = everything();
    this.draw();
  }

  /** Draws the controls anew, as after more of the network came or all was set back. */
  draw() {
    const days = this.network.days();
    fill(
      this.holder,
      [...(this.network.told ? [TOLD] : []), ...PARTS].map(([of, heading, name, open]) => this.choices(heading, name, this.network.counts(of), open)),
      this.network.told && [this.source(), this.confidence()],
      days.length > 1 && this.time(days),
      element("button", { type: "button", className: "reset", onclick: () => this.reset() }, "Set all back"),
    );
  }

  reset() {
    this.filter = everything();
    this.draw();
    this.changed(this.filter);
  }

  set(name, value) {
    this.filter = { ...this.filter, [name]: value };
    this.changed(this.filter);
  }

  choices(heading, name, counts, open) {
    const boxes = counts.map(({ value, label, number }) => {
      const box = element("input", { type: "checkbox", checked: !this.filter[name].has(value), name, value });
      box.addEventListener("change", () => {
        const left = new Set(this.filter[name]);
        if (box.checked) left.delete(value);
        else left.add(value);
        this.set(name, left);
      });
      return element("label", { className: `choice ${name === "modalities" ? value : ""}` }, box, element("span", {}, label), element("small", {}, number));
    });
    const all = (none) => () => {
      this.set(name, new Set(none ? counts.map(({ value }) => value) : []));
      boxes.forEach((label) => (label.querySelector("input").checked = !none));
    };
    const both = counts.length > 5 && element("p", { className: "actions" }, element("button", { type: "button", onclick: all(false) }, "all"), element("button", { type: "button", onclick: all(true) }, "none"));
    return element("details", { open: open && innerWidth > NARROW }, element("summary", {}, heading), element("fieldset", {}, element("legend", { className: "hidden" }, heading), both, boxes));
  }

  source() {
    const options = this.network.counts("source").map(({ value, label, number }) => element("option", { value, selected: value === this.filter.source }, `${label} (${number})`));
    const select = element("select", { id: "source" }, element("option", { value: "" }, "anyone"), options);
    select.addEventListener("change", () => this.set("source", select.value));
    return element("p", { className: "field" }, element("label", { htmlFor: "source" }, "Who says so"), select);
  }

  confidence() {
    const shown = element("output", {}, this.filter.confidence.toFixed(2));
    const slider = element("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.05, value: String(this.filter.confidence) });
    slider.addEventListener("input", () => {
      shown.textContent = Number(slider.value).toFixed(2);
      this.set("confidence", Number(slider.value));
    });
    return element("p", { className: "field" }, element("label", { htmlFor: "confidence" }, "Confidence at least ", shown), slider);
  }

  time(days) {
    const shown = element("output", {}, `${days[0]} – ${days.at(-1)}`);
    const slider = (id, label, at) => element("input", { id, type: "range", min: 0, max: days.length - 1, step: 1, value: String(at), "aria-label": label });
    const [from, to] = [slider("from", "From", 0), slider("to", "To", days.length - 1)];
    const moved = (mover) => () => {
      const [first, last] = [Number(from.value), Number(to.value)];
      if (first > last) (mover === from ? to : from).value = mover.value;
      const [begin, end] = [Number(from.value), Number(to.value)];
      shown.textContent = `${days[begin]} – ${days[end]}`;
      from.setAttribute("aria-valuetext", days[begin]);
      to.setAttribute("aria-valuetext", days[end]);
      this.filter = { ...this.filter, to: end === days.length - 1 ? "" : days[end] };
      this.set("from", begin === 0 ? "" : days[begin]);
    };
    from.addEventListener("input", moved(from));
    to.addEventListener("input", moved(to));
    return element("div", { className: "field", role: "group", "aria-label": "Time" }, element("span", {}, "Time ", shown), from, to);
  }
}

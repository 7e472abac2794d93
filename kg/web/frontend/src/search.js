// The search for entities by any of their names.

import { element, fill } from "./dom.js";

export class Search {
  /** `served`: a server can look for what isn't here. */
  constructor(network, served, chosen) {
    this.network = network;
    this.served = served;
    this.chosen = chosen;
    this.input = element("input", { id: "find", type: "search", autocomplete: "off", placeholder: "a name", "aria-controls": "found" });
    this.found = element("ul", { id: "found", className: "found" });
    this.holder = element("div", { className: "search", role: "search" }, element("label", { htmlFor: "find" }, "Find here"), this.input, this.found);
    this.input.addEventListener("input", () => this.look());
    this.holder.addEventListener("keydown", (event) => this.pressed(event));
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  look() {
    const found = this.network.search(this.input.value);
    const entry = (node) => element("li", {}, element("button", { type: "button", onclick: () => this.choose(node.id) }, element("bdi", {}, node.label), element("small", {}, ` ${node.kind}`)));
    const wanted = this.input.value.trim();
    const beyond = this.served && [" ", element("a", { href: `/search?q=${encodeURIComponent(wanted)}` }, "Look in the whole store")];
    const nothing = wanted && element("li", { className: "about" }, "No such name here.", beyond);
    fill(this.found, found.length ? found.map(entry) : nothing);
  }

  choose(id) {
    fill(this.found);
    this.input.value = "";
    this.chosen(id);
  }

  /** Up and down go through what was found, Enter takes it or the first. */
  pressed(event) {
    const buttons = [...this.found.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      (buttons[at + (event.key === "ArrowDown" ? 1 : -1)] ?? this.input).focus();
    } else if (event.key === "Enter" && at < 0 && buttons.length) {
      event.preventDefault();
      buttons[0].click();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      fill(this.found);
      this.input.focus();
    }
  }
}

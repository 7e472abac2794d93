// What lines and colours mean.

import { element } from "./dom.js";
import { OTHERS } from "./drawing.js";

const LINES = { actual: "said to be so", possible: "possible", negated: "denied" };

export function legend(network, colour) {
  const dot = (background) => {
    const made = element("i", { className: "dot" });
    made.style.background = background;
    return made;
  };
  return [
    network.told && element("ul", { "aria-label": "Lines" }, Object.entries(LINES).map(([modality, words]) => element("li", {}, element("i", { className: `stroke ${modality}` }), words))),
    element("ul", { "aria-label": "Communities" }, [...colour].map(([number, hue]) => element("li", { title: network.communities[number] }, dot(hue), network.communities[number])), element("li", {}, dot(OTHERS), "smaller communities")),
  ];
}

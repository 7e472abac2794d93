// The beginning: the data lie in the page itself, or the server has them.

import { Explorer } from "./explorer.js";
import { fill } from "./dom.js";
import { Network } from "./model.js";

async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}

async function start(holder) {
  const { source, around } = holder.dataset;
  const data = source ? await load(source) : JSON.parse(document.getElementById("data").textContent);
  const more = around ? (id) => load(around + encodeURIComponent(id)) : null;
  return new Explorer(holder, new Network(data), more);
}

const holder = document.getElementById("explorer");
start(holder).then(
  (explorer) => {
    holder.explorer = explorer;
    holder.dataset.ready = "yes";
  },
  (error) => fill(holder, `The network can’t be drawn: ${error.message}`),
);

// The claims that pass as a table: the picture for those who don't see it.

import { element } from "./dom.js";
import { saying, when } from "./details.js";

const MOST = 500;

export function table(network, claims, open) {
  const head = ["subject", "relation", "object", ...(network.told ? ["did it happen?", "who says so", "when"] : [])];
  const rows = claims.slice(0, MOST).map((claim) => {
    const { subject, relation, object } = saying(network, claim);
    const cells = [subject, element("button", { type: "button", className: "fact", onclick: () => open({ claims: [claim] }) }, relation), object];
    const said = claim.sources.map((source) => source.name).join(" › ") || "–";
    return element("tr", { className: claim.modality }, [...cells, ...(network.told ? [claim.modality, said, when(claim)] : [])].map((cell) => element("td", {}, cell)));
  });
  const about = claims.length > MOST ? `The first ${MOST} of ${claims.length}` : `${network.told ? "Claims" : "Statements"}: ${claims.length}`;
  return element("table", {}, element("caption", {}, about), element("thead", {}, element("tr", {}, head.map((name) => element("th", { scope: "col" }, name)))), element("tbody", {}, rows));
}

// What is known of the chosen entity or claim, in words.

import { element, link, plural } from "./dom.js";
import { lineOf, marked } from "./model.js";

const MODALITY = { actual: "said to be so", possible: "possible, not said to be so", negated: "denied" };
const MOST = 60;

/** The words of a claim: who, what, whom. */
export function saying(network, claim) {
  const subject = claim.subject ? network.name(claim.subject) : "(not told who)";
  const object = claim.object ? network.name(claim.object) : (claim.value ?? "?");
  const relation = claim.modality === "negated" ? `not: ${claim.label}` : claim.modality === "possible" ? `perhaps ${claim.label}` : claim.label;
  return { subject, relation, object };
}

const speakers = (claim) => claim.sources.map((source) => source.name).join(" › ") || "the article itself";

export const when = (claim) => claim.time?.replace("/", " – ") ?? (claim.start ? `reported ${claim.start}` : "not told");

const neighbours = (hidden) => (hidden === Infinity ? "Show all neighbours" : hidden ? `Show ${plural(hidden, "more neighbour")}` : "All neighbours shown");

/** An entity: names, mentions, documents and facts; `open` is told what the reader chooses next. */
export function entity(network, id, { claims, hidden, open }) {
  const node = network.nodes.get(id);
  const documents = node.documents.map((each) => [each, network.documents[each]]).filter(([, document]) => document);
  return [
    element("h2", { id: "chosen", tabIndex: -1 }, node.label),
    element("p", { className: "about" }, network.told ? `${node.kind} · ${plural(node.mentions, "mention")} in ${plural(node.documents.length, "document")}` : node.kind),
    element(
      "p",
      { className: "actions" },
      node.page && element("a", { href: node.page }, "Its page"),
      element("button", { type: "button", onclick: () => open({ entity: id, neighbours: true }), disabled: !hidden }, neighbours(hidden)),
      element("button", { type: "button", onclick: () => open({ hide: id }) }, "Hide"),
    ),
    node.aliases.length > 0 && part("Also called", element("p", {}, list(node.aliases))),
    part(`${network.told ? "Facts" : "Statements"} (${claims.length})`, facts(network, claims, open)),
    node.links.length > 0 && part("Elsewhere", element("ul", {}, node.links.map((each) => element("li", {}, link(each, each))))),
    network.told && part("Documents", element("ul", {}, documents.slice(0, MOST).map(([each, document]) => element("li", {}, source(each, document))))),
  ];
}

function part(heading, ...content) {
  return element("section", {}, element("h3", {}, heading), content);
}

const list = (words) => words.slice(0, MOST).join(", ") + (words.length > MOST ? " …" : "");

function facts(network, claims, open) {
  const told = new Map(); // what says the same stands there once
  for (const claim of claims) {
    const same = JSON.stringify([lineOf(claim), claim.value]);
    told.set(same, [...(told.get(same) ?? []), claim]);
  }
  const often = [...told.values()].sort((a, b) => b.length - a.length);
  const shown = often.slice(0, MOST).map((same) => {
    const { subject, relation, object } = saying(network, same[0]);
    const words = [element("bdi", {}, subject), " ", element("strong", {}, relation), " ", element("bdi", {}, object), same.length > 1 && element("small", {}, ` ×${same.length}`)];
    return element("li", { className: same[0].modality }, element("button", { type: "button", className: "fact", onclick: () => open({ claims: same }) }, words));
  });
  const rest = told.size - shown.length;
  return [element("ul", { className: "facts" }, shown), rest > 0 && element("p", { className: "about" }, `and ${rest} more: the list shows all`)];
}

/** Claims that are one line of the picture, each with its sentence. */
export function claims(network, chosen, open) {
  const { subject, relation, object } = saying(network, chosen[0]);
  const ends = [
    ["", chosen[0].subject, subject],
    ["strong", null, relation],
    ["", chosen[0].object, object],
  ].map(([tag, id, words]) => (id ? element("button", { type: "button", className: "name", onclick: () => open({ entity: id }) }, words) : element(tag || "span", {}, words)));
  return [
    element("h2", { id: "chosen", tabIndex: -1 }, ends.flatMap((end) => [end, " "])),
    chosen.length > 1 && element("p", { className: "about" }, `${chosen.length} times`),
    chosen.slice(0, MOST).map((claim) => (network.told ? proof(network, claim) : element("p", {}, link(claim.page, "What is known of the relation")))),
    chosen.length > MOST && element("p", { className: "about" }, `and ${chosen.length - MOST} more`),
  ];
}

function proof(network, claim) {
  const document = network.documents[claim.document];
  const rows = [
    ["who says so", speakers(claim)],
    ["when", when(claim)],
    ["where", claim.place.join(", ")],
    ["with", claim.instrument.join(", ")],
    ["as", claim.title],
    ["did it happen?", MODALITY[claim.modality]],
    ["confidence", claim.confidence.toFixed(2)],
    ["voices", claim.supporting === null ? "" : `${claim.supporting} for, ${claim.opposing} against`],
  ].filter(([, value]) => value);
  return element(
    "article",
    { className: `proof ${claim.modality}` },
    element("blockquote", {}, sentence(claim)),
    element("dl", {}, rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    element("p", { className: "about" }, source(claim.document, document), claim.page && [" · ", element("a", { href: claim.page }, "how it was read")]),
  );
}

/** The sentence, with the words marked that the claim is made of. */
function sentence(claim) {
  return marked(claim.sentence, claim.marks).map(([words, parts]) =>
    parts.length ? element("mark", { className: parts.join(" "), title: parts.join(", ") }, words) : words,
  );
}

function source(id, document) {
  const published = document?.published ? `${document.published.slice(0, 10)} · ` : "";
  const named = link(document?.page ?? document?.link, document?.title || id);
  return [published, named, document?.page && document?.link ? [" · ", link(document.link, "source")] : null];
}

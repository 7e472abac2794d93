// The network: entities, the claims about them, and which claims pass a filter. Knows nothing of the page.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export const ARTICLE = "\u0000article"; // the source of what no one but the article says

export class Network {
  constructor(data) {
    this.nodes = new Map();
    this.claims = new Map();
    this.of = new Map(); // id of an entity -> the claims about it
    this.documents = {};
    this.communities = {};
    this.total = data.total;
    this.told = data.told; // whether articles say it: else there are neither sentences nor sources
    this.add(data);
  }

  /** Takes in more of the same network. */
  add(data) {
    for (const node of data.nodes) {
      if (this.nodes.has(node.id)) continue;
      this.nodes.set(node.id, { ...node, folded: [node.label, ...node.aliases].map(folded) });
      this.of.set(node.id, []);
    }
    for (const claim of data.claims) {
      if (this.claims.has(claim.id)) continue;
      this.claims.set(claim.id, claim);
      for (const end of new Set([claim.subject, claim.object])) this.of.get(end)?.push(claim);
    }
    Object.assign(this.documents, data.documents);
    Object.assign(this.communities, data.communities);
  }

  get top() {
    return this.nodes.values().next().value?.rank ?? 1;
  }

  /** At most so many entities, the ones that most others are tied to, without those that would stand alone among many. */
  central(most) {
    const ties = new Map([...this.nodes.keys()].map((id) => [id, this.neighbours(id)]));
    if (this.nodes.size <= most) return new Set(ties.keys());
    const ordered = [...this.nodes.values()].sort((a, b) => ties.get(b.id).size - ties.get(a.id).size || b.rank - a.rank).map((node) => node.id);
    const found = new Set(ordered.slice(0, most));
    for (const id of found) if (![...ties.get(id)].some((other) => found.has(other))) found.delete(id);
    return found;
  }

  get partial() {
    return this.nodes.size < this.total.nodes;
  }

  name(id) {
    return this.nodes.get(id)?.label ?? id;
  }

  /** The entities at the other end of claims that pass. */
  neighbours(id, passes = () => true) {
    const found = new Set();
    for (const claim of this.of.get(id) ?? []) {
      const other = claim.subject === id ? claim.object : claim.subject;
      if (other && other !== id && this.nodes.has(other) && passes(claim)) found.add(other);
    }
    return found;
  }

  /** Entities whose names hold the text, those that begin with it first, then by rank. */
  search(text, most = 12) {
    const wanted = folded(text.trim());
    if (!wanted) return [];
    const place = (node) => {
      const at = node.folded.map((name) => name.indexOf(wanted)).filter((index) => index >= 0);
      return at.length ? Math.min(...at.map((index) => Math.min(index, 1))) : -1;
    };
    const found = [...this.nodes.values()].map((node) => [place(node), node]).filter(([at]) => at >= 0);
    return found.sort((a, b) => a[0] - b[0] || b[1].rank - a[1].rank).slice(0, most).map(([, node]) => node);
  }

  /** The values of a filter with how many claims (of types: entities) have each, the most frequent first. */
  counts(of) {
    const found = new Map();
    const add = (value, label) => found.set(value, { value, label, number: (found.get(value)?.number ?? 0) + 1 });
    if (of === "type") for (const node of this.nodes.values()) add(node.type, node.kind);
    for (const claim of this.claims.values()) {
      if (of === "relation") add(claim.relation, claim.label);
      if (of === "modality") add(claim.modality, claim.modality);
      if (of === "source") sourcesOf(claim).forEach(({ id, name }) => add(id, name));
    }
    return [...found.values()].sort((a, b) => b.number - a.number || a.label.localeCompare(b.label));
  }

  /** All days on which something that is told begins or ends, sorted. */
  days() {
    return [...new Set([...this.claims.values()].flatMap((claim) => [claim.start, claim.end]).filter(Boolean))].sort();
  }
}

const sourcesOf = (claim) => (claim.sources.length ? claim.sources : [{ id: ARTICLE, name: "the article itself" }]);

/** What is looked for: everything at first. `types`, `relations` and `modalities` hold what is left out. */
export const everything = () => ({ types: new Set(), relations: new Set(), modalities: new Set(), source: "", confidence: 0, from: "", to: "" });

export const isEverything = (filter) =>
  !filter.types.size && !filter.relations.size && !filter.modalities.size && !filter.source && !filter.confidence && !filter.from && !filter.to;

/** Whether a claim passes. Of a claim without a day nothing is known once a time is chosen. */
export function passes(filter, claim, network) {
  const types = [claim.subject, claim.object].filter(Boolean).map((id) => network.nodes.get(id)?.type);
  return (
    !filter.relations.has(claim.relation) &&
    !filter.modalities.has(claim.modality) &&
    !types.some((type) => filter.types.has(type)) &&
    (!filter.source || sourcesOf(claim).some(({ id }) => id === filter.source)) &&
    claim.confidence >= filter.confidence &&
    (!filter.from || (claim.end ?? claim.start ?? "") >= filter.from) &&
    (!filter.to || (claim.start ?? claim.end ?? "\uffff") <= filter.to)
  );
}

export const lineOf = ({ subject, object, relation, modality }) => JSON.stringify([subject, object, relation, modality]);

/** Claims between the same two entities of one relation and modality, which are drawn as one line. */
export function lines(network, claims) {
  const found = new Map();
  for (const claim of claims) {
    if (!claim.subject || !claim.object || !network.nodes.has(claim.subject) || !network.nodes.has(claim.object)) continue;
    const id = lineOf(claim);
    if (!found.has(id)) found.set(id, { ...claim, id, claims: [] });
    found.get(id).claims.push(claim);
  }
  return found;
}

/** The sentence cut where marks begin and end: pairs of words and the names of the marks over them. */
export function marked(sentence, marks) {
  const cuts = [...new Set([0, sentence.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    return [sentence.slice(start, end), marks.filter(([from, to]) => from <= start && end <= to).map(([, , part]) => part)];
  });
}

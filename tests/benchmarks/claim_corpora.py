"""Development data as articles whose candidates are known to be right or wrong, for train_claims.py.

Every set has its own view of what a relation is. Where it is coarser than ours ("Work_For" is anything from worksFor to spokesmanOf), a right pair
counts for the set's usual relation, or for the one that a frame reads in it; the rest of that group is left open.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import judgements
from claim_examples import Article, Caught, Collector, View, example
from judged import KEPT_OUT, Fact

from kg import ontology as ontologies
from kg.extract.net.candidates import Open
from kg.model import Document
from kg.ontology import Ontology

SETS = ("gold", "gold_conflict", "judgements", "examples", "conll04", "knowledgenet", "dwie", "redocred")
Row = dict[str, Any]
MOST = 1500  # articles of a set
_OFTEN = 5  # facts of two classes that make the net look for their relation without a word
_YIELD = 0.015  # and the share of such pairs that must have it
_ELSEWHERE = 0.3  # weight of a right pair in a sentence that the annotation doesn't name


def lasting(ontology: Ontology) -> Open:
    """The lasting relations that the annotators found between two classes often enough to look for them without a word."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for name in ("gold", "gold_conflict"):
        for row in _rows(name, "dev"):
            if row["id"][-1] not in KEPT_OUT:
                types = {e["id"]: e["type"] for e in row["entities"]}
                counts.update((types[f["s"]], types[f["o"]], f["p"]) for f in row["facts"])
    often = {key for key, count in counts.items() if count >= _OFTEN and key[2] in ontology.relations and ontology.relations[key[2]].event is None}
    return _by_types(key for key in often if "Unknown" not in key)


def worthwhile(articles: Iterable[Article], open_: Open) -> Open:
    """Those of the open relations that a pair without a word has often enough."""
    right: Counter[tuple[str, str, str]] = Counter()
    seen: Counter[tuple[str, str, str]] = Counter()
    for article in articles:
        for e in article.examples:
            if "open" in e.found.own and e.right is not None:
                seen[*e.types, e.relation] += 1
                right[*e.types, e.relation] += e.right
    return _by_types((*types, name) for types, names in open_.items() for name in names if right[*types, name] >= max(2, _YIELD * seen[*types, name]))


def _by_types(keys: Iterable[tuple[str, str, str]]) -> Open:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for subject, object_, relation in sorted(keys):
        found[subject, object_] = (*found.get((subject, object_), ()), relation)
    return found


def articles(extractor: Collector, name: str) -> Iterator[Article]:
    """The articles of a set with their examples, the first MOST of them."""
    for row in _rows(name, "train" if name == "conll04" else "dev")[:MOST]:
        document = Document(str(row["id"]), row["text"], row.get("title"), row.get("published"))
        extractor.extract(document)
        view = View(extractor.caught, extractor.ontology, row["text"])
        article = _JUDGES[name](row, extractor.caught, view)
        article.source = name
        yield article


def _rows(name: str, split: str) -> list[Row]:
    import common
    import conll04
    import dwie
    import gold
    import knowledgenet

    if name in ("gold", "gold_conflict"):
        return gold.documents(split, name=name)  # type: ignore[no-any-return]
    if name == "redocred":
        return _redocred_rows()
    if name == "judgements":
        return judgements.rows()
    if name == "examples":
        return _example_rows()
    if name == "conll04" and split == "train":
        usual = common.data
        common.data = lambda *_: common.read_jsonl(common.SHARED / "conll04" / "train.jsonl")
        try:
            return conll04.documents("dev")  # type: ignore[no-any-return]
        finally:
            common.data = usual
    return {"conll04": conll04, "dwie": dwie, "knowledgenet": knowledgenet}[name].documents(split)  # type: ignore[no-any-return]


def _gold(row: Row, caught: Caught, view: View) -> Article:
    """Facts of the whole article; the sentence that the annotator copied is the one that says it."""
    import common
    import gold

    entities = {e["id"]: e for e in row["entities"]}
    unknown = {i for i, e in entities.items() if e["type"] == "Unknown" or "?" in e["names"]}
    loose = {i for i, e in entities.items() if not e["named"]} - unknown
    same = common.name_matches(view.record, {i: e["names"] for i, e in entities.items() if i not in unknown}, loose)
    same["?"] = unknown
    expected: dict[Fact, list[Row]] = {}
    for fact in row["facts"]:
        expected.setdefault(common.canonical(fact["s"], fact["p"], fact["o"]), []).append(fact)
    places = {fact: [p for f in said if (p := gold.locate(row, f.get("evidence")))] for fact, said in expected.items()}
    optional = {fact for fact, said in expected.items() if all(f.get("optional") for f in said)}
    article = Article("gold", row["id"], wanted=frozenset(set(expected) - optional))
    for c, found in zip(caught.candidates, caught.described, strict=True):
        key = common.canonical(view.id(c.subject), c.relation, view.id(c.object))
        subjects, objects = same.get(key[0], set()), same.get(key[2], set())
        hits = [f for f in expected if f[1] == key[1] and _meets(f, subjects, objects, key[1] in common.SYMMETRIC)]
        right: bool | None = bool(hits)
        weight, near = 1.0, True
        if hits:
            here = view.sentence(c)
            near = any(p[0] < here.end and here.start < p[1] for f in hits for p in places[f])
            weight = 1.0 if near else _ELSEWHERE
            if all(f in optional for f in hits):
                right = None
        elif _is_free(key, subjects, objects, set(expected), optional):
            right = None
        article.examples.append(example(article, c, found, right, weight, key, tuple(f for f in hits if f not in optional), near))
        article.examples[-1].text = (
            ("?" if c.subject is None else c.subject.markable.text) + " -- " + c.object.markable.text + " | " + view.sentence(c).text
        )
    return article


def _is_free(key: Fact, subjects: set[str], objects: set[str], expected: set[Fact], optional: set[Fact]) -> bool:
    """True for what the scorer neither asks for nor punishes: nobody known where somebody is, and what one annotator only found."""
    import common

    if key[0] == "?" and any(f[1] == key[1] and f[2] in objects for f in expected):
        return True
    return any(common.related(f[1], key[1]) and _meets(f, subjects, objects, False) for f in optional)


def _meets(fact: Fact, subjects: set[str], objects: set[str], symmetric: bool) -> bool:
    return (fact[0] in subjects and fact[2] in objects) or (symmetric and fact[2] in subjects and fact[0] in objects)


def _conll04(row: Row, caught: Caught, view: View) -> Article:
    import common
    import conll04

    text = row["text"]
    article = Article("conll04", str(row["id"]))
    usual = conll04.PROPERTY
    verdicts = []
    for c in caught.candidates:
        claim = {"relation": c.relation, "subject": view.id(c.subject), "object": view.id(c.object)}
        allowed = conll04.classes(view.record, claim) if c.subject is not None else []
        if not allowed or c.subject is None:
            verdicts.append((None, ""))
            continue
        sides = [view.spans(c, a) for a in (c.subject, c.object)]
        hits = [
            r
            for r in row["relations"]
            if r[0] in allowed and all(any(common.same_head(text, a, g) for a in side) for side, g in zip(sides, r[1:], strict=True))
        ]
        known = all(any(common.same_head(text, a, g) for a in side for g, _ in row["entities"]) for side in sides)
        verdicts.append((True, usual[hits[0][0]]) if hits else (False if known else None, ""))
    return _coarse(article, caught, view, verdicts, 1.0)


def _dwie(row: Row, caught: Caught, view: View) -> Article:
    import common
    import dwie

    article = Article("dwie", str(row["id"]))
    same = common.name_matches(view.record, {i: e["names"] for i, e in row["entities"].items()})
    verdicts = []
    for c in caught.candidates:
        pair = same.get(view.id(c.subject), ()), same.get(view.id(c.object), ())
        if c.relation not in dwie.MAPPED or not all(pair):
            verdicts.append((None, ""))
            continue
        turned = c.relation in common.SYMMETRIC
        hits = sorted(
            p
            for s, p, o in row["relations"]
            if c.relation in dwie.ACCEPT[p] and ((s in pair[0] and o in pair[1]) or (turned and s in pair[1] and o in pair[0]))
        )
        verdicts.append((True, dwie.PROPERTY[hits[0]]) if hits else (False, ""))
    return _coarse(article, caught, view, verdicts, 0.5)


def _knowledgenet(row: Row, caught: Caught, view: View) -> Article:
    import common
    import knowledgenet as kn

    article = Article("knowledgenet", str(row["id"]))
    verdicts = []
    for c in caught.candidates:
        names = (c.relation, "^" + c.relation)
        booked = any(p in kn.ACCEPT and n in kn.ACCEPT[p][0] for n in names for p in row["annotated"])
        if c.subject is None or not booked:
            verdicts.append((None, ""))
            continue
        sides = [view.spans(c, a, nominal=False) for a in (c.subject, c.object)]
        hits = []
        for f in row["facts"]:
            accepted = set().union(*kn.ACCEPT.get(f[0], ()))
            for name, (a, b) in ((c.relation, sides), (c.relation if c.relation in common.SYMMETRIC else "^" + c.relation, sides[::-1])):
                if name in accepted and any(common.overlap(f[1], x) and common.overlap(f[2], y) for x, y in product(a, b)):
                    hits.append(f[0])
        verdicts.append((True, kn.PROPERTY[min(hits)]) if hits else (False, ""))
    return _coarse(article, caught, view, verdicts, 1.0)


# Wikidata's properties; "^" turns them round. Of a place P17 says where it lies, of a body where it is based.
WIKIDATA = {
    "P27": ("citizenOf",),
    "P131": ("locatedIn",),
    "P17": ("locatedIn", "basedIn"),
    "P276": ("locatedIn",),
    "P30": ("locatedIn",),
    "P150": ("^locatedIn",),
    "P159": ("basedIn",),
    "P19": ("bornIn",),
    "P20": ("diedIn",),
    "P551": ("livesIn",),
    "P26": ("spouseOf",),
    "P22": ("childOf", "^parentOf"),
    "P25": ("childOf", "^parentOf"),
    "P40": ("parentOf", "^childOf"),
    "P3373": ("siblingOf",),
    "P102": ("memberOf",),
    "P54": ("memberOf",),
    "P463": ("memberOf",),
    "P241": ("memberOf",),
    "P108": ("worksFor",),
    "P112": ("^founded",),
    "P127": ("^owns",),
    "P355": ("^subsidiaryOf",),
    "P749": ("subsidiaryOf",),
    "P361": ("partOf",),
    "P6": ("^headOfGovernment",),
    "P35": ("^headOfState",),
    "P488": ("^leads",),
    "P169": ("^leads",),
    "P36": ("^capitalOf",),
}


def _redocred_rows() -> list[Row]:
    import common

    rows = []
    for row in common.data("redocred", "dev", "", "dev.jsonl.gz"):
        text, spans = common.detokenise(row["tokens"])
        names = {e["id"]: {text[spans[m["start"]][0] : spans[m["end"] - 1][1]] for m in e["mentions"]} for e in row["entities"]}
        sentences = [(spans[a][0], spans[b - 1][1]) for a, b in row["sentences"]]
        facts: dict[Fact, list[tuple[int, int]]] = {}
        for r in row["relations"]:
            for name in WIKIDATA.get(r["type"], ()):
                s, o = (r["tail"], r["head"]) if name.startswith("^") else (r["head"], r["tail"])
                facts.setdefault((s, name.strip("^"), o), []).extend(sentences[n] for n in r["evidence"])
        rows.append({"id": row["id"], "text": text, "names": names, "facts": facts})
    return rows


def _redocred(row: Row, caught: Caught, view: View) -> Article:
    """Wikipedia with Wikidata's properties; the sentences that prove a fact are named."""
    import common

    article = Article("redocred", str(row["id"]))
    known = {name.strip("^") for names in WIKIDATA.values() for name in names}
    same = common.name_matches(view.record, row["names"])
    related: dict[tuple[str, str], set[str]] = {}
    for s, name, o in row["facts"]:
        related.setdefault((s, o), set()).add(name)
    for c, found in zip(caught.candidates, caught.described, strict=True):
        subjects, objects = same.get(view.id(c.subject), set()), same.get(view.id(c.object), set())
        right: bool | None = None
        weight = 1.0
        if subjects and objects and c.relation in known:
            hits = [f for f in row["facts"] if f[1] == c.relation and _meets(f, subjects, objects, c.relation in common.SYMMETRIC)]
            right = bool(hits)
            here = view.sentence(c)
            if hits and not any(a < here.end and here.start < b for f in hits for a, b in row["facts"][f]):
                weight = _ELSEWHERE
            if not hits and (
                c.drafts or any(common.related(c.relation, name) for s in subjects for o in objects for name in related.get((s, o), ()))
            ):
                right = None  # what a frame reads may well be so though Wikidata doesn't know it
        article.examples.append(example(article, c, found, right, weight, (view.id(c.subject), c.relation, view.id(c.object))))
    return article


def _coarse(article: Article, caught: Caught, view: View, verdicts: Sequence[tuple[bool | None, str]], weight: float) -> Article:
    """Examples of a set whose relations are coarser than ours."""
    framed: dict[tuple[int, int], set[str]] = {}
    for c in caught.candidates:
        if c.framed:
            framed.setdefault(c.pair, set()).add(c.relation)
    for c, found, (right, usual) in zip(caught.candidates, caught.described, verdicts, strict=True):
        read = framed.get(c.pair, set())
        if right and not (c.relation in read or (c.relation == usual and not read)):
            right = None
        fact = (view.id(c.subject), c.relation, view.id(c.object))
        article.examples.append(example(article, c, found, right, weight, fact))
    return article


def _judgements(row: Row, caught: Caught, view: View) -> Article:
    """Single facts that a person judged by the whole article; of all others nothing is known."""
    article = Article("judgements", row["id"])
    verdicts: dict[str, list[judgements.Judgement]] = {}
    for said in row["judgements"]:
        verdicts.setdefault(said.relation, []).append(said)
    for c, found in zip(caught.candidates, caught.described, strict=True):
        right: bool | None = None
        weight = 1.0
        for said in verdicts.get(c.relation, ()):
            if view.is_mentioned(c.subject, said.subject) and view.is_mentioned(c.object, said.object):
                right, here = said.right, view.sentence(c)
                weight = 1.0 if here.start <= said.sentence < here.end else _ELSEWHERE
        article.examples.append(example(article, c, found, right, weight, (view.id(c.subject), c.relation, view.id(c.object))))
    return article


def _example_rows() -> list[Row]:
    """The sentences of the ontology: what an example says is right, what a counterexample seems to say is wrong."""
    rows = []
    for relation in ontologies.load().relations.values():
        for right, sentences in ((True, relation.examples), (False, relation.counterexamples)):
            for n, sentence in enumerate(sentences):
                rows.append({"id": f"{relation.name} {right} {n}.", "text": sentence.text, "says": (relation.name, sentence, right)})
    return rows


def _examples(row: Row, caught: Caught, view: View) -> Article:
    article = Article("examples", row["id"])
    relation, sentence, right = row["says"]
    turned = caught.net.ontology.relations[relation].symmetric
    for c, found in zip(caught.candidates, caught.described, strict=True):
        s, o = ({t.removeprefix("the ").removeprefix("The ") for t in view.names(a)} for a in (c.subject, c.object))
        sides = [(s, o), (o, s)] if turned else [(s, o)]
        meant = relation in caught.net.ontology.ancestors(c.relation) and any(_is(sentence.subject, a) and _is(sentence.object, b) for a, b in sides)
        article.examples.append(example(article, c, found, right if meant else None, 1.0, (view.id(c.subject), c.relation, view.id(c.object))))
    return article


def _is(name: str | None, names: set[str]) -> bool:
    return name is None or name.removeprefix("the ").removeprefix("The ") in names


_JUDGES = {
    "examples": _examples,
    "gold": _gold,
    "gold_conflict": _gold,
    "judgements": _judgements,
    "conll04": _conll04,
    "dwie": _dwie,
    "knowledgenet": _knowledgenet,
    "redocred": _redocred,
}

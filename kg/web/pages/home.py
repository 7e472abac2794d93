"""The first page, the list of documents, and the search for names."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kg.graph import names, records, vocabulary
from kg.graph.answers import Answer, readable
from kg.graph.queries import ask as engine_answer
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE
from kg.web import description, links, triples
from kg.web.exchange import Ask, Reply
from kg.web.representation import reply

_COUNTS = """
SELECT (COUNT(*) AS ?claims) (COUNT(?actual) AS ?facts) WHERE {
  GRAPH ?graph { ?claim a kg:Claim ; kg:modality ?modality }
  BIND (IF(?modality = "actual", 1, ?none) AS ?actual)
}
"""
# What each document says of itself.
_DOCUMENTS = "CONSTRUCT { ?document ?property ?value } WHERE { GRAPH ?document { ?document ?property ?value } }"


def home(store: Store, ask: Ask) -> Reply:
    """What is in the store, in numbers."""
    ((claims, facts),) = Answer.of(engine_answer(store, _COUNTS)).texts
    data = {"documents": len(store.graphs()), "claims": int(claims), "facts": int(facts), "entities": len(names.preferred(store))}
    return reply(ask, "home.html", data, lambda: description.counted(data))


def documents(store: Store, ask: Ask) -> Reply:
    """All documents."""
    found = sorted(store.documents(), key=lambda each: (each.published or "", each.id))
    return reply(ask, "documents.html", {"documents": [asdict(each) for each in found]}, lambda: _asked(store, _DOCUMENTS))


def search(store: Store, ask: Ask) -> Reply:
    """Entities of a name; of one only, its page."""
    text = ask.one("q").strip()
    nodes = names.find(store, text) if text else []
    if len(nodes) == 1:
        return Reply(b"", status=303, headers=(("Location", links.local(nodes[0].value)),))
    labels = vocabulary.labels(store.inner)
    data = {
        "q": text,
        "entities": [_found(store, node, labels) for node in nodes],
        "similar": names.similar(store, text) if text and not nodes else [],
    }
    return reply(ask, "search.html", data, lambda: triples.called(store, nodes))


def _asked(store: Store, construct: str) -> Iterable[ox.Triple]:
    found = engine_answer(store, construct)
    assert isinstance(found, ox.QueryTriples)
    return found


def _found(store: Store, node: ox.NamedNode, labels: Mapping[str, str]) -> dict[str, Any]:
    called, types = (sorted({readable(q.object) for q in store.inner.quads_for_pattern(node, p, None, None)}) for p in (LABEL, TYPE))
    kinds = [labels.get(type_.removeprefix("kg:"), type_) for type_ in types]
    return {"id": records.ident(node), "names": called, "types": types, "kinds": kinds}

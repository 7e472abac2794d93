"""Entities by the names that people type: upper and lower case are the same, an id or IRI is understood too."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import triples as form
from kg.graph.store import Store
from kg.graph.terms import LABEL, entity, iri
from kg.iris import ID

ENTITY = f"{ID}entity/"
DOCUMENT = f"{ID}document/"
# Spellings of one name lie above ("Qaddafi", "Gadhafi"), names that share some letters below ("Kim Jong-un", "Tim Gunn").
_ALIKE = 0.7


def fold(text: str) -> str:
    """The form in which names are compared: case and the width of white space do not count."""
    return " ".join(text.split()).casefold()


def find(store: Store, text: str) -> list[ox.NamedNode]:
    """The entities of that name, alias, id or IRI; where none is called exactly so, those whose name contains the words. Sorted."""
    for node in _direct(store, text):
        node = current(store, node)
        if any(spoken(quad) for quad in store.inner.quads_for_pattern(node, LABEL, None, None)):
            return [node]
    names = _names(store)
    wanted = fold(text)
    exact = [node for node, called in names.items() if wanted in called]
    found = exact or [node for node, called in names.items() if wanted and any(f" {wanted} " in f" {name} " for name in called)]
    return sorted(found, key=lambda node: node.value)


def current(store: Store, node: ox.NamedNode) -> ox.NamedNode:
    """The entity that an IRI stands for now: itself, or the one it was found to be."""
    new = next((q.object for q in store.inner.quads_for_pattern(node, form.REPLACED_BY, None, None)), node)
    return new if isinstance(new, ox.NamedNode) else node


def spoken(quad: ox.Quad) -> bool:
    """True for what documents say, not for background knowledge."""
    return str(quad.graph_name).startswith(f"<{DOCUMENT}")


def require(store: Store, text: str) -> list[ox.NamedNode]:
    """What `find` finds. Raises QueryError with names that look alike when it is nothing."""
    if found := find(store, text):
        return found
    like = similar(store, text)
    raise QueryError(f"no entity called {text!r}" + (f"; did you mean {' or '.join(like)}?" if like else ""))


def similar(store: Store, text: str, count: int = 3) -> list[str]:
    """Names in the store that look like the text, for an error message."""
    known = {name for called in _names(store).values() for name in called}
    spelling = {fold(label): label for label in preferred(store).values()}
    return [spelling.get(name, name) for name in difflib.get_close_matches(fold(text), sorted(known), n=count, cutoff=_ALIKE)]


def preferred(store: Store, node: ox.NamedNode | None = None) -> dict[ox.NamedNode, str]:
    """One name for each entity, or for that one: the one that most documents use, of those the longest."""
    counts: dict[ox.NamedNode, Counter[str]] = defaultdict(Counter)
    for quad in store.inner.quads_for_pattern(node, LABEL, None, None):
        if spoken(quad) and quad.subject.value.startswith(ENTITY):  # type: ignore[union-attr]
            counts[quad.subject][quad.object.value] += 1  # type: ignore[index,union-attr]
    return {node: choose(names) for node, names in counts.items()}


def choose(names: Counter[str]) -> str:
    """The most common, of those the longest, of those the first in the alphabet."""
    return min(names, key=lambda name: (-names[name], -len(name), name))


def address(text: str) -> ox.NamedNode | None:
    """The IRI that a text is: whole, in angle brackets, or as tables shorten it (id:entity/person/anna-vogel)."""
    bare = text.strip().removeprefix("<").removesuffix(">")
    whole = f"{ID}{bare.removeprefix('id:')}" if bare.startswith("id:entity/") else bare
    return iri(whole) if "://" in whole else None


def _direct(store: Store, text: str) -> Iterator[ox.NamedNode]:
    """What an id or IRI may mean: an entity, or one that matches exactly what the IRI stands for elsewhere."""
    found = address(text)
    yield found or entity(text)
    if found is not None:
        matches = sorted({q.subject.value for q in store.inner.quads_for_pattern(None, form.SAME, found, None) if spoken(q)})  # type: ignore[union-attr]
        yield from map(ox.NamedNode, matches)


def _names(store: Store) -> dict[ox.NamedNode, set[str]]:
    names: dict[ox.NamedNode, set[str]] = defaultdict(set)
    for predicate in (LABEL, form.ALIAS):
        for quad in store.inner.quads_for_pattern(None, predicate, None, None):
            if spoken(quad) and quad.subject.value.startswith(ENTITY):  # type: ignore[union-attr]
                names[quad.subject].add(fold(quad.object.value))  # type: ignore[index,union-attr]
    return names

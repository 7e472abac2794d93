"""Rules of inference, one a file in `ontology/rules/`: a CONSTRUCT of one triple from triples, each on a line of its own, with FILTER and VALUES."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import OntologyError
from kg.graph.terms import Term

Pattern = tuple[ox.NamedNode | ox.Variable, ...]

_SHAPE = re.compile(r"CONSTRUCT *\{(?P<conclusion>[^{}]*)\} *WHERE *\{(?P<body>.*)\}\s*$", re.DOTALL)
_PREFIX = re.compile(r"^PREFIX +(\w*): *<([^>]*)>", re.MULTILINE)
_TRIPLE = re.compile(r"^ *(\S+) +(\S+) +(\S+) *\.?$")
_NAME = re.compile(r"<([^>\s]*)>|(?<![\w?])(\w*):(\w+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: whenever the premises are there (and what else the body asks), the conclusion is. `names` are the terms that it speaks of."""

    name: str
    summary: str
    sha256: str
    prologue: str
    body: str
    conclusion: Pattern
    premises: tuple[Pattern, ...]
    names: frozenset[ox.NamedNode]

    def new(self, known: ox.Store) -> list[ox.Triple]:
        """What follows from the default graph and does not stand there."""
        head = " ".join(map(str, self.conclusion))
        found = known.query(f"{self.prologue} CONSTRUCT {{ {head} }} WHERE {{ {self.body} FILTER NOT EXISTS {{ {head} }} }}")
        assert isinstance(found, ox.QueryTriples)
        return list(found)

    def derivations(self, known: ox.Store, triple: ox.Triple) -> list[tuple[ox.Triple, ...]]:
        """The premises from which the rule concludes a triple, sorted; several where it does so in several ways."""
        given = dict[ox.Variable, Term]()
        for term, value in zip(self.conclusion, triple, strict=True):
            if (given.setdefault(term, value) if isinstance(term, ox.Variable) else term) != value:
                return []
        values = f"VALUES ({' '.join(map(str, given))}) {{ ({' '.join(map(str, given.values()))}) }}"
        rows = known.query(f"{self.prologue} SELECT * WHERE {{ {values} {self.body} }}")
        assert isinstance(rows, ox.QuerySolutions)
        found = {tuple(_filled(pattern, row) for pattern in self.premises) for row in rows}
        return sorted(found, key=lambda premises: tuple(map(str, premises)))


def _filled(pattern: Pattern, row: ox.QuerySolution) -> ox.Triple:
    return ox.Triple(*(row[term] if isinstance(term, ox.Variable) else term for term in pattern))


@cache
def library() -> tuple[Rule, ...]:
    """The rules, sorted by name. Raises OntologyError."""
    return tuple(parse(file.read_text(encoding="utf-8"), file.stem) for file in sorted(_folder().glob("*.rq"), key=lambda file: file.stem))


def _folder() -> Path:
    return resources.folder("ontology") / "rules"


def parse(text: str, name: str = "rule") -> Rule:
    """A rule from its text. Raises OntologyError."""
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    shape, prefixes = _SHAPE.search(code), dict(_PREFIX.findall(code))
    lines = shape["body"].splitlines() if shape else []
    premises = [line.strip() for line in lines if line.strip() and not line.strip().startswith(("FILTER", "VALUES"))]
    try:
        if not shape or not premises:
            raise ValueError
        return Rule(
            name=name,
            summary=next(iter(re.findall(r"^#\+ summary: *(.*)$", text, re.MULTILINE)), ""),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            prologue=code[: shape.start()],
            body=shape["body"],
            conclusion=_pattern(shape["conclusion"], prefixes),
            premises=tuple(_pattern(line, prefixes) for line in premises),
            names=frozenset(_node(iri, prefix, local, prefixes) for iri, prefix, local in _NAME.findall(code[shape.start() :])),
        )
    except (ValueError, KeyError) as error:
        form = "CONSTRUCT { one triple } WHERE { triples, FILTER and VALUES, each on a line }"
        raise OntologyError(f"{name}.rq: not a rule; write it as {form}, with PREFIX for all names") from error


def _pattern(text: str, prefixes: dict[str, str]) -> Pattern:
    found = _TRIPLE.match(text)
    if not found:
        raise ValueError(text)
    return tuple(_term(word, prefixes) for word in found.groups())


def _term(word: str, prefixes: dict[str, str]) -> ox.NamedNode | ox.Variable:
    if word.startswith("?"):
        return ox.Variable(word[1:])
    found = _NAME.fullmatch(word)
    if not found:
        raise ValueError(word)
    return _node(found[1], found[2], found[3], prefixes)


def _node(iri: str, prefix: str, local: str, prefixes: dict[str, str]) -> ox.NamedNode:
    return ox.NamedNode(iri or prefixes[prefix] + local)

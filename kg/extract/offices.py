"""Whose office it is when the words beside it do not say: "President X", "Governor Y", "the foreign secretary"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from kg.extract import gazetteer
from kg.extract.entities import Cluster
from kg.extract.frames import Predication
from kg.identity.names import fold
from kg.ontology import Ontology, Trigger
from kg.resources import PACKAGE, lines, words

Told = tuple[str, Cluster, Cluster]  # relation, holder, whole

_SINGLE = frozenset(("headOfState", "headOfGovernment", "leads"))  # a place has one at a time
_FORMER = frozenset(("former", "ex", "then", "late", "-", "previous", "outgoing", "next"))
_CLEAR = 1.2  # how much more often the whole must be named than the next


class Offices:
    """The wholes of one article that its offices may belong to; `told` are the offices whose whole the text tells."""

    def __init__(self, clusters: Sequence[Cluster], told: Iterable[Told], ontology: Ontology) -> None:
        self._ontology = ontology
        self._named = [c for c in clusters if c.named]
        self._told: dict[int, Counter[int]] = defaultdict(Counter)
        self._taken: dict[tuple[str, int], set[int]] = defaultdict(set)
        for relation, holder, whole in told:
            self._told[id(holder)][id(whole)] += 1
            self._taken[relation, id(whole)].add(id(holder))

    def whole(self, paragraph: int, predication: Predication, entry: Trigger, holder: Cluster | None) -> Cluster | None:
        """The place that the office belongs to, None where the article leaves it open.

        The holder's country is what the text says elsewhere or everybody knows; some offices only one country has. Else it is the place that the
        article names most, clearly more than others, mentions in the same paragraph counted twice, and that nobody else holds the office of.
        """
        fitting = [c for c in self._named if self._ontology.is_a(c.type, entry.range)]
        if not fitting or not _is_plain(predication):
            return None
        if holder is not None and (told := [c for c in fitting if self._told[id(holder)][id(c)]]):
            return max(told, key=lambda c: self._told[id(holder)][id(c)])
        countries = any(c.type == "Country" for c in fitting)
        if countries and (owner := _known(predication.lemma, holder)):
            return next((c for c in fitting if c.name == owner), None)
        single = entry.relation in _SINGLE and _before(predication) not in _FORMER
        free = [c for c in fitting if not (single and self._taken[entry.relation, id(c)] - {id(holder)})]
        counts = self._counts(paragraph) if countries else Counter()
        scored = sorted(
            ((counts[_code(c.name)] if c.type == "Country" else _mentions(c, paragraph), -n, c) for n, c in enumerate(free)),
            key=lambda s: s[:2],
            reverse=True,
        )
        if not scored:
            return None
        score, _, best = scored[0]
        rivals = [count for code, count in counts.items() if code != _code(best.name)] or [other for other, _, _ in scored[1:]]
        return best if score > max(rivals, default=0) * _CLEAR else None

    def _counts(self, paragraph: int) -> Counter[str]:
        """How often the article names each country, its cities and regions, its government and parties."""
        counts: Counter[str] = Counter()
        for cluster in self._named:
            if name := _country_of(cluster):
                counts[name] += _mentions(cluster, paragraph)
        return counts


def _mentions(cluster: Cluster, paragraph: int) -> int:
    return len(cluster.markables) + sum(m.paragraph == paragraph for m in cluster.markables)


def _country_of(cluster: Cluster) -> str | None:
    """The code (else the name) of the country that the cluster is, lies in or stands for."""
    if cluster.type == "Person":
        return None
    if cluster.type in ("City", "Region"):
        place = gazetteer.place(cluster.name)
        return place.code or None if place is not None else None
    name = cluster.name if cluster.type == "Country" else _table()[1].get(fold(cluster.name))
    return _code(name) if name else None


def _code(name: str) -> str:
    country = gazetteer.country(name)
    return (country.code if country is not None else "") or name


def _known(office: str, holder: Cluster | None) -> str | None:
    """The country of an office or holder that everybody knows."""
    offices, _, holders = _table()
    if holder is not None and (country := holders.get(fold(holder.name))):
        return country
    return offices.get(office)


def _is_plain(predication: Predication) -> bool:
    """False for "the regional president", "union president Y": another office than the word alone."""
    return _before(predication) not in words("phrases")["another office"]


def _before(predication: Predication) -> str:
    """The word before the office."""
    return predication.trigger.doc[predication.first - 1].lower_ if predication.first > 0 else ""


@cache
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Offices, signs and holders, each with the country."""
    tables: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for line in lines(PACKAGE / "extract" / "words" / "offices.tsv"):
        name, *cells = line.split("\t")
        for table, cell in zip(tables, cells, strict=False):
            table.update((fold(e.strip()), name) for e in cell.split(";") if e.strip())
    return tables

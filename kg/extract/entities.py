"""Who is who within one document: names that stand for the same thing become one cluster."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract import gazetteer
from kg.extract.given_names import of_name, of_role
from kg.extract.mentions import Markable
from kg.extract.personhood import is_person
from kg.extract.typing_rules import kind_of_name
from kg.identity.names import acronym_of, fold, same_organization, same_person, strip_titles
from kg.resources import words

_ORGANIZATIONS = frozenset(("Organization", "MilitaryForce"))
_PLACES = frozenset(("Place", "Country", "Region", "City"))
_TOLD = 5  # votes of a mention whose class the text tells
_KIND_WORDS = 4  # "International Airport of" behind the short name
_ARTICLES = ("al-", "al ", "el-", "el ", "ash-", "as-")


@dataclass(eq=False, slots=True)
class Cluster:
    """The mentions of one thing in one document, in text order once the document is read."""

    type: str
    markables: list[Markable] = field(default_factory=list)
    country: gazetteer.Country | None = None

    def add(self, markable: Markable) -> None:
        """Takes a markable in; it leaves no other cluster."""
        markable.cluster = self
        self.markables.append(markable)

    @property
    def named(self) -> bool:
        """True when at least one mention is a name."""
        return any(m.kind == "name" for m in self.markables)

    @property
    def name(self) -> str:
        """The country's name, else the longest name (the first of equals), else the longest description."""
        if self.country is not None:
            return self.country.name
        texts = [m.text for m in self.markables if m.kind == "name"] or [m.text for m in self.markables if m.kind == "nominal"]
        if self.type == "Person":
            texts = [strip_titles(t)[1] or t for t in texts]
        return max(texts, key=len, default="")


def cluster_names(names: Sequence[Markable]) -> list[Cluster]:
    """Clusters of the names of a document (names within names included), in order of first mention."""
    every = [m for name in names for m in (name, *name.inner)]
    groups = _by_text(every)
    people = _merge((g for g in groups if g.type == "Person"), same_person)
    organizations = _merge((g for g in groups if g.type in _ORGANIZATIONS and g.country is None), same_organization)
    places = _merge((g for g in groups if g.type in _PLACES and g.country is None), _same_place)
    facilities = _merge((g for g in groups if g.type == "Facility"), _same_facility)
    rest = [g for g in groups if g.type not in _ORGANIZATIONS | _PLACES | {"Person", "Facility"} or g.country is not None]
    clusters = _absorb([*people, *organizations, *places, *facilities, *rest])
    for cluster in clusters:
        cluster.markables.sort(key=lambda m: (m.paragraph, m.start))
    return sorted(clusters, key=lambda c: (c.markables[0].paragraph, c.markables[0].start, c.markables[0].end))


def _by_text(markables: Iterable[Markable]) -> list[Cluster]:
    """One cluster a country and one a folded text; its type is what most of the mentions say, the name finder's word before a guess."""
    groups: dict[str, Cluster] = {}
    votes: dict[str, Counter[str]] = {}
    for m in markables:
        key = f"country {m.country.name}" if m.country else _without_article(fold(strip_titles(m.text)[1] or m.text)) or m.text
        groups.setdefault(key, Cluster(m.type, country=m.country)).add(m)
        votes.setdefault(key, Counter())[m.type] += _TOLD if m.told else 2 if m.label else 1
    people = [c for key, c in groups.items() if votes[key].most_common(1)[0][0] == "Person"]
    surnames = {tail for c in people for m in c.markables for tail in _surnames(m.text)}
    for key, cluster in groups.items():
        cluster.type = max(sorted(votes[key]), key=votes[key].__getitem__)
        if cluster.type == "Person" or cluster.country is not None or any(m.told for m in cluster.markables):
            continue
        if key in surnames or is_person(cluster.markables):
            cluster.type = "Person"
    return list(groups.values())


def _without_article(folded: str) -> str:
    """ "al-Asad" and "Asad" are one name."""
    if " " in folded.replace("al ", "", 1):
        return folded
    for article in _ARTICLES:
        if len(folded) - len(article) > 2:
            folded = folded.removeprefix(article)
    return folded


def _surnames(name: str) -> list[str]:
    """The folded last words of a full name without the generation ("Jr."): of three words the last two and the last."""
    tokens = strip_titles(name)[1].split()
    while len(tokens) > 1 and tokens[-1].lower().rstrip(".") in words("titles")["suffix"]:
        tokens.pop()
    tails = (tokens[i:] for i in range(1, len(tokens)))
    return [fold(" ".join(tail).rstrip(",")) for tail in tails if len(tail[0]) > 2 and len(tail[-1]) > 2]


def _merge(clusters: Iterable[Cluster], same: Callable[[str, str], str | None]) -> list[Cluster]:
    """Joins each shorter name to the longer one it is a form of; a form that fits two different names joins the nearer one before it.

    In the news the bare surname of a family is that of the one it is about; a title ("Mrs. X") can say otherwise of a mention.
    """
    merged: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: (-len(c.name.split()), -len(c.name), c.name)):
        fitting = [other for other in merged if same(other.name, cluster.name)]
        if not fitting:
            merged.append(cluster)
            continue
        home = fitting[0] if len(fitting) == 1 else _nearest(fitting, cluster.markables[0])
        for m in cluster.markables:
            (home if len(fitting) == 1 or _may_be(home, m) else _nearest(fitting, m)).add(m)
    return merged


def _absorb(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Joins short names across classes: acronyms, and unknown places whose name begins that of one body or building (Blenheim Palace)."""
    bodies = [c for c in clusters if c.type in _ORGANIZATIONS | {"Facility"} and c.country is None]
    kept = []
    for cluster in clusters:
        homes = [b for b in bodies if b is not cluster and _begins(b, cluster)]
        if len(homes) != 1:
            kept.append(cluster)
            continue
        for m in cluster.markables:
            homes[0].add(m)
    return kept


def _begins(body: Cluster, short: Cluster) -> bool:
    if short.country is not None or len(short.name) >= len(body.name):
        return False
    if short.type in _ORGANIZATIONS | {"Facility"} and short.type != body.type:
        return acronym_of(short.name, body.name)
    if short.type not in ("City", "Place") or gazetteer.place(short.name) or gazetteer.regional(short.name):
        return False
    rest = fold(body.name).removeprefix(fold(short.name))
    return rest.startswith(" ") and len(rest.split()) < _KIND_WORDS and kind_of_name(body.name) is not None


def _place(markable: Markable) -> tuple[int, int]:
    return markable.paragraph, markable.start


def _may_be(person: Cluster, name: Markable) -> bool:
    """False when the title before a mention says that it is the wife, not the husband."""
    gender = of_role(name.doc[name.start - 1].lower_) if name.start else None
    return gender is None or of_name(person.name) in (None, gender)


def _nearest(fitting: Sequence[Cluster], name: Markable) -> Cluster:
    """The last one named before of those that a title does not exclude, else the first one named after."""
    at = _place(name)

    def distance(other: Cluster) -> tuple[bool, tuple[int, int]]:
        before = [_place(m) for m in other.markables if _place(m) < at]
        last = max(before) if before else min(_place(m) for m in other.markables)
        return (not before, (-last[0], -last[1]) if before else last)

    return min([c for c in fitting if _may_be(c, name)] or fitting, key=distance)


def _same_place(long: str, short: str) -> str | None:
    """Places merge by spelling without the Arabic article, and a kind in lower case behind the name ("Idlib province")."""
    a, b = _bare_place(long), _bare_place(short)
    if a == b:
        return "article or kind"
    one, other = gazetteer.regional(long), gazetteer.regional(short)
    return "adjective" if (one and one.name == short) or (other and other.name == long) else None


def _same_facility(long: str, short: str) -> str | None:
    """ "Didsbury mosque" is "Didsbury Mosque"; "the Erbil base" is not Erbil, which is no facility and never compared."""
    a, b = fold(long).replace("-", " "), fold(short).replace("-", " ")
    return "spelling" if a == b or (a.startswith(b + " ") and " " in b) else None


def _bare_place(name: str) -> str:
    folded = fold(name)
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    tokens = name.split()
    if len(tokens) > 1 and tokens[-1][0].islower() and not gazetteer.country(" ".join(tokens[:-1])):
        folded = folded.rsplit(" ", 1)[0]
    return folded.replace("-", " ")

"""Who is who within one document: names that stand for the same thing become one cluster."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract import gazetteer
from kg.extract.blocking import Blocking, Index, Keys, alike, begin_keys, organization_keys, person_keys
from kg.extract.given_names import of_name, of_role
from kg.extract.mentions import Markable
from kg.extract.namesakes import state
from kg.extract.organizations import organization
from kg.extract.personhood import is_person
from kg.extract.typing_rules import kind_of_name
from kg.identity.names import acronym_of, country_parts, fold, organization_tokens, same_organization, same_person, strip_titles
from kg.resources import words

_ORGANIZATIONS = frozenset(("Organization", "MilitaryForce"))
_PLACES = frozenset(("Place", "Country", "Region", "City"))
_TOLD = 5  # votes of a mention whose class the text tells
_KIND_WORDS = 4  # "International Airport of" behind the short name
_SCENE = 3  # mentions make a country what the document is about
_ARTICLES = ("al-", "al ", "el-", "el ", "ash-", "as-")


@dataclass(eq=False, slots=True)
class Cluster:
    """The mentions of one thing in one document, in text order once the document is read."""

    type: str
    markables: list[Markable] = field(default_factory=list, init=False)
    country: gazetteer.Country | None = None
    named: bool = field(default=False, init=False)  # at least one mention is a name

    def add(self, markable: Markable) -> None:
        """Takes a markable in; it leaves no other cluster."""
        markable.cluster = self
        self.markables.append(markable)
        self.named = self.named or markable.kind == "name"

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
    people = _merge((g for g in groups if g.type == "Person"), same_person, person_keys, _relatives)
    scene = _scene(names)
    bodies = [g for g in groups if g.type in _ORGANIZATIONS and g.country is None]
    organizations = _merge(bodies, same_organization, organization_keys(g.name for g in bodies), lambda one, other: _namesake(one, other, scene))
    places = _merge((g for g in groups if g.type in _PLACES and g.country is None), _same_place, _place_keys, _city_and_state)
    facilities = _merge((g for g in groups if g.type == "Facility"), _same_facility, _facility_keys)
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
        if m.told and m.type == "Region" and state(m.text) is not None:
            key = f"region {key}"  # New York the state in one sentence, the city in another
        groups.setdefault(key, Cluster(m.type, country=m.country)).add(m)
        votes.setdefault(key, Counter())[m.type] += _TOLD if m.told else 2 if m.label else 1
    people = [c for key, c in groups.items() if votes[key].most_common(1)[0][0] == "Person"]
    surnames = {tail for c in people for m in c.markables for tail in _surnames(m.text)}
    for key, cluster in groups.items():
        cluster.type = max(sorted(votes[key]), key=votes[key].__getitem__)
        if cluster.country is not None:
            continue
        told = Counter(m.type for m in cluster.markables if m.told)
        if cluster.type == "Person":
            if told and "Person" not in told and key not in surnames and not is_person(cluster.markables):
                cluster.type = told.most_common(1)[0][0]  # the name finder saw a person in "software company X" and all that follows
        elif not told and (key in surnames or is_person(cluster.markables)):
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
    return [fold(" ".join(tail).rstrip(",")) for tail in tails if (len(tail[0]) > 2 or len(tail) > 1) and len(tail[-1]) > 2]


def _relatives(one: Cluster, other: Cluster) -> bool:
    """True for full names of which one is introduced as the kin of somebody: "her mother, Gloria Morgan Vanderbilt" is not Gloria Vanderbilt."""
    full = [[m for m in person.markables if len(strip_titles(m.text)[1].split()) > 1] for person in (one, other)]
    return all(full) and any(_is_kin(m) for names in full for m in names)


def _is_kin(name: Markable) -> bool:
    at = name.start - 1 - (name.start > 1 and name.doc[name.start - 1].text == ",")
    noun = name.doc[at].lower_ if at >= 0 else ""
    return noun in words("persons")["person noun"] and of_role(noun) is not None


def _city_and_state(one: Cluster, other: Cluster) -> bool:
    """True for a city and a region of one name, of which each was told."""
    return {one.type, other.type} == {"City", "Region"} and fold(one.name) == fold(other.name)


def _scene(names: Iterable[Markable]) -> str | None:
    """The country that the document names most."""
    counts = Counter(m.country.name for m in names if m.country is not None)
    most = max(sorted(counts), key=counts.__getitem__, default=None)
    return most if most is not None and counts[most] >= _SCENE else None


def _namesake(one: Cluster, other: Cluster, scene: str | None) -> bool:
    """True for the Senate of the country that the document is about, which it named before it came to "the U.S. Senate"."""
    foreign, plain = (one, other) if _countries(one) else (other, one)
    told = _countries(foreign)
    if scene is None or not told or scene in told or _countries(plain) or not _is_national(plain.name):
        return False
    return _first(plain) < _first(foreign)


def _countries(body: Cluster) -> set[str]:
    """The countries in its name."""
    return {country for _, country in country_parts(body.name) if country}


def _is_national(name: str) -> bool:
    """True for what every state has: a senate, a supreme court."""
    return not words("bodies", "identity")["national"].isdisjoint(organization_tokens(name)[-1:])


def _merge(
    clusters: Iterable[Cluster],
    same: Callable[[str, str], str | None],
    blocking: Blocking,
    apart: Callable[[Cluster, Cluster], bool] = lambda *_: False,
) -> list[Cluster]:
    """Joins each shorter name to the longer one it is a form of; a form that fits two different names joins the nearer one before it.

    In the news the bare surname of a family is that of the one it is about; a title ("Mrs. X") can say otherwise of a mention.
    """
    merged: list[Cluster] = []
    index = Index(blocking)
    for cluster in sorted(clusters, key=lambda c: (-len(c.name.split()), -len(c.name), c.name)):
        name = cluster.name
        candidates = [merged[number] for number in index.find(name)]
        reasons = [(other, reason) for other in candidates if (reason := same(other.name, name)) and not apart(other, cluster)]
        exact = [other for other, reason in reasons if "spelling" not in reason and reason != "one of the names"]  # "Wang" is not Li Wong
        fitting = exact or [other for other, _ in reasons]
        if not fitting:
            index.file(len(merged), name)
            merged.append(cluster)
            continue
        home = fitting[0] if len(fitting) == 1 else _nearest(fitting, cluster.markables[0])
        for m in cluster.markables:
            (home if len(fitting) == 1 or _may_be(home, m) else _nearest(fitting, m)).add(m)
        for number in index.find(name):  # fewer words may be more letters
            index.file(number, merged[number].name)
    return merged


def _absorb(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Joins short names across classes: acronyms, and unknown places whose name begins that of one body or building (Blenheim Palace)."""
    bodies = [c for c in clusters if c.type in _ORGANIZATIONS | {"Facility", "Work"} and c.country is None]
    index = Index(begin_keys)
    for number, body in enumerate(bodies):
        index.file(number, body.name)
    kept = []
    for cluster in clusters:
        homes = [bodies[n] for n in index.find(cluster.name) if bodies[n] is not cluster and _begins(bodies[n], cluster)]
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
        return acronym_of(short.name, body.name) and (body.type != "Work" or organization(short.name) is None)
    if body.type == "Work":
        return False
    if short.type not in ("City", "Place") or gazetteer.place(short.name) or gazetteer.regional(short.name):
        return False
    rest = fold(body.name).removeprefix(fold(short.name))
    return rest.startswith(" ") and len(rest.split()) < _KIND_WORDS and kind_of_name(body.name) is not None


def _place(markable: Markable) -> tuple[int, int]:
    return markable.paragraph, markable.start


def _first(cluster: Cluster) -> tuple[int, int]:
    """Where it is named first."""
    return min(map(_place, cluster.markables))


def _may_be(person: Cluster, name: Markable) -> bool:
    """False when the title before a mention says that it is the wife, not the husband."""
    gender = of_role(name.doc[name.start - 1].lower_) if name.start else None
    return gender is None or of_name(person.name) in (None, gender)


def _nearest(fitting: Sequence[Cluster], name: Markable) -> Cluster:
    """The last one named before of those that a title does not exclude, else the first one named after.

    A surname is that of whom the article named first, unless a relative takes over: the same paragraph tells of her or him by the full name.
    """
    at = _place(name)

    def distance(other: Cluster) -> tuple[bool, tuple[int, int]]:
        before = [_place(m) for m in other.markables if _place(m) < at]
        last = max(before) if before else _first(other)
        return (not before, (-last[0], -last[1]) if before else last)

    possible = [c for c in fitting if _may_be(c, name)] or fitting
    first = min(possible, key=_first)
    if first.type == "Person" and _first(first) < at:
        possible = [c for c in possible if c is first or _takes_over(c, at)]
    return min(possible, key=distance)


def _takes_over(person: Cluster, at: tuple[int, int]) -> bool:
    """True when the paragraph has told before of the person by the full name, and not only beside others or as somebody's kin."""
    return any(
        m.paragraph == at[0] and m.start < at[1] and m.head.dep_ != "conj" and not _is_kin(m) for m in person.markables if len(m.text.split()) > 1
    )


def _same_place(long: str, short: str) -> str | None:
    """Places merge by spelling without the Arabic article, and a kind in lower case behind the name ("Idlib province")."""
    a, b = _bare_place(long), _bare_place(short)
    if a == b:
        return "article or kind"
    one, other = gazetteer.regional(long), gazetteer.regional(short)
    return "adjective" if (one and one.name == short) or (other and other.name == long) else None


def _place_keys(name: str) -> Keys:
    """Keys for `_same_place`."""
    regional = gazetteer.regional(name)
    return alike([("bare", _bare_place(name)), ("name", name), *([("name", regional.name)] if regional else ())])


def _same_facility(long: str, short: str) -> str | None:
    """ "Didsbury mosque" is "Didsbury Mosque"; "the Erbil base" is not Erbil, which is no facility and never compared."""
    a, b = fold(long).replace("-", " "), fold(short).replace("-", " ")
    return "spelling" if a == b or (a.startswith(b + " ") and " " in b) else None


def _facility_keys(name: str) -> Keys:
    """Keys for `_same_facility`."""
    return alike([tuple(fold(name).replace("-", " ").split(" ", 2)[:2])])


def _bare_place(name: str) -> str:
    folded = fold(name)
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    tokens = name.split()
    if len(tokens) > 1 and tokens[-1][0].islower() and not gazetteer.country(" ".join(tokens[:-1])):
        folded = folded.rsplit(" ", 1)[0]
    return folded.replace("-", " ")

"""Which drafts of claims stay: leaves out what is said better elsewhere in the article, and what is nobody's doing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract.arguments import Argument
from kg.extract.frames import Predication
from kg.model import Modality
from kg.ontology import Ontology, Trigger
from kg.resources import words

HARM = frozenset(("killed", "injured"))  # what accidents and illness do as well
# A person stands in one way to a body or country, a place or body in one way to another: the best told of these stays.
STANDINGS = (
    frozenset(
        ("headOfState", "headOfGovernment", "ministerOf", "represents", "spokesmanOf", "leads", "worksFor", "memberOf", "affiliatedWith", "citizenOf")
    ),
    frozenset(("capitalOf", "locatedIn", "basedIn", "partOf", "subsidiaryOf", "deployedIn")),
    frozenset(("parentOf", "childOf", "siblingOf", "spouseOf", "relativeOf")),
)
VIOLENT = frozenset(("attacked", "invaded", "destroyed", "clashedWith", "abducted"))
_SURE = 0.75  # below, a word needs a subject to be believed
_DOUBTFUL = 0.6  # below, the word most often means something else
_PLAIN = 0.8  # below, a violent word beside an accident tells of the accident

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is judged: modality, sources and time come later.

    `implicit` marks an argument taken from elsewhere, `probability` is the model's for relations that it knows.
    """

    paragraph: int
    predication: Predication
    entry: Trigger
    subject: Argument | None
    object: Argument | None
    instruments: tuple[Argument, ...] = ()
    implicit: bool = False
    probability: float | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Where the trigger stands."""
        return self.paragraph, self.predication.trigger.i

    def modality(self, sentence: Modality) -> Modality:
        """What its entry tells by itself ("plan to"), else that of the sentence."""
        return sentence if self.entry.modality == "actual" else self.entry.modality

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence it stands in."""
        return self.paragraph, self.predication.trigger.sent.start

    @property
    def pair(self) -> Pair:
        """Whom it is about."""
        return _who(self.subject), _who(self.object)


Condition = Callable[[Draft], bool]


def _who(argument: Argument | None) -> int | None:
    return None if argument is None else id(argument.cluster)


def select(drafts: Sequence[Draft], ontology: Ontology) -> list[Draft]:
    """The drafts that stay, in order."""
    article = Article(drafts, ontology)
    return [d for d in drafts if article.objection(d) is None]


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that stay, in order, when each has its probability: of several standings of the same two, whichever way round, the likeliest."""
    best: dict[tuple[frozenset[int | None], int], tuple[float, str, Pair]] = {}
    for d in drafts:
        if (key := _standing(d)) and (key not in best or (d.probability or 0.0) > best[key][0]):
            best[key] = d.probability or 0.0, d.entry.relation, d.pair
    return [d for d in drafts if (key := _standing(d)) is None or best[key][1:] == (d.entry.relation, d.pair)]


def _standing(draft: Draft) -> tuple[frozenset[int | None], int] | None:
    number = next((n for n, names in enumerate(STANDINGS) if draft.entry.relation in names), None)
    return None if number is None or draft.probability is None else (frozenset(draft.pair), number)


class Article:
    """What the drafts of an article say together; each condition is True of a draft that has to go."""

    def __init__(self, drafts: Iterable[Draft], ontology: Ontology) -> None:
        self._more_special: dict[Pair, set[str]] = {}
        self._office: set[int | None] = set()
        self._roles: set[Pair] = set()
        self._placed: set[int | None] = set()
        self._based: set[int | None] = set()
        self._busy: set[int | None] = set()
        self._surest: dict[tuple[tuple[int, int], Pair], float] = {}
        self._violent: set[tuple[int, int]] = set()
        self._harmed: set[tuple[int, int]] = set()
        self._told: dict[tuple[str, tuple[int, int]], bool] = {}
        self._fatal: set[tuple[tuple[int, int], int | None]] = set()
        for d in drafts:
            relation, frame = d.entry.relation, d.entry.frame
            subject, object_ = d.pair
            if not d.implicit:
                self._more_special.setdefault(d.pair, set()).update(ontology.ancestors(relation)[1:])
            if d.entry.predicate == "role":
                self._roles.add(d.pair)
                self._office |= set() if d.implicit else {subject}
            if d.entry.predicate != "structure":
                self._busy |= {subject, object_}
            if relation == "locatedIn" and frame in ("NounPreposition", "PlaceChain"):
                self._placed.add(subject)
            if relation == "basedIn" and frame in ("Nationality", "Genitive"):
                self._based.add(subject)
            if relation in VIOLENT:
                self._violent.add(d.sentence)
            if relation in HARM and frame != "Undergoer":
                self._harmed.add(d.sentence)
            self._surest[d.key, d.pair] = max(d.entry.confidence, self._surest.get((d.key, d.pair), 0.0))
            if relation == "killed":
                self._fatal.add((d.key, object_))
        self.conditions: tuple[Condition, ...] = (
            self.is_general,
            self.is_idle,
            self.is_superseded,
            self.is_office,
            self.is_based_elsewhere,
            self.lies_elsewhere,
            self.is_natural,
            self.is_weak,
            self.is_death,
            self.is_unlikely,
            self.is_sport,
        )

    def objection(self, draft: Draft) -> Condition | None:
        """The first condition for which a draft has to go; its docstring says why."""
        return next((condition for condition in self.conditions if condition(draft)), None)

    def is_general(self, d: Draft) -> bool:
        """A more special relation is told of the same two."""
        return d.entry.relation in self._more_special.get(d.pair, ())

    def is_idle(self, d: Draft) -> bool:
        """A construction says something of a thing without a name, and not where the scene of an event lies."""
        unnamed = d.entry.predicate == "structure" and d.subject is not None and not d.subject.cluster.named
        return unnamed and (d.pair[0] not in self._busy or d.entry.relation != "locatedIn")

    def is_superseded(self, d: Draft) -> bool:
        """A whole taken from the article, where the text tells the holder's office in words."""
        return d.implicit and d.subject is not None and d.pair[0] in self._office

    def is_office(self, d: Draft) -> bool:
        """Citizenship or home of somebody who holds an office there."""
        return d.entry.predicate == "structure" and d.pair in self._roles

    def is_based_elsewhere(self, d: Draft) -> bool:
        """ "US forces in Iraq" are based in the United States."""
        return d.entry.relation == "basedIn" and d.entry.frame == "NounPreposition" and d.pair[0] in self._based

    def lies_elsewhere(self, d: Draft) -> bool:
        """ "The American base in Iraq" lies in Iraq."""
        return d.entry.relation == "locatedIn" and d.entry.frame == "Nationality" and d.pair[0] in self._placed

    def is_natural(self, d: Draft) -> bool:
        """Death or damage without a doer, in a sentence about an accident or illness."""
        relation = d.entry.relation
        if d.entry.frame == "Undergoer" and d.sentence not in self._violent | self._harmed:
            return True
        if d.subject is not None:
            return False
        doubtful = (relation in HARM and d.sentence not in self._violent) or (relation in VIOLENT and d.entry.confidence < _PLAIN)
        return doubtful and self._tells_of("accident", d)

    def is_weak(self, d: Draft) -> bool:
        """A word of many meanings without a doer; "a bomb exploded" has one meaning."""
        exploded = d.object is None and any(i.type == "Weapon" for i in d.instruments)
        return d.subject is None and not exploded and d.entry.confidence < _SURE and d.entry.frame != "Undergoer"

    def is_death(self, d: Draft) -> bool:
        """ "Shot dead" is a killing and no attack beside it."""
        return d.entry.relation == "attacked" and (d.key, d.pair[1]) in self._fatal

    def is_unlikely(self, d: Draft) -> bool:
        """The same word tells something surer of the same two: who beat a rival by votes has not hit him."""
        return d.entry.confidence < _DOUBTFUL and d.entry.confidence < self._surest[d.key, d.pair]

    def is_sport(self, d: Draft) -> bool:
        """A clash or attack told in the words of a match."""
        rough = d.entry.relation == "clashedWith" or (d.entry.relation in VIOLENT and d.entry.confidence < _PLAIN)
        return rough and self._tells_of("sport", d)

    def _tells_of(self, subject: str, d: Draft) -> bool:
        """True when its sentence has a word of the list."""
        key = (subject, d.sentence)
        if key not in self._told:
            self._told[key] = any(t.lemma_.lower() in words("phrases")[subject] for t in d.predication.trigger.sent)
        return self._told[key]

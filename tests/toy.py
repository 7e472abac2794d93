"""Small records built by hand, for the tests of whatever comes behind extraction. All people and places are invented."""

import hashlib
from dataclasses import dataclass, field, replace

from kg.model import Claim, Document, Entity, Event, Extraction, Mention, Quote, Span, Time, document_json

NAMES = {
    "force/black-guard": ("MilitaryForce", "Black Guard", ("the Guard",)),
    "facility/zenda-bridge": ("Facility", "Zenda Bridge", ("the bridge",)),
    "city/zenda": ("City", "Zenda", ()),
    "region/west-march": ("Region", "West March", ()),
    "country/ruritania": ("Country", "Ruritania", ("Ruritanian",)),
    "country/grauland": ("Country", "Grauland", ()),
    "organization/ministry-of-war": ("Organization", "Ministry of War", ("the ministry",)),
    "organization/morning-post": ("Organization", "Morning Post", ()),
    "person/anna-vogel": ("Person", "Anna Vogel", ("Vogel",)),
    "person/karl-stein": ("Person", "Karl Stein", ("Stein",)),
    "person/ida-brandt": ("Person", "Ida Brandt", ()),
    "person/otto-hahnel": ("Person", "Otto Hahnel", ()),
    "weapon/mortars": ("Weapon", "mortars", ()),
    "group/nine-people": ("Group", "Nine people", ()),
}


@dataclass
class Toy:
    """Collects the parts of a record; offsets are looked up in the text."""

    ident: str
    text: str
    title: str
    published: str
    source: str | None = None
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    def span(self, words: str, within: Span | None = None) -> Span:
        start = self.text.index(words, within.start if within else 0)
        return Span(start, start + len(words), words)

    def sentence(self, trigger: str) -> Span:
        """The sentence in which the trigger stands; sentences are lines."""
        at = self.text.index(trigger)
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return Span(start, end, self.text[start:end])

    def claim(self, subject: str | None, relation: str, object_: str | None, trigger: str, **more: object) -> str:
        known = {"modality": "actual", "attributed_to": (), "confidence": 0.9, **more}
        ident = "c-" + hashlib.sha256(f"{self.ident} {len(self.claims)}".encode()).hexdigest()[:12]
        claim = Claim(
            id=ident,
            subject=subject,
            relation=relation,
            object=object_,
            evidence=self.sentence(trigger),
            subject_span=None,
            object_span=None,
            trigger=self.span(trigger),
            rule=f"{relation}/Transitive/{trigger}",
            **known,  # type: ignore[arg-type]
        )
        self.claims.append(claim)
        return ident

    def event(self, kind: str, trigger: str, roles: dict[str, tuple[str, ...]], **more: object) -> str:
        ident = "v-" + hashlib.sha256(f"{self.ident} {len(self.events)}".encode()).hexdigest()[:12]
        known = {"modality": "actual", "evidence": self.sentence(trigger), **more}
        self.events.append(Event(ident, kind, self.span(trigger), roles, **known))  # type: ignore[arg-type]
        return ident

    def quote(self, words: str, speaker: str | None, direct: bool = True) -> None:
        span = self.span(words)
        self.quotes.append(Quote(span.start, span.end, words, direct, speaker))

    def document(self) -> Document:
        return Document(self.ident, self.text, self.title, self.published, self.source)

    def extraction(self) -> Extraction:
        document = self.document()
        entities = tuple(entity for ident in NAMES if (entity := self._entity(ident)).mentions)
        known = {**document_json(document), "pipeline": "toy 1"}
        return Extraction(known, entities, tuple(self.claims), tuple(self.events), tuple(self.quotes))

    def _entity(self, ident: str) -> Entity:
        kind, name, aliases = NAMES[ident]
        mentions = []
        for words in (name, *aliases):
            at = self.text.find(words)
            while at >= 0:
                mentions.append(Mention(at, at + len(words), words, "nominal" if words.startswith("the ") else "name"))
                at = self.text.find(words, at + len(words))
        links = ("https://places.example/11",) if ident == "city/zenda" else ()
        return Entity(ident, kind, name, tuple(sorted(aliases)), links, tuple(sorted(mentions)))


def shelling() -> Extraction:
    """An article about an attack: claims of every modality, attribution, roles, places, a quotation."""
    return _shelling().extraction()


def document() -> Document:
    """The article about the attack before it is read."""
    return _shelling().document()


def _shelling() -> Toy:
    toy = Toy(
        "a",
        "The Black Guard shelled the Zenda Bridge with mortars on Friday, the Ministry of War said.\n"
        "The fire killed the engineer Otto Hahnel and two soldiers.\n"
        "Anna Vogel, a spokeswoman for the ministry, said Ruritania had not bombarded Grauland.\n"
        "The bridge lies in Zenda, a town in the West March, a province of Ruritania.\n"
        "President Karl Stein of Ruritania threatened to invade Grauland.\n"
        "“We will rebuild the bridge,” Vogel said.\n",
        "Bridge shelled",
        "2024-03-08",
        "https://news.example/a",
    )
    friday = Time("on Friday", "2024-03-08", "day")
    guard, bridge, ministry, vogel = "force/black-guard", "facility/zenda-bridge", "organization/ministry-of-war", "person/anna-vogel"
    ruritania, grauland, stein = "country/ruritania", "country/grauland", "person/karl-stein"
    roles = {"agent": (guard,), "target": (bridge,), "instrument": ("weapon/mortars",), "place": ("city/zenda",)}
    attack = toy.event("Attack", "shelled", roles, time=friday, attributed_to=(ministry,), mentions=(toy.span("fire"),))
    toy.claim(guard, "attacked", bridge, "shelled", attributed_to=(ministry,), event=attack, confidence=0.95)
    killing = toy.event(
        "Killing", "killed", {"agent": (guard,), "target": ("person/otto-hahnel",)}, time=friday, counts={"deathCount": 3}, part_of=attack
    )
    toy.claim(guard, "killed", "person/otto-hahnel", "killed", event=killing)
    toy.claim(vogel, "spokesmanOf", ministry, "spokeswoman", title="spokeswoman")
    toy.claim(ruritania, "attacked", grauland, "bombarded", modality="negated", attributed_to=(vogel,), cues=("not",))
    toy.claim(bridge, "locatedIn", "city/zenda", "lies")
    toy.claim("city/zenda", "locatedIn", "region/west-march", "town")
    toy.claim("region/west-march", "locatedIn", ruritania, "province")
    toy.claim(stein, "headOfState", ruritania, "President", title="President")
    threat = toy.event("Invasion", "invade", {"agent": (stein,), "target": (grauland,)}, modality="possible")
    toy.claim(stein, "invaded", grauland, "invade", modality="possible", cues=("threatened",), event=threat, confidence=0.6)
    toy.quote("“We will rebuild the bridge,”", vogel)
    return toy


def denial() -> Extraction:
    """An article that contradicts the first, with nested sources, a meeting, a time that is a week and an unknown agent."""
    toy = Toy(
        "b",
        "The Black Guard denied having fired at the Zenda Bridge.\n"
        "Karl Stein met Ida Brandt, prime minister of Grauland, in Zenda on Saturday.\n"
        "The Morning Post reports that the Ministry of War confirmed that the Guard had slain Otto Hahnel.\n"
        "Nine people were wounded last week.\n",
        "Guard denies it",
        "2024-03-10T09:30:00Z",
        "wire/b.txt",
    )
    guard, stein, brandt = "force/black-guard", "person/karl-stein", "person/ida-brandt"
    toy.claim(guard, "attacked", "facility/zenda-bridge", "fired", modality="negated", attributed_to=(guard,), cues=("denied",))
    saturday = Time("on Saturday", "2024-03-09", "day")
    meeting = toy.event("Meeting", "met", {"agent": (stein,), "target": (brandt,), "place": ("city/zenda",)}, time=saturday)
    toy.claim(stein, "metWith", brandt, "met", event=meeting)
    toy.claim(brandt, "headOfGovernment", "country/grauland", "prime minister", title="prime minister")
    sources = ("organization/morning-post", "organization/ministry-of-war")
    toy.claim(guard, "killed", "person/otto-hahnel", "slain", attributed_to=sources)
    week = Time("last week", "2024-W09", "week")
    wounding = toy.event("Injury", "wounded", {"target": ("group/nine-people",)}, time=week, counts={"injuredCount": 9})
    toy.claim(None, "injured", "group/nine-people", "wounded", event=wounding, confidence=0.8)
    return toy.extraction()


def retold(ident: str, *, dead: int) -> Extraction:
    """The attack as another newspaper tells it, with a death toll of its own."""
    base = shelling()
    events = tuple(replace(e, id=f"{e.id}-{ident}", counts={"deathCount": dead} if e.counts else {}) for e in base.events)
    claims = tuple(replace(c, id=f"{c.id}-{ident}", event=c.event and f"{c.event}-{ident}") for c in base.claims)
    head = {**base.document, "id": ident, "sha256": ident * 64, "source": f"https://{ident}.example/"}
    return replace(base, document=head, events=events, claims=claims)


def extractions() -> list[Extraction]:
    """Both articles."""
    return [shelling(), denial()]

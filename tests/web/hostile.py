"""A record whose every text tries to run, to leave its place in the page, or to be a formula."""

from kg.model import Claim, Document, Entity, Event, Extraction, Mention, Quote, Span, document_json

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("https://evil.example","x")'
IDENT = "../<script>/a?b#c d%2f//e"


def document() -> Document:
    """The article."""
    return Document(IDENT, f"{SCRIPT} attacked {FORMULA}.", SCRIPT, None, "javascript:alert(3)")


def extraction() -> Extraction:
    """What it says."""
    text = document().text
    attacker, target = (_entity(f"person/{name}", name, text) for name in (SCRIPT, FORMULA))
    at = text.index("attacked")
    trigger, whole = Span(at, at + 8, "attacked"), Span(0, len(text), text)
    event = Event("v-<b>", "Attack", trigger, {"agent": (attacker.id,), "target": (target.id,)}, "actual", (attacker.id,), evidence=whole)
    claim = Claim(
        id="c-<b>",
        subject=attacker.id,
        relation="attacked",
        object=target.id,
        modality="actual",
        attributed_to=(attacker.id,),
        evidence=whole,
        subject_span=Span(0, len(SCRIPT), SCRIPT),
        object_span=None,
        trigger=trigger,
        confidence=0.9,
        rule=SCRIPT,
        event=event.id,
        title=SCRIPT,
    )
    return Extraction(document_json(document()), (attacker, target), (claim,), (event,), (Quote(0, len(text), text, True, attacker.id),))


def _entity(ident: str, name: str, text: str) -> Entity:
    at = text.index(name)
    return Entity(ident, "Person", name, (f"{name}!",), ("javascript:alert(4)",), (Mention(at, at + len(name), name),))

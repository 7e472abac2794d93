"""Articles with people who may be one, as far as the rules know."""

from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Extraction, Mention, Span

PEOPLE = (("J. Smith", "Anna Berg"), ("John Smith", "Anna Berg"), ("Paul Moreau", "Mara Lind"), ("Moreau", "Mara Lind"))


def extractions() -> list[Extraction]:
    """Two pairs that the rules leave open: an initial, and a surname alone."""
    return [_article(number, *people) for number, people in enumerate(PEOPLE)]


def _article(number: int, one: str, other: str) -> Extraction:
    text = f"{one} met {other} in the old harbour."
    spans = [Span(at := text.index(name), at + len(name), name) for name in (one, other)]
    entities = tuple(Entity(f"e-{n}", "Person", span.text, mentions=(Mention(span.start, span.end, span.text),)) for n, span in enumerate(spans))
    trigger, whole = Span(len(one) + 1, len(one) + 4, "met"), Span(0, len(text), text)
    claim = Claim(f"c-pair-{number}", "e-0", "metWith", "e-1", "actual", (), whole, *spans, trigger, 0.9, "metWith/Reciprocal/meet")
    head = {
        "id": f"news/{number}",
        "title": f"Article {number}",
        "published": f"2024-03-0{number + 1}",
        "sha256": f"{number}" * 64,
        "length": len(text),
    }
    return resolve(Extraction(head, entities, (claim,)))

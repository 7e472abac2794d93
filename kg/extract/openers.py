"""Common words that owe their capital to the beginning of a sentence: "Oxygen fills the tank", "Time just passed by"."""

from collections.abc import Sequence

from kg.extract import speech
from kg.extract.mentions import Markable
from kg.extract.organizations import organization
from kg.resources import words


def without_openers(found: Sequence[list[Markable]]) -> list[list[Markable]]:
    """The names of each paragraph without the common words that have a capital only where a sentence begins, in all of the document."""
    within = {name.text for here in found for name in here if not _opens(name)}
    return [[name for name in here if name.text in within or not _is_common(name)] for here in found]


def _opens(name: Markable) -> bool:
    return bool(name.doc[name.start].is_sent_start)


def _is_common(name: Markable) -> bool:
    """True for one word that the news writes in small letters, is no known body, and does not speak as a paper does ("Time reported")."""
    if not name.text.istitle() or name.text.lower() not in words("common")["common"] or organization(name.text) is not None:
        return False
    speaks = name.label == "ORG" and name.head.dep_ == "nsubj" and speech.is_say(name.head.head, "say")
    return name.country is None and not name.told and not speaks

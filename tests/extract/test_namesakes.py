"""A name that a city and the state around it share."""

import pytest

from kg.extract import Extractor
from kg.identity.resolve import resolve
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A fire broke out in Buffalo, New York.", "new-york-state"),
        ("Attorneys general from Maine, New York, New Jersey and Delaware sued.", "new-york-state"),
        ("She is the junior Senator from New York.", "new-york-state"),
        ("New York Governor Ana Ruiz spoke in Albany.", "new-york-state"),
        ("He flew from London to New York on Monday.", "new-york-city"),
        ("They played in Chicago, New York and Boston.", "new-york-city"),
        ("Washington Governor Ana Ruiz spoke on Monday.", "washington"),
    ],
)
def test_which_of_both_is_meant(extractor: Extractor, text: str, place: str) -> None:
    found = [each.id for each in resolve(extractor.extract(Document("d", text))).entities]
    assert f"place/{place}" in found, f"{text!r} gave {found}"


def test_both_may_stand_in_one_article(extractor: Extractor) -> None:
    text = "The governor of New York flew to London. He had been in New York on Monday."
    found = {each.id: each.type for each in resolve(extractor.extract(Document("d", text))).entities}
    assert found.get("place/new-york-state") == "Region", found
    assert found.get("place/new-york-city") == "City", found

"""Whom the record names as the speaker."""

import pytest

from kg.extract import Extractor
from kg.model import Document


def speakers(extractor: Extractor, text: str) -> list[str | None]:
    extraction = extractor.extract(Document("case", text))
    return [None if q.speaker is None else extraction.entity(q.speaker).name for q in extraction.quotes]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('First Minister of Scotland Moira Bell said via Twitter, "The ruling is a disgrace."', "Moira Bell"),
        ("According to Ohio Senator Ann Lee, the bridge is safe.", "Ann Lee"),
        ('The judge presiding over the case, Ann Lee, said, "You have failed."', "Ann Lee"),
        ("The mother of victim Ann Lee said the driver fled.", "The mother"),
        ("A spokesman for President Joe Biden said the talks were over.", "A spokesman"),
        ("A lawyer for the family of Ann Lee said it was over.", "A lawyer"),
    ],
)
def test_a_title_gives_its_bearer_and_whom_one_speaks_for_does_not_speak(extractor: Extractor, text: str, speaker: str) -> None:
    assert speaker in speakers(extractor, text), f"{speaker} speaks in {text!r}; found {speakers(extractor, text)}"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Amnesty International released a statement which said, "Nobody was charged."', "Amnesty International"),
        ("The rate had reached 95%, according to Interpol data.", "Interpol"),
        ("According to data from the World Bank, exports fell.", "World Bank"),
        ("The Pentagon's website says that three men died.", "Pentagon"),
        ('Le Monde quoted Ann Lee as saying "the bridge is safe for now".', "Ann Lee"),
    ],
)
def test_a_text_speaks_for_its_author(extractor: Extractor, text: str, speaker: str) -> None:
    assert speaker in speakers(extractor, text), f"{speaker} speaks in {text!r}; found {speakers(extractor, text)}"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A new poll says that three of four voters want a change.", "A new poll"),
        ("One questioner claimed that the vote was rigged.", "One questioner"),
    ],
)
def test_texts_without_an_author_and_people_without_a_name_speak(extractor: Extractor, text: str, speaker: str) -> None:
    assert speaker in speakers(extractor, text), f"{speaker} speaks in {text!r}; found {speakers(extractor, text)}"


def test_the_government_is_the_country_that_stands_out(extractor: Extractor) -> None:
    found = speakers(extractor, "Chile closed its schools. Storms hit Chile on Monday. The government said that two people were missing.")
    assert "Chile" in found, f"the government is Chile's; found {found}"

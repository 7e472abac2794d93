"""No two names that a rule joins miss each other, and in a list of a thousand names few have to be compared."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.blocking import Index, organization_keys, person_keys
from kg.identity.names import same_organization, same_person

PERSON = [
    "Bill",
    "William",
    "Bob",
    "Robert",
    "Ann",
    "Anna",
    "Anne",
    "Mohammed",
    "Muhammad",
    "Qassem",
    "Qassim",
    "Jean-Paul",
    "Xi",
    "Kim",
    "A.",
    "J.",
    "Al-Asad",
    "al-Asad",
    "de",
    "van",
    "der",
    "bin",
    "Jr.",
    "Sr.",
    "President",
    "Gen.",
    "Maj.",
    "Mrs.",
    "Soleimani",
    "Suleimani",
    "Smith",
    "Smyth",
    "Smiht",
    "Johnson",
    "Jonson",
    "Chirac",
    "Chriac",
    "Chávez",
    "Chavez",
    "Gaddafi",
    "Qaddafi",
    "O'Neill",
    "O’Neil",
    "Lee",
    '"Bob"',
    "(Ann)",
    "é",
]
BODY = [
    "US",
    "U.S.",
    "American",
    "Iran",
    "Iranian",
    "Iraq's",
    "Russia",
    "of",
    "for",
    "the",
    "on",
    "and",
    "&",
    "Bank",
    "World",
    "Ministry",
    "Minister",
    "Defense",
    "Defence",
    "Department",
    "Foreign",
    "Affairs",
    "Army",
    "Corps",
    "Guard",
    "Guards",
    "Revolutionary",
    "Islamic",
    "IRGC",
    "CNN",
    "FBI",
    "Federal",
    "Bureau",
    "Investigation",
    "U.N.",
    "United",
    "Nations",
    "Philippines",
    "Institute",
    "Institution",
    "Scripps",
    "Labour",
    "Labor",
    "Party",
    "Company",
    "Co.",
    "Inc.",
    "Technologies,",
    "(Acme)",
    "Acme",
    "Apple",
    "New",
    "York",
    "Times",
    "WHO",
    "Health",
    "Organization",
    "Organisation",
    "NATO",
    "DoD",
]
people = st.lists(st.sampled_from(PERSON) | st.text("abé'.- A", min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)
bodies = st.lists(st.sampled_from(BODY) | st.text("abé'.- A", min_size=1, max_size=3), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=150)
@given(st.lists(people, min_size=2, max_size=12, unique=True))
def test_people_who_may_be_one_meet(names: list[str]) -> None:
    for one, other in permutations(names, 2):
        if same_person(one, other):
            assert person_keys(one).filed & person_keys(other).asked, f"{one!r} and {other!r} do not meet"


@settings(max_examples=150)
@given(st.lists(bodies, min_size=2, max_size=12, unique=True))
def test_bodies_that_may_be_one_meet(names: list[str]) -> None:
    keys = organization_keys(names)
    for one, other in permutations(names, 2):
        if same_organization(one, other):
            assert keys(one).filed & keys(other).asked, f"{one!r} and {other!r} do not meet"


@pytest.mark.parametrize(
    ("form", "people"),
    [("Anna {}son", True), ("{}son Smith", True), ("Maria de {}son", True), ("Bank of {}son", False), ("{}son Ministry of Foreign Affairs", False)],
)
def test_few_names_of_many_are_compared(form: str, people: bool) -> None:
    names = [form.format("".join(letters).capitalize()) for letters in permutations("abdegiu", 4)]
    index = Index(person_keys if people else organization_keys(names))
    for number, name in enumerate(names):
        index.file(number, name)
    met = sum(len(index.find(name)) for name in names)
    assert met < len(names) * len(names) / 4, f"{form}: {met / len(names):.0f} of {len(names)} each"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.names import acronym_of, fold, same_organization, same_person, strip_titles


@pytest.mark.parametrize(
    ("name", "title", "bare"),
    [
        ("Maj. Gen. Qassim Suleimani", "Maj. Gen.", "Qassim Suleimani"),
        ("US Defense Secretary Mark Esper", "US Defense Secretary", "Mark Esper"),
        ("Secretary of State Mike Pompeo", "Secretary of State", "Mike Pompeo"),
        ("Pentagon spokesman Jonathan Hoffman", "Pentagon spokesman", "Jonathan Hoffman"),
        ("former US President Barack Obama", "former US President", "Barack Obama"),
        ("Chief Justice John Roberts", "Chief Justice", "John Roberts"),
        ("Grand Ayatollah Ali al-Sistani", "Grand Ayatollah", "Ali al-Sistani"),
        ("Mr Soleimani", "Mr", "Soleimani"),
        ("Sheikh Hasina", "Sheikh", "Hasina"),
        ("Jonathan Hoffman's", "", "Jonathan Hoffman"),
        ("John Major", "", "John Major"),
        ("Stephen King", "", "Stephen King"),
        ("Don Imus", "", "Don Imus"),
        ("Prime Minister", "Prime Minister", ""),
        ("", "", ""),
    ],
)
def test_titles_are_no_part_of_the_name(name: str, title: str, bare: str) -> None:
    assert strip_titles(name) == (title, bare)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("the U.S.'s", "us"),
        ("Al-Asad", "al asad"),
        ("Nukuʻalofa", "nuku'alofa"),
        ("São  Paulo", "sao paulo"),
        ("The Hague", "hague"),
        ("Mark T. Esper", "mark t esper"),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Qassem Soleimani", "Maj. Gen. Qassim Suleimani", "spelling"),
        ("Qassem Soleimani", "Soleimani", "surname"),
        ("Maj. Gen. Qassim Suleimani", "Soleimani", "surname, spelling"),
        ("Qassem Soleimani", "Mr Soleimani", "surname"),
        ("Mark T. Esper", "Mark Esper", "middle names"),
        ("J. Edgar Hoover", "John Hoover", "initials"),
        ("Bill Clinton", "William J. Clinton", "nickname"),
        ("Kim Jong Un", "Kim", "surname"),
        ("Trump-Biden", "Biden", None),
        ("Alexandria Ocasio-Cortez", "Ocasio-Cortez", "short form"),
        ("Doris Day Show", "Doris Day", None),
        ("Nobel Prize", "Nobel", None),
        ("Kim Jong-un", "Kim Jong Un", "same name"),
        ("Sheikh Hasina", "Hasina", "same name"),
        ("Abu Bakr al-Baghdadi", "Baghdadi", "surname"),
        ("Abu Bakr al-Baghdadi", "al-Baghdadi", "short form"),
        ("Muammar Gaddafi", "Moammar Qaddafi", "spelling"),
        ("Luis Carlos Galan Sarmiento", "Galan", "one of the names"),
        ("Salman Abedi", "Salman", "given name"),
        ("Jacques Chirac", "Chriac", "surname, spelling"),
        ("Zachary", "Zach", "nickname"),
    ],
)
def test_variants_of_one_person(a: str, b: str, reason: str) -> None:
    assert same_person(a, b) == reason
    assert same_person(b, a) == reason, "the order must not matter"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hassan Soleimani", "Qassem Soleimani"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Michael Brown", "Michelle Brown"),
        ("Vladimir Putin", "Volodymyr Zelensky"),
        ("George W. Bush", "George H. W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Hassan", "Saddam Hussein"),
        ("Ben Kane", "Paul Kane"),
        ("", "Soleimani"),
    ],
)
def test_namesakes_stay_apart(a: str, b: str) -> None:
    assert same_person(a, b) is None
    assert same_person(b, a) is None


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("IRGC", "Islamic Revolutionary Guard Corps", True),
        ("U.N.", "United Nations", True),
        ("DoD", "Department of Defense", True),
        ("AFP", "Agence France-Presse", True),
        ("USGS", "US Geological Survey", True),
        ("FBI", "Iraqi Federal Bureau of Investigation", True),
        ("SDF", "Syrian Democratic Forces (SDF)", True),
        ("Un", "Union", False),
        ("UN", "United", False),
        ("IRGC", "Islamic Republic", False),
    ],
)
def test_acronyms(short: str, long: str, fits: bool) -> None:
    assert acronym_of(short, long) is fits


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("US Defense Department", "Defence Department", "country"),
        ("US Defence Department", "Pentagon", "alias"),
        ("Islamic Revolutionary Guard Corps", "Revolutionary Guards", "alias"),
        ("Zed Valley Water Board", "ZVWB", "acronym"),
        ("Ministry of Health", "Health Ministry", "word order"),
        ("Boeing Company", "Boeing", "short form"),
        ("New York Times", "Times", "short form"),
        ("National Transportation Safety Board", "Safety Board", "short form"),
        ("Iraq's Joint Military Command", "Joint Military Command", "country"),
        ("US Senate", "Senate", "country"),
        ("Supreme Court of India", "Supreme Court", "country"),
        ("House of Representatives", "House", "head"),
        ("Global Coalition to Counter Daesh", "Coalition", "head"),
        ("House Oversight and Reform Committee", "Oversight Committee", "some of the words"),
        ("the Labour Party", "Labour Party", "same name"),
    ],
)
def test_variants_of_one_organisation(a: str, b: str, reason: str) -> None:
    assert same_organization(a, b) == reason
    assert same_organization(b, a) == reason, "the order must not matter"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("US", "UK Defence Department"),
        ("Iraqi Defence Ministry", "Iranian Defence Ministry"),
        ("UN", "UN Security Council"),
        ("White House", "White House Correspondents Association"),
        ("CNN", "CNN Philippines"),
        ("Acme", "Acme Enterprise Server"),
        ("Maryland Democratic Party", "Democratic Party"),
        ("Hezbollah", "Kataib Hezbollah"),
        ("University of Washington", "Washington Post"),
        ("Thames Valley Police", "British Transport Police"),
    ],
)
def test_like_named_organisations_stay_apart(a: str, b: str) -> None:
    assert same_organization(a, b) is None
    assert same_organization(b, a) is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparison_is_symmetric_and_never_fails(a: str, b: str) -> None:
    assert (same_person(a, b) is None) == (same_person(b, a) is None)
    assert (same_organization(a, b) is None) == (same_organization(b, a) is None)

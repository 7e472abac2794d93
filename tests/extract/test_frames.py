"""Roles and structures: one construction a case, whatever the words."""

from collections.abc import Callable

import pytest

Fact = tuple[str | None, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("NATO spokeswoman Anna Holm spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="title with compound"),
        pytest.param("The spokeswoman of NATO, Anna Holm, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="name behind the phrase"),
        pytest.param("Anna Holm, a spokeswoman for NATO, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="apposition"),
        pytest.param("Anna Holm, 41, a spokeswoman for NATO, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="apposition behind an age"),
        pytest.param("Anna Holm is a spokeswoman for NATO.", ("Anna Holm", "spokesmanOf", "NATO"), id="copula"),
        pytest.param("Anna Holm, who is a spokeswoman for NATO, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="relative clause"),
        pytest.param("Anna Holm works as a spokeswoman for NATO.", ("Anna Holm", "spokesmanOf", "NATO"), id="as"),
        pytest.param("NATO's spokeswoman, Anna Holm, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), id="possessive"),
        pytest.param("The Mayor of London Sadiq Khan spoke.", ("Sadiq Khan", "leads", "London"), id="name behind the whole"),
        pytest.param("US Secretary of State Colin Powell spoke.", ("Colin Powell", "ministerOf", "United States"), id="role of several words"),
        pytest.param("French President Emmanuel Macron spoke.", ("Emmanuel Macron", "headOfState", "France"), id="adjective of a country"),
        pytest.param("Senegalese singer Awa Diop died.", ("Awa Diop", "citizenOf", "Senegal"), id="nationality"),
        pytest.param("The fire broke out in Lyon, France.", ("Lyon", "locatedIn", "France"), id="place, place"),
        pytest.param("Troops entered the Iraqi city of Mosul.", ("Mosul", "locatedIn", "Iraq"), id="kind and name"),
        pytest.param("Iran's Revolutionary Guard marched.", ("Revolutionary Guard", "basedIn", "Iran"), id="organisation of a country"),
        pytest.param("The US Coast Guard helped.", ("US Coast Guard", "basedIn", "United States"), id="country within a name"),
        pytest.param("Republican Senator Susan Collins spoke.", ("Susan Collins", "memberOf", "Republican"), id="party before a person"),
    ],
)
def test_construction(facts: Callable[[str], set[Fact]], text: str, expected: Fact) -> None:
    found = facts(text)
    assert expected in found, f"expected {expected} in {text!r}; found {sorted(map(str, found))}"


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        pytest.param("Nurses in Paris, London and Rome went on strike.", ("Paris", "locatedIn", "London"), id="a list of cities is no chain"),
        pytest.param("Bill Weld, the former governor of Massachusetts, spoke.", ("Bill Weld", "livesIn", "Massachusetts"), id="office is no home"),
        pytest.param("Police guarded the US embassy in Cairo.", ("US embassy", "locatedIn", "United States"), id="embassies lie abroad"),
        pytest.param(
            "Republican President George Bush spoke.", ("George Bush", "leads", "Republican"), id="a president leads no party by its adjective"
        ),
        pytest.param("French President Emmanuel Macron spoke.", ("Emmanuel Macron", "citizenOf", "France"), id="an office says it already"),
    ],
)
def test_nonsense_is_not_said(facts: Callable[[str], set[Fact]], text: str, unexpected: Fact) -> None:
    found = facts(text)
    assert unexpected not in found, f"{unexpected} must not be found in {text!r}"

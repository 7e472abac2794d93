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
        pytest.param("Susan Collins is a Republican.", ("Susan Collins", "memberOf", "Republican"), id="noun of a party"),
        pytest.param("Paul Kane and Mary Orr, both envoys of Canada, spoke.", ("Mary Orr", "represents", "Canada"), id="plural behind names"),
        pytest.param("Two Republican senators, Paul Kane and Mary Orr, left.", ("Mary Orr", "memberOf", "Republican"), id="plural before names"),
        pytest.param("Paul Kane has two sons, Tom Kane and Luke Kane.", ("Luke Kane", "childOf", "Paul Kane"), id="kin of a subject"),
        pytest.param(
            "Paul Kane is survived by his wife, Mary Kane, and a son, Tom Kane.", ("Tom Kane", "childOf", "Paul Kane"), id="kin share a possessive"
        ),
        pytest.param("Delmore Bank is a lender headquartered in Perth.", ("Delmore Bank", "basedIn", "Perth"), id="said of the subject"),
        pytest.param("Rain fell in the Spanish cities of Seville and Malaga.", ("Malaga", "locatedIn", "Spain"), id="kind and names"),
        pytest.param("It snowed in the San Francisco area of California.", ("San Francisco", "locatedIn", "California"), id="area"),
        pytest.param("Paula Renner, born 14 March 1961 in Graz, spoke.", ("Paula Renner", "bornIn", "Graz"), id="place behind a date"),
        pytest.param(
            "Volta Energy cut jobs. The company's chairman, Maria Sanz, resigned.", ("Maria Sanz", "leads", "Volta Energy"), id="possessive noun"
        ),
        pytest.param("Volta Energy cut jobs. Its chairman is Maria Sanz.", ("Maria Sanz", "leads", "Volta Energy"), id="role as subject"),
        pytest.param("Anna Moss, whose husband is Peter Doyle, left.", ("Peter Doyle", "spouseOf", "Anna Moss"), id="whose"),
        pytest.param("Maria Sanz is chairman of the board of Volta Energy.", ("Maria Sanz", "leads", "Volta Energy"), id="board of the whole"),
        pytest.param("Tom Ross of the law firm Hale and Partners spoke.", ("Tom Ross", "worksFor", "Hale and Partners"), id="noun and name"),
        pytest.param("Senator John Beck (R-Texas) spoke.", ("John Beck", "represents", "Texas"), id="seat in parentheses"),
        pytest.param("Rep. John Beck, D-Ohio, spoke.", ("John Beck", "represents", "Ohio"), id="seat between commas"),
        pytest.param("Tom Ross of the Green Party spoke.", ("Tom Ross", "memberOf", "Green Party"), id="of a body of members"),
        pytest.param("Anna Moss, originally from Leeds, spoke.", ("Anna Moss", "livesIn", "Leeds"), id="adverb before the preposition"),
        pytest.param("Ohio closed schools. Governor Mike Brandt spoke.", ("Mike Brandt", "leads", "Ohio"), id="office without its place"),
    ],
)
def test_construction(framed_facts: Callable[[str], set[Fact]], text: str, expected: Fact) -> None:
    found = framed_facts(text)
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
        pytest.param("Tom Hale left his wife, Joanna Hale, and three children.", ("Joanna Hale", "childOf", "Tom Hale"), id="one is not several"),
        pytest.param("Delmore Bank is not a lender based in Perth.", ("Delmore Bank", "basedIn", "Perth"), id="denied of the subject"),
        pytest.param("Chancellor Gordon Brown spoke in Britain.", ("Gordon Brown", "headOfGovernment", "United Kingdom"), id="chancellor of nothing"),
        pytest.param("Volta Energy finance director Maria Sanz left.", ("Maria Sanz", "leads", "Volta Energy"), id="director of a part"),
        pytest.param("Teams came from Lyon, Turin, Malaga.", ("Turin", "locatedIn", "Malaga"), id="a bare list of cities is no chain"),
        pytest.param("Steve Doyle of Ohio voted against it.", ("Steve Doyle", "livesIn", "Ohio"), id="of a state"),
        pytest.param("Norway left the European Union.", ("Norway", "memberOf", "European Union"), id="left is no member"),
        pytest.param("Two Greek Orthodox priests spoke.", ("Orthodox", "citizenOf", "Greece"), id="a church is no citizen"),
    ],
)
def test_nonsense_is_not_said(framed_facts: Callable[[str], set[Fact]], text: str, unexpected: Fact) -> None:
    found = framed_facts(text)
    assert unexpected not in found, f"{unexpected} must not be found in {text!r}"

"""Verbs and event nouns: who did it and to whom, one construction a case, whatever the words."""

from collections.abc import Callable

import pytest

Fact = tuple[str | None, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Turkey bombed Kobani.", ("Turkey", "attacked", "Kobani"), id="active"),
        pytest.param("Kobani was bombed by Turkey.", ("Turkey", "attacked", "Kobani"), id="passive"),
        pytest.param("Kobani, which Turkey bombed, lies in ruins.", ("Turkey", "attacked", "Kobani"), id="object relative"),
        pytest.param("Turkey, which bombed Kobani, closed the border.", ("Turkey", "attacked", "Kobani"), id="subject relative"),
        pytest.param("The town bombed by Turkey was Kobani, and Turkey shelled Mosul.", ("Turkey", "attacked", "Mosul"), id="clause after clause"),
        pytest.param("Turkey crossed the border and bombed Kobani.", ("Turkey", "attacked", "Kobani"), id="shared subject"),
        pytest.param("North Korea bombed Seoul.", ("North Korea", "attacked", "Seoul"), id="a name that begins with a direction"),
        pytest.param("Maria Lopez was killed at the hands of Boko Haram.", ("Boko Haram", "killed", "Maria Lopez"), id="at the hands of"),
        pytest.param("Maria Lopez was killed in an air strike by Turkey.", ("Turkey", "killed", "Maria Lopez"), id="agent of the strike"),
        pytest.param("Peter Lang fired the shots that killed Maria Lopez.", ("Peter Lang", "killed", "Maria Lopez"), id="whose shots"),
        pytest.param(
            "Maria Lopez was shot dead in the yard of her house by Peter Lang.", ("Peter Lang", "killed", "Maria Lopez"), id="agent far behind"
        ),
        pytest.param("Police arrested eight people, including Peter Lang.", ("Police", "arrested", "Peter Lang"), id="including"),
        pytest.param("Peter Lang was convicted of the murder of Maria Lopez.", ("Peter Lang", "killed", "Maria Lopez"), id="convicted of the deed"),
        pytest.param("The Senate acquitted Peter Lang.", ("Senate", "convicted", "Peter Lang"), id="court as subject"),
        pytest.param("Peter Lang was acquitted in the Senate.", ("Senate", "convicted", "Peter Lang"), id="court behind in"),
        pytest.param("Turkish air strikes on Kobani continued.", ("Turkey", "attacked", "Kobani"), id="adjective of the agent"),
        pytest.param("The attack on Kobani was carried out by Turkey.", ("Turkey", "attacked", "Kobani"), id="passive light verb"),
        pytest.param(
            "The attack on Kobani is believed to have been carried out by Turkey.", ("Turkey", "attacked", "Kobani"), id="raised light verb"
        ),
        pytest.param("An attack on Kobani claimed by Boko Haram shook Ankara.", ("Boko Haram", "attacked", "Kobani"), id="claimed by"),
        pytest.param("Boko Haram claimed responsibility for the attack on Kobani.", ("Boko Haram", "attacked", "Kobani"), id="responsibility"),
        pytest.param("Turkish jets destroyed a bridge.", ("Turkey", "destroyed", "a bridge"), id="whose vehicles"),
        pytest.param("A nurse was killed in Lagos by mortar fire from Boko Haram.", ("Boko Haram", "killed", "A nurse"), id="fire from"),
        pytest.param("Members of Boko Haram killed Maria Lopez.", ("Boko Haram", "killed", "Maria Lopez"), id="members of a force"),
        pytest.param("Maria Lopez was killed in IS attacks.", ("IS", "killed", "Maria Lopez"), id="a name like a verb"),
        pytest.param("The attack on Kobani was claimed by Boko Haram.", ("Boko Haram", "attacked", "Kobani"), id="was claimed by"),
        pytest.param("Turkey destroyed a tank, a tunnel entrance and two bunkers.", ("Turkey", "destroyed", "two bunkers"), id="list"),
        pytest.param("The Turkish operation to capture Kobani began.", ("Turkey", "invaded", "Kobani"), id="operation to"),
        pytest.param("Turkey launched an offensive to capture Kobani.", ("Turkey", "invaded", "Kobani"), id="launched an offensive to"),
        pytest.param("France's commitment to supporting Turkey is firm.", ("France", "supports", "Turkey"), id="commitment to"),
        pytest.param("The Kurds, aided by strong support from Turkey, took Hama.", ("Turkey", "supports", "Kurds"), id="support from"),
        pytest.param("Acme Corporation faces a lawsuit from Greenpeace.", ("Greenpeace", "sued", "Acme Corporation"), id="faces a lawsuit"),
        pytest.param("Turkey carried out strikes in support of the Kurds.", ("Turkey", "supports", "Kurds"), id="in support of"),
        pytest.param("Maria Lopez died in an airstrike by Turkey.", ("Turkey", "killed", "Maria Lopez"), id="died in a strike by"),
        pytest.param("Germany provided Iraq with support.", ("Germany", "supports", "Iraq"), id="provided with support"),
        pytest.param("Hezbollah, a pro-Assad militia, moved north.", ("Hezbollah", "supports", "Assad"), id="prefix pro"),
        pytest.param("The IRA, an anti-Israel group, split.", ("IRA", "opposes", "Israel"), id="prefix anti"),
        pytest.param(
            "Police held nine people for spreading rumours, including Peter Lang.", ("Police", "arrested", "Peter Lang"), id="including, far behind"
        ),
        pytest.param("France condemned the attack on Kobani by Turkey.", ("France", "condemned", "Turkey"), id="condemned for a deed"),
    ],
)
def test_construction(framed_facts: Callable[[str], set[Fact]], text: str, expected: Fact) -> None:
    found = framed_facts(text)
    assert expected in found, f"expected {expected} in {text!r}; found {sorted(map(str, found))}"


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        pytest.param("Boko Haram denied responsibility for the attack on Kobani.", ("Boko Haram", "attacked", "Kobani"), id="denied"),
        pytest.param("Peter Lang beat Maria Lopez by 300 votes.", ("Peter Lang", "attacked", "Maria Lopez"), id="beaten by votes"),
        pytest.param("The London attack on Maria Lopez shocked Britain.", ("London", "attacked", "Maria Lopez"), id="where is not who"),
        pytest.param("Near Palmyra, two strikes destroyed a bridge.", ("Palmyra", "destroyed", "a bridge"), id="place before the subject"),
    ],
)
def test_nonsense_is_not_said(framed_facts: Callable[[str], set[Fact]], text: str, unexpected: Fact) -> None:
    found = framed_facts(text)
    assert unexpected not in found, f"{unexpected} must not be found in {text!r}"

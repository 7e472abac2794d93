"""The pages: each is valid HTML, data and RDF; every link within leads somewhere; nothing out of an article runs."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import hostile
import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.graph.queries import library
from kg.graph.store import Store
from kg.iris import ID, resource
from kg.web import links
from kg.web.exchange import Ask
from kg.web.guard import HEADERS
from kg.web.pages.things import _roles
from kg.web.pages.things import entity as entity_page
from kg.web.resultset import RS

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PICTURES = ("/network.svg", "/map.svg", "/timeline.svg")
VOID = {"meta", "link", "input", "br", "img", "hr"}
PAGES = {
    "/": ["3", "documents"],
    "/documents": ["Bridge shelled", "Guard denies it"],
    "/search?q=the": ["“the”", "Ministry of War"],
    "/search?q=Zendaa": ["Did you mean", "Zenda"],
    "/entity/force/black-guard": ["Black Guard", "military force", "attacked", "killing", "the Guard", "The Black Guard denied"],
    "/entity/person/anna-vogel": ["Roles over time", "spokesman of", "spokeswoman", "Bridge shelled", "We will rebuild the bridge"],
    "/entity/city/zenda": ["https://places.example/11"],
    "/why?entity=person/anna-vogel": ["Where it is named", "Anna Vogel", "(name, "],
    "/document/a": ["Bridge shelled", "President Karl Stein of Ruritania", "head of state of", "Anna Vogel", '<mark class="type-MilitaryForce">'],
    "/document/b": ["The text was not kept", "Nine people were wounded last week."],
    "/network": ["Who matters", "Black Guard", "conflict"],
    "/network?projection=conflict&from=2024": ["Network: conflict", "Who connects"],
    "/map": ["Ruritania", "country"],
    "/timeline": ["2024-03-08", "killing", "Black Guard"],
    "/timeline?since=2024-03-09&entity=Karl+Stein": ["meeting", "/timeline.svg?since=2024-03-09&amp;entity=Karl+Stein"],
    "/timeline?before=2023": ["No event"],
    "/incidents": ["kg incidents"],
    "/sources": ["Ministry of War", "Black Guard"],
    "/questions": sorted(library()),
    "/questions/attacks?entity=Grauland": ["Ruritania", "negated", "“Who attacked"[1:]],
    "/questions/about": ["(needed)"],
    "/questions/about?entity=Anna+Vogel": ["spokesman of"],
    "/sparql": ["<textarea", "/graphs"],
    "/sparql?query=SELECT+?name+{?s+rdfs:label+?name}+LIMIT+3": ["Answer: 3 rows"],
    "/sparql?query=DESCRIBE+id:x": ["Answer: 0 triples"],
    "/sparql?query=ASK{?s+?p+?o}": ["yes"],
    "/resource?iri=https://w3id.org/kg-news/ontology%23attacked": ["label", "attacked"],
    f"/resource?iri={ID}document/a": ["Bridge shelled"],
}


class Page(HTMLParser):
    """Checks that elements are closed in order, and collects what matters."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.labelled: set[str | None] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute of <{tag}> stands twice"
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name))]
        if tag == "img":
            assert given["alt"]
            self.images.append(given["src"] or "")
        if tag in ("input", "textarea", "select"):
            assert "label" in self.open or given.get("id") in self.labelled, f"<{tag}> has no label"
        if tag == "label":
            self.labelled.add(given.get("for"))
        assert tag != "a" or "a" not in self.open, "a link within a link"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open}"
        self.open.pop()


def page(client: TestClient, address: str, status: int = 200) -> tuple[Page, str]:
    response = client.get(address, headers=BROWSER)
    assert response.status_code == status, f"{address}: {response.text}"
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    found = Page(response.text)
    assert found.open == []
    assert response.text.startswith("<!doctype html>")
    assert len(found.ids) == len(set(found.ids))
    assert {"title", "h1", "main", "nav"} <= found.tags
    return found, response.text


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_valid_and_show_what_they_should(client: TestClient, address: str) -> None:
    found, text = page(client, address)
    assert not {"script", "style", "iframe"} & found.tags
    assert all(urlsplit(image).path in PICTURES for image in found.images)
    assert not [name for name in found.attributes if name == "style" or name.startswith("on")]
    assert re.findall(r"<td(?![^>]* data-column=)[^>]*>", text) == [], "else its table can't stand on small screens"
    assert not [words for words in PAGES[address] if words not in text]


def test_every_link_within_leads_somewhere(client: TestClient) -> None:
    """From the first page on, a dozen of each kind; the answers of forms are not pages of their own."""
    seen, left = {"/"}, ["/"]
    kinds = Counter[str]()
    while left:
        address = left.pop()
        response = client.get(address, headers=BROWSER)
        assert response.status_code < 400, f"{address}: {response.text}"
        if response.is_redirect:
            following = [response.headers["location"]]
        elif response.headers["content-type"].startswith("text/html"):
            following = Page(response.text).links
        else:
            continue
        for link in following:
            parts = urlsplit(urljoin(f"http://localhost{address}", link))
            assert parts.scheme in ("http", "https"), f"{link} on {address}"
            wanted = parts.path + (f"?{parts.query}" if parts.query else "")
            kind = parts.path.split("/")[1]
            if parts.netloc == "localhost" and wanted not in seen and "format=" not in wanted and kinds[kind] < 12:
                seen.add(wanted)
                left.append(wanted)
                kinds[kind] += 1
    assert set(kinds) >= {"entity", "claim", "event", "document", "resource", "static", "questions", "graphs"}


# ---- the same as data


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/entity/city/zenda", "facts"),
        ("/document/a", "entities"),
        ("/", "claims"),
        ("/documents", "documents"),
        ("/search?q=the", "entities"),
        ("/questions", "questions"),
    ],
)
def test_pages_are_json_too(client: TestClient, address: str, key: str) -> None:
    response = client.get(address, headers={"Accept": "application/json"})
    assert response.headers["content-type"] == "application/json"
    assert response.json()[key]


@pytest.mark.parametrize("address", [address for address in PAGES if not address.startswith("/sparql") and address != "/questions/about"])
def test_pages_are_turtle_too(client: TestClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "text/turtle"})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8", response.text
    triples = {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.TURTLE)}
    assert bool(triples) is (address != "/search?q=Zendaa")
    assert not [triple for triple in triples if isinstance(triple.subject, ox.BlankNode)], "else the same would be other bytes"


@pytest.mark.parametrize("address", ["/", "/documents", "/timeline", "/questions/about", "/sparql", "/sparql?query=ASK{?s+?p+?o}"])
def test_what_a_page_offers_at_its_foot_is_there(client: TestClient, address: str) -> None:
    found, _ = page(client, address)
    offered = [link for link in found.links if "format=" in link]
    assert {client.get(link, headers=BROWSER).status_code for link in offered} <= {200}


def test_the_turtle_of_an_answer_is_a_result_set(client: TestClient) -> None:
    answer = rdflib.Graph().parse(data=client.get("/timeline?since=2024-03-09&format=turtle").text, format="turtle")
    solutions = list(answer.objects(None, rdflib.URIRef(RS + "solution")))
    rows = client.get("/timeline?since=2024-03-09&format=json").json()["results"]["bindings"]
    assert len(solutions) == len(rows) > 0
    values = {str(value) for value in answer.objects(None, rdflib.URIRef(RS + "value"))}
    assert values == {each["value"] for row in rows for each in row.values()}


def test_a_question_of_the_library_is_filled_in_as_it_lies(client: TestClient) -> None:
    _, text = page(client, "/sparql?question=attacks")
    (shown,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)
    assert unescape(shown) == library()["attacks"].text
    assert 'href="/sparql?question=attacks"' in page(client, "/questions/attacks")[1]
    assert "alignments: " not in text, "a question over the ontology asks no store"


@pytest.mark.parametrize("kind", ["entity", "claim", "event", "document"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])
def test_iris_resolve_to_rdf(client: TestClient, kind: str, accept: str) -> None:
    ident = next(ident for name, ident in things(client) if name == kind)
    response = client.get(links.page(kind, ident), headers={"Accept": accept})
    format = ox.RdfFormat.from_media_type(accept)
    assert format is not None
    assert ox.NamedNode(resource(kind, ident)) in {quad.subject for quad in ox.parse(response.content, format=format)}


def things(client: TestClient) -> Iterator[tuple[str, str]]:
    document = client.get("/document/a", headers={"Accept": "application/json"}).json()
    yield "document", "a"
    yield "entity", document["entities"][0]["id"]
    yield "claim", document["facts"][0]["claim"]
    yield "event", document["events"][0]["id"]


def test_the_turtle_of_a_document_is_its_graph(client: TestClient) -> None:
    headers = {"Accept": "text/turtle"}
    assert client.get("/document/a", headers=headers).content == client.get("/graphs", params={"graph": f"{ID}document/a"}, headers=headers).content


def test_iris_lead_to_pages(client: TestClient) -> None:
    response = client.get("/id/entity/city/zenda")
    assert (response.status_code, response.headers["location"]) == (303, "/entity/city/zenda")


def test_a_claim_shows_the_words_that_prove_it(client: TestClient) -> None:
    ident = client.get("/document/a?format=json").json()["facts"][0]["claim"]
    _, text = page(client, f"/claim/{ident}")
    assert 'The Black Guard <b class="trigger" title="trigger">shelled</b> the Zenda Bridge' in text
    assert "the article itself" not in text
    assert re.findall(r'<a href="/event/[^"]*">(.*?)</a>', text) == ["attack, 2024-03-08"], "people know an event by its kind and time"


@pytest.mark.parametrize("name", ["timeline", "questions/events"])
@pytest.mark.parametrize(("format", "kind"), [("csv", "text/csv; charset=utf-8"), ("json", "application/sparql-results+json")])
def test_answers_can_be_taken_along(client: TestClient, name: str, format: str, kind: str) -> None:
    response = client.get(f"/{name}?format={format}")
    assert response.headers["content-type"] == kind
    assert "2024-03-08" in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/static/nothing.js", 404),
        ("/entity/none", 404),
        ("/incident/none", 404),
        ("/network?projection=none", 404),
        ("/network?from=yesterday", 400),
        ("/network.svg?projection=none", 404),
        ("/map?to=yesterday", 400),
        ("/map.svg", 400),
        ("/map.svg?place=person/karl-stein", 404),
        ("/timeline?since=yesterday", 400),
        ("/timeline.svg?since=2030", 400),
        ("/entity/", 404),
        ("/document/none", 404),
        ("/claim/none", 404),
        ("/event/none", 404),
        ("/questions/none", 404),
        (f"/resource?iri={ID}none", 404),
        ("/resource?iri=none", 400),
        ("/resource", 400),
        ("/questions/about?entity=nobody", 400),
        ("/sparql?query=SELECT", 400),
        ("/sparql?query=SELECT*{SERVICE<urn:x>{}}", 403),
    ],
)
def test_what_is_not_there_is_told_on_a_page(client: TestClient, address: str, status: int) -> None:
    _, text = page(client, address, status)
    assert 'role="alert"' in text
    assert client.get(address, headers={"Accept": "text/plain"}).status_code in (status, 404, 406)


def test_each_table_of_a_page_is_turned_on_its_own(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.representation.ROWS", 2)
    path = "/entity/force/black-guard"

    def asked(**parameters: str) -> str:
        with Store.open(place, read_only=True) as store:
            ask = Ask("force/black-guard", tuple(parameters.items()), BROWSER["Accept"], path=path)
            return entity_page(store, ask).body.decode()

    first = asked()
    assert re.findall(r"Page \d of \d", first) == ["Page 1 of 2"]
    (following,) = re.findall(r'<a href="([^"]*)" rel="next">', first)
    assert following == f"{path}?claims-page=2#claims"
    second = asked(**{"claims-page": "2"})
    assert re.findall(r"Page \d of \d", second) == ["Page 2 of 2"]
    assert "killing" in second, "the events are those that were there"
    assert 'href="/entity/force/black-guard?format=json"' in second


def test_long_tables_are_parted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "/sparql?query=SELECT+*+{?s+a+?o}"
    _, text = page(client, query)
    last = int(re.findall(r"Page 1 of (\d+)", text)[0])
    assert f"Page {last} of {last}" in page(client, f"{query}&page={last}")[1]
    assert "Page 1 of" in page(client, f"{query}&page=nonsense")[1]


# ---- hostile


@pytest.mark.parametrize("kind", ["document", "entity", "claim", "event"])
def test_hostile_things_are_shown_and_nothing_of_them_runs(client: TestClient, kind: str) -> None:
    record = hostile.extraction()
    idents = {"document": record.id, "claim": record.claims[0].id, "event": record.events[0].id}
    idents["entity"] = client.get(links.page("document", record.id), headers={"Accept": "application/json"}).json()["entities"][0]["id"]
    found, text = page(client, links.page(kind, idents[kind]))
    assert not {"script", "img", "style"} & found.tags
    assert not [link for link in found.links if not link.startswith(("/", "#", "https://", "http://"))]
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://news.example/a", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example", False),
        ("wire/b.txt", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str | None, expected: bool) -> None:
    assert (links.outward(address) is not None) is expected


@pytest.mark.parametrize("ident", ["a", "tests/data/a.txt", "../a", "a//b", "ü ?#%2f", "https://news.example/a?b=c", ".", "\ud800"])
def test_every_id_has_an_address_that_browsers_leave_alone(ident: str) -> None:
    address = links.page("document", ident)
    assert urlsplit(urljoin("http://localhost/x/y", address)).path + "?" in (urlsplit(address).path + "?", address)
    assert address.isascii()


def test_an_office_stands_once_however_often_it_is_told() -> None:
    def fact(time: str, title: str, start: int = 0) -> dict[str, object]:
        return {
            "subject_id": "a",
            "relation": "leads",
            "object_id": "b",
            "modality": "actual",
            "time": time,
            "document": "d",
            "start": start,
            "title": title,
        }

    held = [fact("2020-05-01", "president"), fact("2019-02-03", "President"), fact("2019-02-03", "President", 9), fact("2018-01-01", "governor")]
    assert [(role["title"], role["time"]) for role in _roles(held)] == [("governor", "2018-01-01"), ("President ×3", "2019-02-03 – 2020-05-01")]

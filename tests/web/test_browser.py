"""The explorer in a real browser: Debian's Chromium without a window. Skipped where there is none, or no bundle."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pairs
import pytest
from serving import serving

from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.web import viewer
from kg.web.exploration import exploration
from kg.web.settings import Settings

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# One browser for all of them, where xdist is told to keep groups together.
pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"), pytest.mark.xdist_group("browser")]

# Milliseconds.
PATIENCE = 60_000
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def browser(bundle: Path, browsers: Any) -> Iterator[Any]:
    opened = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def file(bundle: Path, place: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of what "kg view" writes."""
    path = tmp_path_factory.mktemp("view") / "graph.html"
    with Store.open(place, read_only=True) as store:
        path.write_text(viewer.page(exploration(store), title="Toy"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def editing(tmp_path: Path) -> Iterator[str]:
    """The address of a server at which people may judge."""
    with Store.open(tmp_path / "store") as store:
        Identities(store).write(pairs.extractions())
    with serving(Settings(place=str(tmp_path / "store"), workers=1, timeout=120.0, edit=True, token="open sesame")) as found:
        yield found


def opened_page(browser: Any, **options: Any) -> Any:
    """A page of a context of its own, which waits as long as a busy machine takes."""
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(PATIENCE)
    return page


class Visit:
    """A page with all that went wrong in it, and what it asked for."""

    def __init__(self, browser: Any, address: str, ready: str = "#explorer[data-ready]") -> None:
        self.page = opened_page(browser, viewport={"width": 1200, "height": 800}, accept_downloads=True)
        self.context = self.page.context
        self.problems: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.locator(ready).wait_for()

    def text(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).inner_text().split())

    def lines(self) -> list[str]:
        """What the picture shows as lines."""
        found: list[str] = self.page.evaluate("explorer.explorer.drawing.shown.edges().map((edge) => edge.data('label'))")
        return sorted(found)

    def click(self, selector: str) -> None:
        """Clicks where the picture shows an element of Cytoscape."""
        where = self.page.evaluate(
            """(selector) => {
                const one = explorer.explorer.drawing.cy.$(selector)[0];
                const box = document.querySelector('.canvas').getBoundingClientRect();
                const at = one.isNode() ? one.renderedPosition() : one.renderedMidpoint();
                return [box.x + at.x, box.y + at.y];
            }""",
            selector,
        )
        self.page.mouse.click(*where)


@pytest.fixture(scope="session")
def opened(browser: Any, file: str) -> Iterator[Visit]:
    """The file, opened once for all tests."""
    visit = Visit(browser, file)
    yield visit
    visit.context.close()


@pytest.fixture
def visit(opened: Visit) -> Iterator[Visit]:
    """The file as it was at first; nothing may have gone wrong when a test is over."""
    opened.page.keyboard.press("Escape")
    opened.page.get_by_role("button", name="Set all back").click()
    yield opened
    assert opened.problems == []
    assert opened.asked == [opened.page.url.partition("#")[0]]


def test_search_leads_to_an_entity_with_its_facts_and_names(visit: Visit) -> None:
    visit.page.get_by_label("Find here").fill("the guárd")
    visit.page.keyboard.press("Enter")
    assert visit.text("#chosen") == "Black Guard"
    assert "the Guard" in visit.text(".panel")
    assert "Black Guard not: attacked Zenda Bridge" in visit.text(".facts")


def test_a_click_on_a_line_shows_the_sentence_with_its_words_marked(visit: Visit) -> None:
    visit.click('edge[modality = "negated"][target = "country/grauland"]')
    assert visit.text("#chosen") == "Ruritania not: attacked Grauland"
    assert visit.text(".proof blockquote") == "Anna Vogel, a spokeswoman for the ministry, said Ruritania had not bombarded Grauland."
    assert visit.text(".proof mark.trigger") == "bombarded"
    assert "who says so Anna Vogel when reported 2024-03-08 did it happen? denied" in visit.text(".proof dl")


def test_a_click_on_an_entity_and_its_neighbours(visit: Visit) -> None:
    visit.click('node[id = "person/karl-stein"]')
    assert visit.text("#chosen") == "Karl Stein"
    visit.page.get_by_role("button", name="Hide").click()
    assert "head of state of" not in visit.lines()
    visit.page.get_by_label("Find here").fill("Ruritania")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("button", name="Show 1 more neighbour").click()
    visit.page.get_by_role("button", name="All neighbours shown").wait_for()
    assert "head of state of" in visit.lines()


@pytest.mark.parametrize(
    ("label", "gone"),
    [
        ("possible", ["invaded?"]),
        ("military force", ["attacked", "killed ×2", "not: attacked"]),
    ],
)
def test_filters_leave_out_what_is_unticked(visit: Visit, label: str, gone: list[str]) -> None:
    before = visit.lines()
    visit.page.get_by_role("checkbox", name=label).uncheck()
    assert Counter(visit.lines()) == Counter(before) - Counter(gone)
    visit.page.get_by_role("button", name="Set all back").click()
    assert visit.lines() == before


def test_source_confidence_and_time(visit: Visit) -> None:
    visit.page.get_by_label("Who says so").select_option(label="Anna Vogel (1)")
    assert visit.lines() == ["not: attacked"]
    visit.page.get_by_role("button", name="Set all back").click()
    visit.page.get_by_label("Confidence at least").fill("0.95")
    assert visit.lines() == ["attacked"]
    visit.page.get_by_role("button", name="Set all back").click()
    visit.page.get_by_label("From", exact=True).fill("3")
    assert "spokesman of" not in visit.lines()
    assert "met with" in visit.lines()


def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("stein")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "chosen"
    visit.page.locator(".canvas").focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        visit.page.keyboard.press(key)
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "chosen"
    visit.page.locator(".facts button").first.focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.locator(".proof blockquote").count() >= 1
    visit.page.keyboard.press("Escape")
    assert "Choose an entity" in visit.text(".panel")


def test_the_list_says_the_same_as_the_picture(visit: Visit) -> None:
    visit.page.get_by_role("button", name="List").click()
    assert "Karl Stein perhaps invaded Grauland possible" in visit.text(".list table")
    visit.page.get_by_role("button", name="perhaps invaded").click()
    assert "President Karl Stein of Ruritania threatened to invade Grauland." in visit.text(".proof")
    visit.page.get_by_role("button", name="List").click()


def test_the_picture_is_a_file(visit: Visit) -> None:
    with visit.page.expect_download() as downloading:
        visit.page.get_by_role("button", name="Save the picture as PNG").click()
    assert downloading.value.suggested_filename == "graph.png"
    assert Path(downloading.value.path()).read_bytes().startswith(b"\x89PNG")


def test_hostile_names_are_words(visit: Visit) -> None:
    visit.page.get_by_label("Find here").fill("onerror")
    visit.page.keyboard.press("Enter")
    assert "<script>alert(1)</script>" in visit.text("#chosen")
    visit.page.locator(".facts button").first.click()
    assert "<img src=x" in visit.text(".proof")
    assert visit.page.locator("a[href^='javascript']").count() == 0


def test_the_server_shows_the_same_and_leads_to_its_pages(browser: Any, bundle: Path, address: str) -> None:
    visit = Visit(browser, f"{address}/graph#person/anna-vogel")
    assert visit.text("#chosen") == "Anna Vogel"
    visit.page.get_by_role("link", name="Its page").click()
    assert visit.page.get_by_role("heading", level=1).inner_text() == "Anna Vogel"
    visit.page.get_by_role("link", name="In the graph").click()
    visit.page.locator("#explorer[data-ready]").wait_for()
    assert visit.text("#chosen") == "Anna Vogel"
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(address)] == []


def test_the_server_tells_of_neighbours_that_are_not_there_yet(browser: Any, bundle: Path, address: str) -> None:
    visit = Visit(browser, f"{address}/graph?nodes=2")
    assert visit.text("#status").startswith("2 of 14 entities")
    visit.page.get_by_label("Find here").fill("Nobody")
    assert visit.page.get_by_role("link", name="Look in the whole store").get_attribute("href") == "/search?q=Nobody"
    visit.page.get_by_label("Find here").fill("Grauland")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("button", name="Show all neighbours").click()
    visit.page.get_by_role("button", name="All neighbours shown").wait_for()
    assert {"head of government of", "invaded?", "not: attacked"} <= set(visit.lines())
    visit.context.close()
    assert visit.problems == []


def test_an_answer_that_is_a_graph_is_a_picture(browser: Any, bundle: Path, address: str) -> None:
    query = "CONSTRUCT { ?a ?p ?b } WHERE { VALUES ?p { kg:headOfState kg:attacked } ?a ?p ?b }"
    visit = Visit(browser, f"{address}/sparql?{urlencode({'query': query})}")
    assert visit.lines() == ["attacked", "attacked", "head of state of"]
    assert "Answer: 3 triples" in visit.text("main")
    assert faults(visit.page) == []
    visit.page.get_by_label("Find here").fill("karl")
    visit.page.keyboard.press("Enter")
    assert visit.text("#chosen") == "Karl Stein"
    visit.page.get_by_role("button", name="Karl Stein head of state of Ruritania").click()
    assert "who says so" not in visit.text(".panel")
    visit.page.get_by_role("link", name="What is known of the relation").click()
    assert visit.page.get_by_role("heading", level=1).inner_text().endswith("#headOfState")
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(address)] == []


def test_a_question_of_the_library_is_asked_as_sparql(browser: Any, bundle: Path, address: str) -> None:
    visit = Visit(browser, f"{address}/sparql", "textarea")
    visit.page.get_by_label("Begin with a question").select_option("attacks")
    visit.page.get_by_role("button", name="Fill in").click()
    visit.page.wait_for_url("**/sparql?question=attacks")
    visit.page.get_by_role("button", name="Ask").click()
    visit.page.locator("main table").wait_for()
    assert "Black Guard" in visit.text("main table")
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(address)] == []


@pytest.mark.parametrize("path", ["documents", "questions", "timeline", "entity/force/black-guard", "sparql?question=attacks"])
def test_no_page_is_wider_than_a_small_screen(browser: Any, bundle: Path, address: str, path: str) -> None:
    page = opened_page(browser, viewport={"width": 400, "height": 800})
    page.goto(f"{address}/{path}")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert width <= 400


def faults(page: Any) -> list[tuple[str, list[str]]]:
    """What keeps people from using a page, as far as axe-core sees it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # Run by the browser's tools, which the policy of the page doesn't hold.
    found = axe.Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found if each["impact"] in SERIOUS]


def test_identity_is_judged_by_keyboard(browser: Any, editing: str) -> None:
    visit = Visit(browser, f"{editing}/candidates", ".pair")
    assert faults(visit.page) == []
    visit.page.get_by_label("Why").press_sequentially("a guest book\n")
    assert "Pair 1 of 2" in visit.text("main"), "Enter in a field is no answer"
    for words in ("Ida", "open sesame"):
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.type(words)
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".told").wait_for()
    assert visit.text(".told") == "J. Smith and John Smith are the same. Undo"
    assert "Pair 1 of 1" in visit.text("main")
    visit.page.get_by_role("link", name="Skip", exact=True).press("Enter")
    visit.page.get_by_text("There is no further pair").wait_for()
    visit.page.get_by_role("link", name="What was decided").press("Enter")
    visit.page.get_by_role("button", name="Undo number").wait_for()
    assert "J. Smith same John Smith a guest book Ida" in visit.text("tbody")
    assert faults(visit.page) == []
    visit.page.get_by_role("button", name="Undo number").press("Enter")
    visit.page.get_by_text("Nobody has judged yet").wait_for()
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(editing)] == []


def test_the_timeline_shows_what_happened_within_the_days(browser: Any, bundle: Path, address: str) -> None:
    visit = Visit(browser, f"{address}/timeline", "main table")
    assert visit.page.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 400
    assert "killing" in visit.text("main table")
    visit.page.get_by_label("since").fill("2024-03-09")
    visit.page.get_by_label("before").fill("2024-03")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/timeline?since=2024-03-09&before=2024-03&entity=")
    assert "meeting" in visit.text("main table")
    assert "killing" not in visit.text("main table")
    visit.page.locator("img").evaluate("(image) => image.decode()")
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(address)] == []


def test_a_document_shows_its_text_with_entities_and_claims(browser: Any, bundle: Path, address: str) -> None:
    visit = Visit(browser, f"{address}/documents", "main table")
    visit.page.get_by_role("link", name="Bridge shelled").first.click()
    first = visit.page.locator(".paragraph").first
    assert first.locator("mark.type-MilitaryForce").first.inner_text() == "Black Guard"
    assert first.locator("b.trigger").inner_text() == "shelled"
    assert "Black Guard attacked Zenda Bridge" in " ".join(first.locator("li").first.inner_text().split())
    first.locator("li a").first.click()
    assert visit.text("blockquote").startswith("The Black Guard shelled the Zenda Bridge")
    visit.page.go_back()
    visit.page.locator(".paragraph a", has_text="Black Guard").first.press("Enter")
    assert visit.text("h1") == "Black Guard"
    visit.context.close()
    assert visit.problems == []
    assert [url for url in visit.asked if not url.startswith(address)] == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "graph",
        "entity/force/black-guard",
        "document/a",
        "network",
        "map",
        "timeline",
        "sources",
        "incidents",
        "sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+3",
    ],
)
def test_nothing_keeps_people_from_using_the_pages(browser: Any, bundle: Path, address: str, path: str) -> None:
    page = opened_page(browser)
    page.goto(f"{address}/{path}")
    found = faults(page)
    page.context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_using_it(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.get_by_label("Find here").fill("Ruritania")
    visit.page.keyboard.press("Enter")
    found = faults(visit.page)
    visit.page.emulate_media(color_scheme="light")
    assert found == []

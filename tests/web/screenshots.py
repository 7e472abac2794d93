"""Writes the two pictures of README: the graph and the page of our own article, as Chromium shows them.

Run it from the root of the repository, installed with the script of the explorer: python tests/web/screenshots.py
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import serving

from kg import pipeline, readers
from kg.extract import Extractor
from kg.graph.store import Store
from kg.web.settings import Settings

ARTICLE = "tests/data/convoy-attack.txt"
FOLDER = Path(__file__).parent / "pictures"
# The address of each, what is at the top when it is ready, and its width and height.
PAGES = {
    "graph": ("graph#organization/northern-dawn-brigade", "#explorer[data-ready]", (1360, 700)),
    "article": (f"document/{ARTICLE}", "p.key", (1120, 600)),
}


def main() -> None:
    """Builds the graph of the article, serves it, and takes the pictures."""
    with tempfile.TemporaryDirectory() as place:
        documents = readers.read(ARTICLE, published="2020-03-14")
        with Store.open(place) as store:
            pipeline.build(documents, store, extractor=Extractor(), keep_text=True)
        with serving(Settings(place=place, timeout=200.0)) as address, sync_playwright() as running:
            browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(200_000)
            for name, (path, ready, (width, height)) in PAGES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(f"{address}/{path}")
                page.locator(ready).evaluate("(top) => top.scrollIntoView()")
                page.screenshot(path=FOLDER / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()

"""How many questions `kg serve` answers eight clients beside the Oxigraph server, and how long the first picture of a network takes.

    python tests/benchmarks/web.py [--seconds 5] [--facts 100 2000 20000] [--tries 3]

The stores are made up (`network_scale.py`), and both servers read the same one. The clients are one process that does little else; each
sends its next question when it has an answer. A picture is there when Chromium has drawn it, from the address on, of a file by `kg view`
and of `/graph`, of a server that has been asked once: the quickest of some tries, each in a page of its own. Needs the script of the
explorer, which an installation with npm makes. Writes the tables to web.md.
"""

import argparse
import os
import pickle
import platform
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import network_scale

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "web")]

CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")
PREFIXES = (
    "PREFIX kg: <https://w3id.org/kg-news/ontology#> PREFIX id: <https://w3id.org/kg-news/id/entity/person/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
QUESTIONS = {
    "the names of one entity": "SELECT ?name {{ GRAPH ?g {{ id:p{} rdfs:label ?name }} }}",
    "the claims about one entity": (
        "SELECT ?claim ?relation ?object ?confidence {{ GRAPH ?g {{ ?claim rdf:subject id:p{} ; rdf:predicate ?relation ; rdf:object ?object ; "
        "kg:confidence ?confidence }} }}"
    ),
    "a hundred claims": "SELECT ?claim ?confidence {{ GRAPH ?g {{ ?claim kg:confidence ?confidence }} }} OFFSET {} LIMIT 100",
}


def filled(folder: Path, nodes: int, facts: int) -> Path:
    """A store of so many claims."""
    folder.mkdir()
    (folder / "size").write_bytes(pickle.dumps((nodes, facts)))
    network_scale.fill(folder)
    return folder / "store"


# ---- questions


@contextmanager
def started(command: Sequence[str], address: str, path: str) -> Iterator[int]:
    """A server that answers; gives its process."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            while not _answers(address, path):
                time.sleep(0.2)
            yield process.pid
        finally:
            process.terminate()


def _answers(address: str, path: str) -> bool:
    try:
        asked(address, path, ["ASK {}"], 0.0)
    except OSError:
        return False
    return True


def asked(address: str, path: str, questions: Sequence[str], seconds: float) -> float:
    """Answers a second. Raises OSError where there is no server, and ValueError for an answer that is none."""
    at, sending, number, began = urlsplit(address), selectors.DefaultSelector(), 0, time.monotonic()
    head = f"HTTP/1.1\r\nHost: {at.netloc}\r\nAccept: application/sparql-results+json\r\n\r\n"
    requests = [f"GET {path}?{urlencode({'query': question})} {head}".encode() for question in questions]
    for client in range(CLIENTS):
        opened = socket.create_connection((at.hostname, at.port))
        opened.sendall(requests[client % len(requests)])
        sending.register(opened, selectors.EVENT_READ, bytearray())
    while number < CLIENTS or time.monotonic() - began < seconds:
        for key, _ in sending.select():
            received = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
            if not received:
                raise OSError("the server has closed the connection")
            key.data.extend(received)
            if _whole(key.data):
                if not key.data.startswith(b"HTTP/1.1 200"):
                    raise ValueError(key.data[:500].decode())
                key.data.clear()
                number += 1
                key.fileobj.sendall(requests[number % len(requests)])  # type: ignore[union-attr]
    for key in list(sending.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return number / (time.monotonic() - began)


def _whole(received: bytearray) -> bool:
    head, _, body = received.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length) if length else body.endswith(b"0\r\n\r\n")


def processor(process: int) -> float:
    """Seconds that a process and its children have worked."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return (int(times[11]) + int(times[12])) / TICKS + sum(processor(int(child)) for child in children)


def questions(place: Path, seconds: float) -> Iterator[str]:
    """The rows of the table; each server is asked in turn."""
    ports = [_free() for _ in range(2)]
    kg, oxigraph = (f"http://127.0.0.1:{port}" for port in ports)
    program = [sys.executable, "-m", "kg", "serve", "--store", str(place), "--port", str(ports[0])]
    other = [str(Path(sys.executable).with_name("oxigraph")), "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{ports[1]}"]
    with started(program, kg, "/sparql") as ours, started(other, oxigraph, "/query") as theirs:
        for name, pattern in QUESTIONS.items():
            texts = [PREFIXES + pattern.format(number) for number in range(200)]
            rates, costs = [], []
            for address, path, process in ((kg, "/sparql", ours), (oxigraph, "/query", theirs)):
                before = processor(process)
                rates.append(asked(address, path, texts, seconds))
                costs.append((processor(process) - before) / seconds / rates[-1] * 1000)
            yield f"| {name} | {rates[0]:,.0f} | {rates[1]:,.0f} | {rates[1] / rates[0]:.1f} | {costs[0]:.2f} | {costs[1]:.2f} |"


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# ---- pictures


def pictures(place: Path, facts: int, tries: int) -> str:
    """A row of the table."""
    from playwright.sync_api import sync_playwright
    from serving import serving

    from kg.graph.store import Store
    from kg.web import viewer
    from kg.web.exploration import exploration
    from kg.web.settings import Settings

    file = place.parent / "graph.html"
    with Store.open(place, read_only=True) as store:
        began = time.monotonic()
        data = exploration(store)
        file.write_text(viewer.page(data, title="Made up"), encoding="utf-8")
        written = time.monotonic() - began
    with serving(Settings(place=str(place), workers=1, timeout=600, memory=8_000_000_000)) as address, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        drawn(browser, f"{address}/graph")
        seconds = [min(drawn(browser, page) for _ in range(tries)) for page in (file.as_uri(), f"{address}/graph")]
        browser.close()
    return f"| {facts:,} | {len(data['nodes']):,} | {written:.1f} | {seconds[0]:.1f} | {seconds[1]:.1f} |"


def drawn(browser: Any, address: str) -> float:
    """Seconds until the picture is there."""
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    opened.set_default_timeout(600_000)
    began = time.monotonic()
    opened.goto(address)
    opened.locator("#explorer[data-ready]").wait_for()
    seconds = time.monotonic() - began
    opened.close()
    return seconds


def main() -> None:
    """Measures, and writes web.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--facts", type=int, nargs="+", default=[100, 2_000, 20_000])
    parser.add_argument("--tries", type=int, default=3)
    options = parser.parse_args()
    from kg.web import bundle

    if bundle.script() is None:
        sys.exit(bundle.MISSING)
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as folder:
        stores = {facts: filled(Path(folder) / str(facts), max(facts * 2 // 5, 40), facts) for facts in options.facts}
        middle = options.facts[len(options.facts) // 2]
        asked_rows = list(questions(stores[middle], options.seconds))
        drawn_rows = [pictures(place, facts, options.tries) for facts, place in stores.items()]
    loads.append(os.getloadavg()[0])
    versions = ", ".join(f"{name} {version(name)}" for name in ("oxigraph", "uvicorn", "httptools", "playwright"))
    lines = [
        "# kg serve: eight clients, and the first picture",
        f"\nMade by `python tests/benchmarks/web.py`. Python {platform.python_version()}, {versions}; {os.cpu_count()} cores that other work",
        f"shared: {loads[0]:.0f} processes wanted to run at the beginning, {loads[1]:.0f} at the end. Look at the ratio and at the processor's",
        "time; the rest belongs to the machine.",
        f"\nEight clients, {middle:,} facts:",
        "\n| question | kg serve, a second | Oxigraph, a second | ratio | kg serve, CPU ms each | Oxigraph, CPU ms each |",
        "|---|--:|--:|--:|--:|--:|",
        *asked_rows,
        f"\nFrom the address to the picture, the quickest of {options.tries} tries:",
        "\n| facts | nodes shown | written by kg view (s) | its first picture (s) | that of /graph (s) |\n|--:|--:|--:|--:|--:|",
        *drawn_rows,
    ]
    text = "\n".join(lines) + "\n"
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

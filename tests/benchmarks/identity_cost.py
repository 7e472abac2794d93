"""The cost of one more article: documents made up of people, bodies and places are written one by one, and the time of each is taken.

    python tests/benchmarks/identity_cost.py [--documents 10000] [--step 1000] [--batch 1] [--disk] [--picture FILE.svg]

Names follow Zipf's law over a growing population, every tenth in another spelling, as in news: the well known come again and again
while new ones keep coming, dated as they come. "identity" is the processor time of placing them and of the registry's graph; "all" is the time that
passes, with the document's own graph, which another thread writes.
"""

import argparse
import random
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Extraction, Mention, Span

GIVEN = ["Anna", "Boris", "Carlos", "Dmitry", "Elena", "Farid", "Giorgio", "Hassan", "Ivana", "Jamal", "Karim", "Leonid", "Mariam"]
GIVEN += ["Nadia", "Omar", "Pavel", "Qasim", "Rosa", "Sergei", "Tariq", "Viktor", "Yusuf", "Zahra"]
PARTS = ["ba", "do", "gre", "ha", "ko", "la", "mi", "ne", "pu", "ri", "sta", "tor", "ve", "wo", "zan", "kel", "bur", "dim", "fos", "gal", "hel"]
KINDS = ("Water Board", "Trade Union", "Institute", "Party", "Bank", "News Agency", "Brigade", "Foundation")
PLACES = (("City", "Baghdad"), ("City", "Paris"), ("Country", "Iraq"), ("Country", "France"), ("City", "Mosul"), ("Country", "Kenya"))


def surname(number: int) -> str:
    """A surname for each number."""
    syllables = []
    while True:
        number, rest = divmod(number, len(PARTS))
        syllables.append(PARTS[rest])
        if not number:
            return ("".join(syllables) + "n").capitalize()


def person(number: int, variant: bool) -> str:
    """A name for each number; a variant spells it otherwise."""
    family = surname(number // len(GIVEN) + 500)
    return f"{GIVEN[number % len(GIVEN)]} {family.replace('k', 'c') if variant else family}"


def article(number: int, chance: random.Random) -> Extraction:
    """Eight people, four bodies and three places, with a claim for each pair of people."""
    known = 200 + 3 * number

    def zipf() -> int:
        return min(int(known ** chance.random()), known - 1)

    things = [("Person", person(zipf(), chance.random() < 0.1)) for _ in range(8)]
    things += [("Organization", f"{surname(zipf())} {chance.choice(KINDS)}") for _ in range(4)] + chance.sample(PLACES, 3)
    things = list(dict.fromkeys(things))
    entities, at = [], 0
    for n, (kind, name) in enumerate(things):
        entities.append(Entity(f"e-{n}", kind, name, mentions=(Mention(at, at + len(name), name), Mention(at + 50, at + 52, "it", "pronoun"))))
        at += 100
    people = [e for e in entities if e.type == "Person"]
    span = Span(0, 10, "They met.")
    claims = tuple(
        Claim(f"c-{number}-{n}", one.id, "metWith", other.id, "actual", (), span, None, None, span, 0.9, "metWith/Reciprocal/meet")
        for n, (one, other) in enumerate(pairwise(people))
    )
    day = date(1990, 1, 1) + timedelta(number // 10)
    head = {"id": f"news/{number:06}", "published": day.isoformat(), "sha256": f"{number:064x}", "length": at + 100}
    return Extraction(head, tuple(entities), claims)


def picture(points: list[tuple[int, float]]) -> str:
    """SVG: processor time of identity for one more article over the articles that are there."""
    most, top = points[-1][0], max(4.0, 1.25 * max(each for _, each in points))
    at = [(50 + 300 * number / most, 340 - 300 * each / top) for number, each in points]
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 400" font-family="sans-serif" font-size="11" text-anchor="middle">',
        '<rect width="380" height="400" fill="white"/><text x="200" y="24">cost of one more article, ms of processor time</text>',
        '<rect x="50" y="40" width="300" height="300" fill="none" stroke="black"/>',
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}" fill="none" stroke="steelblue" stroke-width="2"/>',
    ]
    lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="steelblue"/>' for x, y in at]
    for tick in range(5):
        lines.append(f'<text x="{50 + 75 * tick}" y="358">{most * tick // 4}</text><text x="32" y="{344 - 75 * tick}">{top * tick / 4:.1f}</text>')
    return "\n".join([*lines, '<text x="200" y="378">articles in the store</text></svg>']) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--step", type=int, default=1000)
    options.add_argument("--batch", type=int, default=1, help="so many documents are written together")
    options.add_argument("--disk", action="store_true", help="the store is a directory, not in memory")
    options.add_argument("--picture", type=Path, help="where to draw the curve")
    given = options.parse_args()
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store" if given.disk else None) as store:
        identities = Identities(store)
        identity = wall = 0.0
        points = []
        print("documents  members  ms a document: identity  all")
        for first in range(0, given.documents, given.batch):
            documents = [resolve(article(number, chance)) for number in range(first, first + given.batch)]
            began, busy = time.perf_counter(), time.thread_time()
            identities.write(documents, batch=given.batch)
            identity, wall = identity + time.thread_time() - busy, wall + time.perf_counter() - began
            done = first + given.batch
            if done % given.step == 0:
                each = 1000 * identity / given.step, 1000 * wall / given.step
                points.append((done, each[0]))
                print(f"{done:9}  {len(identities.registry.members):7}  {each[0]:23.1f}  {each[1]:4.1f}", flush=True)
                identity = wall = 0.0
    if given.picture:
        given.picture.write_text(picture(points), "utf-8")


if __name__ == "__main__":
    main()

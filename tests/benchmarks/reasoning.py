"""Time and memory of what `--infer` does, on stores of made-up documents, beside owlrl on the same premises.

    python tests/benchmarks/reasoning.py [--quads 10000 100000 1000000] [--owlrl 10000] [--store DIR]

Each size runs in a process of its own; times are of the processor. "rules" is that of working out what follows, "copy" that of the copy
in memory that is then asked or exported, with it. owlrl (pip install owlrl) gets the triples that rules may apply to and no others, up to
the size of --owlrl; it is asked for RDFS and for OWL RL. `--store` measures a store that is there instead.
"""

import argparse
import multiprocessing
import random
import resource
import time
from pathlib import Path

from kg.graph.reasoning import infer, reasoned
from kg.graph.store import Store
from kg.model import Claim, Entity, Event, Extraction, Mention, Span

RELATIONS = {
    "Person": ("headOfState", "spokesmanOf", "memberOf", "livesIn", "bornIn", "metWith", "spouseOf", "parentOf", "visited"),
    "Organization": ("subsidiaryOf", "partOf", "basedIn", "acquired", "metWith"),
    "City": ("locatedIn", "capitalOf"),
    "Region": ("locatedIn",),
    "Country": ("attacked", "invaded", "alliedWith", "memberOf"),
}
OBJECTS = {
    **dict.fromkeys(("livesIn", "bornIn", "visited", "basedIn"), "City"),
    **dict.fromkeys(("metWith", "spouseOf", "parentOf"), "Person"),
    **dict.fromkeys(("memberOf", "subsidiaryOf", "partOf", "acquired", "spokesmanOf"), "Organization"),
    **dict.fromkeys(("headOfState", "capitalOf", "attacked", "invaded", "alliedWith"), "Country"),
}
# Parts lie in one whole: of so many cities one region, and so on.
WHOLES = {"locatedIn": 4, "capitalOf": 40, "partOf": 9, "subsidiaryOf": 9}
WORDS = Span(0, 10, "They said.")


def article(number: int, chance: random.Random) -> Extraction:
    """Fifteen entities, some known from earlier documents; twelve claims, one in six not actual; two events."""

    def thing(kind: str, known: int) -> Entity:
        ident = min(int(known ** chance.random()), known - 1)
        spans = tuple(Mention(at, at + 5, kind[:5]) for at in sorted(chance.sample(range(2000), 4)))
        return Entity(f"{kind.lower()}/{ident}", kind, f"{kind} {ident}", mentions=spans)

    sizes = {"Person": 500 + 3 * number, "Organization": 300 + number, "City": 300 + number // 2, "Region": 100, "Country": 50}
    things = {kind: [thing(kind, known) for _ in range(3)] for kind, known in sizes.items()}
    claims = []
    for n in range(12):
        kind = chance.choice(list(RELATIONS))
        relation = chance.choice(RELATIONS[kind])
        target = OBJECTS.get(relation) or ("Region" if kind == "City" else "Country")
        subject, object_ = chance.choice(things[kind]), chance.choice(things[target])
        if relation in WHOLES:
            number_of = int(subject.id.rpartition("/")[2])
            object_ = Entity(f"{target.lower()}/{number_of // WHOLES[relation]}", target, "")
        modality = "actual" if n % 6 else "possible"
        if subject.id != object_.id:
            claims.append(Claim(f"c-{number}-{n}", subject.id, relation, object_.id, modality, (), WORDS, None, None, WORDS, 0.9, f"{relation}/x/x"))
    roles = {"agent": (things["Country"][0].id,), "place": (things["City"][0].id,)}
    events = tuple(Event(f"v-{number}-{n}", "Invasion", WORDS, roles, modality="actual", evidence=WORDS) for n in range(2))
    entities = {each.id: each for kind in things.values() for each in kind}
    known = {"id": f"d-{number}", "title": f"Document {number}", "pipeline": "made up"}
    return Extraction(known, tuple(entities.values()), tuple(claims), events, ())


def filled(quads: int) -> Store:
    """A store in memory with about so many quads."""
    chance, store, number = random.Random(7), Store.open(), 0
    while len(store.inner) < quads:  # type: ignore[arg-type]
        store.replace_all(article(number + n, chance) for n in range(10))
        number += 10
    return store


def measure(quads: int, place: Path | None, with_owlrl: bool) -> None:
    """Prints a row."""
    store = Store.open(place, read_only=True) if place else filled(quads)
    size, before, began = len(store.inner), memory(), time.process_time()  # type: ignore[arg-type]
    found = infer(store)
    rules, grown = time.process_time() - began, memory() - before
    follows, rounds = len(found.rounds), max(found.rounds.values())
    lines = "".join(f"{quad.triple} .\n" for quad in found.known if quad.triple not in found.rounds)
    premises = lines.count("\n")
    del found
    before, began = memory(), time.process_time()
    reasoned(store)
    copy, copied = time.process_time() - began, memory() - before
    beside = owlrl(lines) if with_owlrl else "–"
    print(
        f"{size:>9,} {premises:>9,} {follows:>9,} {rounds:>6} {rules:>7.2f} s {grown:>6,.0f} MB {copy:>7.2f} s {copied:>6,.0f} MB  {beside}",
        flush=True,
    )


def owlrl(lines: str) -> str:
    """The time of owlrl, and what it adds, which is more: it also types every node and literal."""
    import owlrl
    import rdflib

    told = []
    for name in ("RDFS_Semantics", "OWLRL_Semantics"):
        graph = rdflib.Graph().parse(data=lines, format="nt")
        size, began = len(graph), time.process_time()
        owlrl.DeductiveClosure(getattr(owlrl, name)).expand(graph)
        told.append(f"{name.split('_')[0]} {time.process_time() - began:.1f} s (+{len(graph) - size:,})")
    return ", ".join(told)


def memory() -> float:
    """The most that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measures each size in a new process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--owlrl", type=int, default=0)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    print("    quads  premises   follows rounds     rules              copy              owlrl")
    for quads in [0] if options.store else options.quads:
        process = multiprocessing.get_context("spawn").Process(
            target=measure, args=(quads, options.store, quads <= options.owlrl and options.owlrl > 0)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()

"""Kills verbs that write at every write, runs them again, and tells what is other than after an undisturbed run.

A program of its own, so that it can fork: what it needs is loaded once, and each child opens and writes a store like a new `kg`.
`python kills.py MOMENTS SEED [SCENARIO…]` prints a JSON object: for each scenario how many kills there were, and what was wrong, a line
each. Kills come at every write, and at so many moments by chance.
"""

import contextlib
import io
import json
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from typer.testing import CliRunner

from kg import ontology, pipeline
from kg.cli import app
from kg.errors import StoreError
from kg.extract.signature import signature
from kg.graph.history import HISTORY
from kg.graph.identities import Identities
from kg.graph.knowledge import KNOWLEDGE
from kg.graph.registry import NUMBER
from kg.graph.sightings import REGISTRY
from kg.graph.store import Store
from kg.graph.texts import TEXTS
from kg.identity.resolve import resolve
from kg.model import Claim, Document, Entity, Extraction, Mention, Span

# Where there is one, a file system in memory: a store on a disk waits for it at every opening.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# Beside the scenarios: a store is made.
MAKING = "making"
WRITES = ("add", "extend", "bulk_extend", "remove", "remove_graph", "update", "load")
TEXT = " ".join(f"word{number}" for number in range(120))
BASE = "id,name,aliases,type,description\nhttps://kb.example/1,Anna Berg,,Person,{}\nhttps://kb.example/2,Otto Hahnel,,Person,A clerk\n"


def article(number: int, *people: str, place: str = "Baghdad", text: str = "") -> Extraction:
    """An article in which the first of the people meets each of the others."""
    text = text or f"{number} {' met '.join(people)}"
    things = [("Person", name) for name in people] + [("City", place)]
    entities = tuple(Entity(f"e-{n}", kind, name, mentions=(Mention(n * 40, n * 40 + len(name), name),)) for n, (kind, name) in enumerate(things))
    evidence = Span(0, len(text), text)
    claims = tuple(
        Claim(f"c-{number}-{n}", "e-0", "metWith", f"e-{n}", "actual", (), evidence, None, None, Span(0, 3, "met"), 0.9, "metWith/Reciprocal/meet")
        for n in range(1, len(people))
    )
    document = Document(f"news/{number}", text)
    head = {"id": document.id, "title": f"Article {number}", "sha256": document.sha256, "length": len(text), "signature": signature(text)}
    return resolve(Extraction({**head, "pipeline": "toy"}, entities, claims))


FIRST = [
    article(1, "Qassem Soleimani", "Anna Berg", text=TEXT),
    article(2, "Bill Weld", "Otto Hahnel", text=TEXT + " end"),
    article(3, "Qassim Suleimani", "Qassem Soleimani", "Unit 7", place="Austin"),
    article(4, "William Weld", "Anna Berg", "J. Smith"),
    article(5, "Qasem Soleimani", "Unit Seven", place="Paris"),
]
# The same documents as they are told later: another place, another text, other people.
SECOND = [
    replace(
        article(1, "Qassem Soleimani", "Anna Berg", place="Nairobi", text="now " + TEXT[::-1]), document={**FIRST[0].document, "sha256": "f" * 64}
    ),
    article(3, "Qassim Suleimani", "Ida Brandt", place="Kisumu"),
    article(6, "Abe Shinzo", "Shinzo Abe", "Bill Weld"),
    article(0, "Kassem Soleimani", "Otto Hahnel", text=TEXT + " more"),
]


class Reader:
    """What stands for the extractor: knows what each text says."""

    version = "toy"

    def __init__(self, known: Iterable[Extraction]) -> None:
        self.ontology = ontology.load()
        self.known = {each.document["sha256"]: each for each in known}

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            yield self.known[document.sha256]


def kg(*words: str, given: str | None = None) -> str:
    """Runs a verb on the store of the working directory."""
    done = CliRunner().invoke(app, list(words), input=given, env={"KG_STORE": "s", "COLUMNS": "200", "TERM": "dumb"})
    if done.exit_code and not isinstance(done.exception, SystemExit):
        raise done.exception or AssertionError(done.output)
    return done.output


def load(records: Iterable[Extraction], *words: str) -> Callable[[], str]:
    lines = "".join(json.dumps(each.to_json()) + "\n" for each in records)
    return lambda: kg("load", "-", *words, given=lines)


def build(texts: Iterable[tuple[int, str]], *known: Extraction) -> Callable[[], str]:
    """A build that keeps texts; what they say is known."""
    documents = [Document(f"news/{number}", text) for number, text in texts]

    def run() -> str:
        with Store.open("s") as store:
            summary = pipeline.build(documents, store, extractor=Reader(known), keep_text=True, batch=2)
        return f"{summary.documents} {summary.unchanged}"

    return run


def texts(records: Iterable[Extraction]) -> list[tuple[int, str]]:
    return [(int(each.id.rpartition("/")[2]), each.claims[0].evidence.text) for each in records]


def base(description: str) -> Callable[[], str]:
    Path("kb.csv").write_text(BASE.format(description), encoding="utf-8")
    return load(FIRST[:1], "--knowledge", "kb.csv")


@dataclass(frozen=True)
class Scenario:
    """What is run before, what is killed and run again."""

    before: tuple[Callable[[], str], ...]
    killed: Callable[[], str]


def judged(*words: str) -> Callable[[], str]:
    return lambda: kg(*words)


LOADED = (load(FIRST),)
REVISED = [article(4, "William Weld", "Anna Berg", "Li Wei", text="another text, and a longer one"), *FIRST[4:]]
SCENARIOS = {
    "load": Scenario((), load(FIRST)),
    "load revisions": Scenario(LOADED, load(SECOND)),
    "load with knowledge": Scenario(LOADED, lambda: base("A general")()),
    "load with other knowledge": Scenario((*LOADED, lambda: base("A general")()), lambda: base("A spy")()),
    "build": Scenario((), build(texts(FIRST), *FIRST)),
    "build changed texts": Scenario((build(texts(FIRST), *FIRST),), build(texts(REVISED), *REVISED)),
    "retract": Scenario((build(texts(FIRST), *FIRST),), judged("retract", "news/1", "news/3")),
    "same": Scenario(LOADED, judged("same", "person/unit-7", "person/unit-seven")),
    "same within documents": Scenario(LOADED, judged("same", "person/anna-berg", "person/qassem-soleimani")),
    "different": Scenario(LOADED, judged("different", "person/bill-weld", "person/william-weld")),
    "different within an entity": Scenario(LOADED, judged("different", "Anna Berg", "Anna Berg@news/4")),
    "undo": Scenario((*LOADED, judged("same", "person/anna-berg", "person/qassem-soleimani")), judged("undo")),
    "judgements": Scenario(LOADED, lambda: _bring()),
}


def _bring() -> str:
    told = [("same", "person/unit-7", "person/unit-seven"), ("different", "person/bill-weld", "person/william-weld")]
    lines = [
        json.dumps({"answer": a, "one": one, "other": other, "reason": "", "by": "Ida", "one_names": [], "other_names": []}) for a, one, other in told
    ]
    Path("judgements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kg("judgements", "judgements.jsonl")


# ---- children


def child(job: Callable[[], Any], place: Path, after: float | None = None) -> tuple[Any, bool]:
    """(what the job gave in a process of its own in that directory, whether it was killed, as it is after so many seconds)."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        os.chdir(place)
        try:
            told = (True, job())
        except BaseException as error:
            told = (False, f"{type(error).__name__}: {error}")
        with os.fdopen(theirs, "wb") as pipe:
            pickle.dump(told, pipe)
        os._exit(0)
    os.close(theirs)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    with os.fdopen(ours, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return None, True
    succeeded, value = pickle.loads(answer)
    if not succeeded:
        raise AssertionError(value)
    return value, False


def killing(job: Callable[[], Any], at: int) -> Callable[[], int]:
    """The job, ended by the system before its write of that number; gives the number of writes where there were fewer."""

    def run() -> int:
        count = 0

        def counted(inner: Callable[..., Any]) -> Callable[..., Any]:
            def write(self: ox.Store, *given: Any, **more: Any) -> Any:
                nonlocal count
                # What is looked up before it is written is kept in memory.
                if not sys._getframe(1).f_code.co_filename.endswith("changes.py"):
                    count += 1
                    if count == at:
                        os.kill(os.getpid(), signal.SIGKILL)
                return inner(self, *given, **more)

            return write

        for name in WRITES:
            setattr(ox.Store, name, counted(getattr(ox.Store, name)))
        assert Identities.write.__kwdefaults__ is not None
        Identities.write.__kwdefaults__["batch"] = 2
        job()
        return count

    return run


# ---- what is compared


def dump() -> set[str]:
    """All that is stored."""
    with Store.open("s", read_only=True) as store:
        return {str(quad) for quad in store.inner}


def again(job: Callable[[], Any]) -> Callable[[], set[str]]:
    """What is stored when the job is done once more."""

    def run() -> set[str]:
        killing(job, 0)()
        return dump()

    return run


def made() -> bool:
    """Whether there is a store; one whose making was cut off says what to do."""
    try:
        Store.open("s", read_only=True).close()
    except StoreError as error:
        if "with: kg build INPUT" not in str(error):
            raise
        return False
    return True


def state() -> tuple[set[str], set[str], set[str]]:
    """(what is stored beside history and copies, the same of a new store with the documents and judgements that are there, texts of no document)."""
    with Store.open("s", read_only=True) as store:
        identities = Identities(store)
        records = [identities._raw(name) for name in store.graphs()]
        told = sorted(identities.registry.judged.values(), key=lambda judgement: judgement.number)
        knowledge = list(store.inner.quads_for_pattern(None, None, None, KNOWLEDGE))
        kept = {quad.subject.value.rpartition("/")[2] for quad in store.inner.quads_for_pattern(None, None, None, TEXTS)}  # type: ignore[union-attr]
        loose = kept - {document.sha256 or "" for document in store.documents()}
        there = _beside(store)
    fresh = Identities(Store.open())
    fresh.store.inner.extend(knowledge)
    fresh.write(records)
    for judgement in told:
        fresh.judge(judgement)
    return there, _beside(fresh.store), loose


def _beside(store: Store) -> set[str]:
    left = {str(HISTORY), str(TEXTS), "<https://w3id.org/kg-news/id/graph/copies>", "<https://w3id.org/kg-news/ontology>"}
    return {str(q) for q in store.inner if q.subject != REGISTRY and str(q.graph_name) not in left and q.predicate != NUMBER}


def tried(scenario: Scenario, moments: int, seed: int) -> Iterator[str]:
    """What is wrong after a kill at each write, and at so many moments by chance; the last line is the number of kills."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        start, whole, place = Path(folder, "start"), Path(folder, "whole"), Path(folder, "place")
        start.mkdir()
        for job in scenario.before:
            child(killing(job, 0), start)
        shutil.copytree(start, whole)
        began = time.monotonic()
        writes, _ = child(killing(scenario.killed, 0), whole)
        seconds = time.monotonic() - began
        wanted, _ = child(dump, whole)
        kills = 0
        chance = random.Random(seed)
        tries = [(f"kill at write {at}", killing(scenario.killed, at), None) for at in range(1, writes + 1)]
        tries += [(f"kill after {s:.4f} s", killing(scenario.killed, 0), s) for s in (chance.uniform(0, seconds) for _ in range(moments))]
        for told, job, after in tries:
            shutil.copytree(start, place)
            _, was_killed = child(job, place, after)
            kills += was_killed
            yield from (f"{told}: {wrong}" for wrong in _wrong(scenario, place, wanted))
            if after is None and not was_killed:
                yield f"{told}: not killed"
            shutil.rmtree(place)
        yield str(kills)


def _wrong(scenario: Scenario, place: Path, wanted: set[str]) -> Iterator[str]:
    if child(made, place)[0]:
        there, fresh, loose = child(state, place)[0]
        yield from _difference("what is there is not as if made anew", there, fresh)
        if loose:
            yield f"texts without a document: {len(loose)}"
    yield from _difference("not the same after a second run", child(again(scenario.killed), place)[0], wanted)


def unmade(moments: int, seed: int) -> Iterator[str]:
    """What is wrong after kills while a store is made, one or several until it is; the last line is the number of kills."""
    chance, kills = random.Random(seed), 0
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        place = Path(folder)
        began = time.monotonic()
        child(lambda: Store.open("s").close(), place)
        seconds = time.monotonic() - began
        wanted, _ = child(again(load(FIRST[:1])), place)
        for _ in range(moments):
            shutil.rmtree(place / "s", ignore_errors=True)
            for after in [chance.uniform(0, seconds) for _ in range(chance.randint(1, 3))]:
                _, was_killed = child(lambda: Store.open("s").close(), place, after)
                kills += was_killed
                child(made, place)
            yield from _difference("a store whose making was killed", child(again(load(FIRST[:1])), place)[0], wanted)
    yield str(kills)


def _difference(told: str, found: set[str], wanted: set[str]) -> Iterator[str]:
    if found != wanted:
        example = sorted(found ^ wanted)[0]
        yield f"{told}: {len(found - wanted)} more, {len(wanted - found)} less, such as {'more' if example in found else 'less'} {example[:300]}"


def main() -> None:
    moments, seed, *names = sys.argv[1:]
    found = {}
    # What is loaded at first use is loaded here, not in each child.
    Identities(Store.open()).write(FIRST)
    for name in names or (MAKING, *SCENARIOS):
        with contextlib.redirect_stdout(io.StringIO()):
            *wrong, kills = unmade(8 * int(moments), int(seed)) if name == MAKING else tried(SCENARIOS[name], int(moments), int(seed))
        found[name] = {"kills": int(kills), "wrong": wrong}
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

"""How networks of 100,000 entities and 500,000 ties are projected, analysed and exported, beside networkx alone, igraph and networkit.

    python tests/benchmarks/network_scale.py [--nodes 100000] [--edges 500000] [--limit 600] [--jobs 1] [--keep FOLDER]

The store is made up: entities, some tied much more than others, a claim a tie, a document for each fifty claims. Every step runs in a
process of its own, so that its peak memory is its own; what it reads was written before by another, and reading it is not counted in
the time. What takes longer than the limit is stopped, and the table says so, as of what failed and what another step's failure left
without its input. With --keep a run that was stopped goes on where it was. Writes the table to network_scale.md. igraph (GPL) is asked
only here.
"""

import argparse
import json
import pickle
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import astuple, dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

RELATIONS = ("attacked", "metWith", "accused", "worksFor", "supports", "visited", "killed", "memberOf")
# Steps that make what others read are done one after the other; the others may run side by side.
MAKERS = ("fill the store", "project claims", "project facts", "(ties as numbers)")
CLAIMS_A_DOCUMENT = 50
SEED = 7
EXPORTS = ("tables", "parquet", "sqlite", "neo4j", "graphml", "gexf", "yed", "cx2", "cytoscape", "graphology", "jgf", "dot", "gml", "pajek")
Work = Callable[[Path], str]


def ties(nodes: int, edges: int) -> list[tuple[int, int, str]]:
    """Who is tied to whom by what: everybody acts at least once, some are acted upon much more than others."""
    chance = random.Random(SEED)
    order = chance.sample(range(nodes), nodes)
    targets = chance.choices(order, [1 / (rank + 10) for rank in range(nodes)], k=edges)
    return [(number if number < nodes else chance.randrange(nodes), targets[number], chance.choice(RELATIONS)) for number in range(edges)]


def statements(nodes: int, edges: int) -> Iterator[bytes]:
    """N-Quads of a document after the other. They are those of a real record, written once and filled in for each claim."""
    about, said = template()
    made = ties(nodes, edges)
    for first in range(0, edges, CLAIMS_A_DOCUMENT):
        day = f"{2015 + first % 7}-{1 + first // 50 % 12:02}-{1 + first // 600 % 28:02}"
        filled = [about]
        for place, (one, other, relation) in enumerate(made[first : first + CLAIMS_A_DOCUMENT]):
            claim = said.replace("attacked", relation).replace("someone", f"p{one}").replace("another", f"p{other}")
            filled.append(claim.replace("claimident", f"c-{first + place}").replace("=0,", f"={place},"))
        yield (
            "".join(filled).replace("docident", f"doc-{first}").replace("2015-01-01", day).replace("host.example", f"h{first % 97}.example").encode()
        )


def template() -> tuple[str, str]:
    """What kg writes of a document with one claim: of the document, and of the claim and its two entities."""
    from kg.graph.triples import quads
    from kg.model import Claim, Entity, Extraction, Span

    known = {"id": "docident", "source": "https://host.example/docident", "title": "Article docident", "published": "2015-01-01"}
    span = Span(0, 50, "In docident it is told that someone attacked another.")
    claim = Claim(
        id="claimident",
        subject="person/someone",
        relation="attacked",
        object="person/another",
        modality="actual",
        attributed_to=(),
        evidence=span,
        subject_span=None,
        object_span=None,
        trigger=Span(0, 8, "attacked"),
        confidence=0.8,
        rule="attacked/Transitive/x",
    )
    entities = (Entity("person/someone", "Person", "Person someone"), Entity("person/another", "Person", "Person another"))
    lines = [f"{quad} .\n" for quad in quads(Extraction(known, entities, (claim,)))]
    own = ("someone", "another", "claimident", "docident#")
    of_claim = [any(word in line for word in own) for line in lines]
    return tuple("".join(line for line, its in zip(lines, of_claim, strict=True) if its is wanted) for wanted in (False, True))  # type: ignore[return-value]


# ---- what kg does


def fill(folder: Path) -> str:
    from kg.graph.store import Store

    nodes, edges = pickle.loads((folder / "size").read_bytes())
    with Store.open(folder / "store") as store:
        store.fill(statements(nodes, edges))
        return f"{len(store.graphs()):,} documents, {len(store.inner):,} quads"  # type: ignore[arg-type]


def projected(name: str) -> Work:
    def work(folder: Path) -> str:
        from kg.graph.store import Store
        from kg.network.projection import project

        with Store.open(folder / "store", read_only=True) as store:
            graph = project(store, name)
        told = process_time()
        with (folder / f"{name}.pickle").open("wb") as file:
            pickle.dump(graph, file, pickle.HIGHEST_PROTOCOL)
        # Writing it down is no part of projecting it.
        _Clock.started += process_time() - told
        return f"{len(graph):,} nodes, {graph.number_of_edges():,} edges"

    return work


def measured(name: str, engine: Any) -> Work:
    def work(folder: Path) -> str:
        from kg.network.centrality import measure

        scores = measure(load(folder), name, engine=engine)
        return f"first {max(scores, key=lambda node: scores[node])}"

    return work


def grouped(method: Any) -> Work:
    def work(folder: Path) -> str:
        from kg.network.communities import communities

        return f"{len(communities(load(folder), method=method))} communities"

    return work


def flattened(folder: Path) -> str:
    from kg.network.flat import flatten

    return f"{flatten(load(folder)).number_of_edges():,} edges"


def loaded(folder: Path) -> str:
    return f"{load(folder).number_of_edges():,} edges"


def exported(name: str) -> Work:
    def work(folder: Path) -> str:
        from kg.exporters import formats

        write = formats()[name].write_network
        assert write is not None
        graph = load(folder)
        with tempfile.TemporaryFile() as file:
            write(graph, file)
            return f"{file.tell() / 1e6:.0f} MB"

    return work


class _Clock:
    """When the step's own work began, in seconds of the processor."""

    started = 0.0


class MissingError(Exception):
    """What a step reads is not there, for the step that makes it did not end well."""


def load(folder: Path) -> Any:
    """The network of facts."""
    return _read(folder / "facts.pickle")


def _read(place: Path) -> Any:
    """What another step wrote; reading it is not counted in the time."""
    if not place.exists():
        raise MissingError(f"not tried: {place.stem} could not be made")
    with place.open("rb") as file:
        found = pickle.load(file)
    _Clock.started = process_time()
    return found


# ---- the same without kg: the ties as bare numbers


def bare(folder: Path) -> tuple[int, list[tuple[int, int]], list[float]]:
    found: tuple[int, list[tuple[int, int]], list[float]] = _read(folder / "bare.pickle")
    return found


def to_bare(folder: Path) -> str:
    from kg.network.simple import simple

    made = simple(load(folder))
    number = {node: place for place, node in enumerate(made)}
    ties = [(number[one], number[other]) for one, other in made.edges()]
    (folder / "bare.pickle").write_bytes(pickle.dumps((len(made), ties, [weight for *_, weight in made.edges(data="weight")])))
    return f"{len(ties):,} ties between different nodes"


def with_networkx(function: Callable[[Any], Any]) -> Work:
    def work(folder: Path) -> str:
        import networkx as nx

        nodes, ties, weights = bare(folder)
        graph = nx.Graph()
        graph.add_nodes_from(range(nodes))
        graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in zip(ties, weights, strict=True))
        return shown(function(graph))

    return work


def with_igraph(function: Callable[[Any], Any]) -> Work:
    def work(folder: Path) -> str:
        import igraph

        nodes, ties, weights = bare(folder)
        graph = igraph.Graph(n=nodes, edges=ties, edge_attrs={"weight": weights})
        return shown(function(graph))

    return work


def with_networkit(function: Callable[[Any], Any]) -> Work:
    def work(folder: Path) -> str:
        import networkit as nk
        import numpy as np

        nodes, ties, weights = bare(folder)
        ends = np.array(ties, dtype=np.uint64)
        return shown(function(nk.GraphFromCoo((np.array(weights), (ends[:, 0], ends[:, 1])), n=nodes, weighted=True, directed=False)))

    return work


def shown(result: Any) -> str:
    return f"{result:,}" if isinstance(result, int) else ""


def networkx_graphml(graph: Any) -> None:
    import networkx as nx

    with tempfile.TemporaryFile() as file:
        nx.write_graphml_xml(graph, file)


def igraph_graphml(graph: Any) -> None:
    with tempfile.NamedTemporaryFile() as file:
        graph.write_graphml(file.name)


def rows() -> list[tuple[str, str, Work]]:
    """What is done, by whom, how."""
    import networkx as nx

    def nk(name: str) -> Any:
        import networkit

        return networkit, name

    kg = [
        ("fill the store", "kg", fill),
        ("project claims", "kg", projected("claims")),
        ("project facts", "kg", projected("facts")),
        ("(ties as numbers)", "", to_bare),
        ("(the network alone)", "kg", loaded),
        ("degree", "kg", measured("degree", None)),
        ("PageRank", "kg, networkit", measured("pagerank", None)),
        ("PageRank", "kg, networkx", measured("pagerank", "networkx")),
        ("core", "kg, networkit", measured("core", None)),
        ("clustering", "kg, networkit", measured("clustering", None)),
        ("eigenvector", "kg, networkit", measured("eigenvector", None)),
        ("closeness (sample)", "kg, networkit", measured("closeness", None)),
        ("communities", "kg, networkit (Leiden)", grouped(None)),
        ("flatten", "kg", flattened),
    ]
    others: list[tuple[str, str, Work]] = [
        ("PageRank", "networkx", with_networkx(lambda graph: nx.pagerank(graph))),
        ("PageRank", "igraph", with_igraph(lambda graph: graph.pagerank(weights="weight"))),
        ("PageRank", "networkit", with_networkit(lambda graph: nk("")[0].centrality.PageRank(graph).run())),
        ("core", "networkx", with_networkx(nx.core_number)),
        ("core", "igraph", with_igraph(lambda graph: graph.coreness())),
        ("core", "networkit", with_networkit(lambda graph: nk("")[0].centrality.CoreDecomposition(graph).run())),
        ("clustering", "networkx", with_networkx(nx.clustering)),
        ("clustering", "igraph", with_igraph(lambda graph: graph.transitivity_local_undirected())),
        ("clustering", "networkit", with_networkit(lambda graph: nk("")[0].centrality.LocalClusteringCoefficient(graph).run())),
        ("betweenness (sample)", "networkit", with_networkit(lambda graph: nk("")[0].centrality.EstimateBetweenness(graph, 500).run())),
        ("communities", "igraph (Leiden)", with_igraph(lambda graph: len(graph.community_leiden("modularity", weights="weight", n_iterations=10)))),
        (
            "communities",
            "networkit (Leiden)",
            with_networkit(lambda graph: nk("")[0].community.ParallelLeiden(graph, 10).run().getPartition().numberOfSubsets()),
        ),
        ("export graphml", "networkx, bare ties", with_networkx(networkx_graphml)),
        ("export graphml", "igraph, bare ties", with_igraph(igraph_graphml)),
    ]
    exports = [(f"export {name}", "kg", exported(name)) for name in EXPORTS]
    slow: list[tuple[str, str, Work]] = [
        ("betweenness (sample)", "kg, networkit", measured("betweenness", None)),
        ("communities", "kg, networkx (Louvain)", grouped("louvain")),
        ("betweenness (sample)", "networkx", with_networkx(lambda graph: nx.betweenness_centrality(graph, k=500, seed=SEED))),
        ("communities", "networkx (Louvain)", with_networkx(lambda graph: len(nx.community.louvain_communities(graph, seed=SEED)))),
    ]
    return [*kg, *others, *exports, *slow]


# ---- running


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step took: seconds of the processor and peak memory in MB, None where it did not come to its end; and what is told."""

    seconds: float | None
    memory: float | None
    told: str

    @property
    def cells(self) -> str:
        """The cells of the table."""
        numbers = ((self.seconds, ".1f"), (self.memory, ",.0f"))
        return " | ".join([*("" if value is None else format(value, style) for value, style in numbers), self.told])


def child(number: int, folder: Path, limit: int) -> None:
    """Does one step and prints what it took."""
    _Clock.started = process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 10))
    try:
        told = rows()[number][2](folder)
    except MissingError as error:
        print(json.dumps([None, None, str(error)]))
        return
    print(json.dumps([process_time() - _Clock.started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, told]))


def run(number: int, folder: Path, limit: int) -> Outcome:
    """Does a step in a process of its own, and says what it took or how it failed."""
    command = [sys.executable, __file__, "--step", str(number), "--folder", str(folder), "--limit", str(limit)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == -signal.SIGXCPU:
        return Outcome(None, None, f"stopped after {limit} s")
    if done.returncode < 0:
        return Outcome(None, None, f"ended by signal {-done.returncode}, as when memory runs out")
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        return Outcome(None, None, f"failed: {' '.join(reason)}")
    return Outcome(*json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=100_000)
    options.add_argument("--edges", type=int, default=500_000)
    options.add_argument("--limit", type=int, default=600, help="seconds of the processor for a step")
    options.add_argument("--jobs", type=int, default=1, help="steps side by side")
    options.add_argument("--keep", type=Path, help="a folder for what is made; what went well there is not done again")
    options.add_argument("-o", type=Path, default=Path(__file__).with_suffix(".md"), help="where to write the table")
    options.add_argument("--step", type=int, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step is not None:
        child(given.step, given.folder, given.limit)
        return
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.mkdir(exist_ok=True)
        (folder / "size").write_bytes(pickle.dumps((given.nodes, given.edges)))
        steps = list(enumerate((step, by) for step, by, _ in rows()))
        one = partial(_line, folder=folder, limit=given.limit)
        lines = [one(*each) for each in steps if each[1][0] in MAKERS]
        with ThreadPoolExecutor(given.jobs) as pool:
            lines += pool.map(lambda each: one(*each), [each for each in steps if each[1][0] not in MAKERS])
    given.o.write_text(report(given, [line for line in lines if line]), encoding="utf-8")


def _line(number: int, step: tuple[str, str], *, folder: Path, limit: int) -> str:
    """A line of the table; a step by nobody only makes what others read."""
    name, by = step
    kept = folder / f"{name} {by}.json"
    outcome = Outcome(*json.loads(kept.read_text())) if kept.exists() else run(number, folder, limit)
    if outcome.seconds is not None:
        kept.write_text(json.dumps(astuple(outcome)))
    line = f"| {name} | {by} | {outcome.cells} |"
    print(line, flush=True)
    return line if by else ""


def report(given: argparse.Namespace, lines: list[str]) -> str:
    """The page with the table."""
    found = [f"{name} {_version(name)}" for name in ("networkx", "networkit", "igraph", "pyoxigraph")]
    return (
        f"# Networks of {given.nodes:,} entities and {given.edges:,} claims\n\n"
        f"Made by `python tests/benchmarks/network_scale.py --nodes {given.nodes} --edges {given.edges} --limit {given.limit}`. "
        f"Python {platform.python_version()},\n"
        f"{', '.join(found)}; two cores that other work shared, so the seconds are those of the processor, all threads\n"
        "together. Each step in a process of its own; the memory is that process's peak, with the network loaded: what an export takes\n"
        "for itself is what it has more than the network alone.\n"
        "The lines of kg work on the network with all its attributes, with names of nodes and the making of what the library needs; the\n"
        "others on bare numbered ties, likewise with the making of their graph. Samples are of 500 nodes;\n"
        "up to 500 million nodes × ties kg takes no sample but all.\n\n"
        "| step | by | CPU seconds | peak MB | |\n|---|---|--:|--:|---|\n" + "\n".join(lines) + "\n"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    main()

"""A store behind an address: SPARQL 1.1 Query, Update and Graph Store Protocol over HTTP, with the methods of `pyoxigraph.Store`.

Queries and changes go to `ADDRESS/query` and `ADDRESS/update`, whole graphs to `ADDRESS/store`, as Oxigraph has it. Other servers'
paths stand behind a "#", in that order: `http://localhost:3030/news#sparql,update,data`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox
import urllib3

from kg.errors import StoreError
from kg.graph.engine import Results
from kg.iris import KG

SCHEMES = ("http://", "https://")
PATHS = ("query", "update", "store")
TRIPLES, RESULTS = "application/n-triples", "application/sparql-results+json"
_VARIABLES = ("?subject", "?predicate", "?object", "?graph")
_SECONDS = 600.0
_LONGEST = 2000
# An update may have been done when no answer comes: nothing is sent again.
_ONCE = urllib3.Retry(total=None, connect=0, read=0, redirect=3, status=0, other=0)
# Oxigraph's word for it; other servers ignore it.
_UNION = ("union-default-graph", "true")


def is_address(place: object) -> bool:
    """True for the address of a server."""
    return isinstance(place, str) and place.lower().startswith(SCHEMES)


class Remote:
    """A server. Each call is a request; a name and password in the address are sent along, and never shown."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
        base = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        paths = parts.fragment.split(",") if parts.fragment else list(PATHS)
        if not host or len(paths) != len(PATHS):
            raise StoreError(
                f"{self.shown(address)}: not the address of a store; write it like http://localhost:7878 or http://localhost:3030/news#sparql,update,data"
            )
        self.name = base
        self._query, self._update, self._graphs = (f"{base}/{path.strip('/')}".rstrip("/") for path in paths)
        login = f"{parts.username}:{parts.password or ''}" if parts.username else None
        self._headers = urllib3.make_headers(basic_auth=login, user_agent="kg")
        self._pool = urllib3.PoolManager(maxsize=4, timeout=urllib3.Timeout(connect=10, read=_SECONDS))

    @staticmethod
    def shown(address: str) -> str:
        """The address without name and password."""
        parts = urlsplit(address)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def _send(self, method: str, address: str, kind: str, body: bytes | None = None, accept: str = "*/*") -> urllib3.BaseHTTPResponse:
        headers = {**self._headers, "Accept": accept, **({"Content-Type": kind} if body is not None else {})}
        try:
            response = self._pool.request(method, address, body=body, headers=headers, retries=_ONCE)
        except urllib3.exceptions.HTTPError as error:
            reason = getattr(error, "reason", None) or error
            raise StoreError(f"{self.name}: no answer from the server ({type(reason).__name__}); is it running?") from error
        if response.status == 400 and address != self._graphs:
            raise SyntaxError(response.data.decode("utf-8", "replace")[:500])
        if response.status in (401, 403):
            raise StoreError(f"{self.name}: the server refuses; write a name and password into the address: http://NAME:PASSWORD@HOST/")
        if response.status >= 400 and not (response.status == 404 and address.startswith(f"{self._graphs}?")):
            told = " ".join(response.data.decode("utf-8", "replace").split())[:200]
            raise StoreError(f"{self.name}: {method} {address.split('?')[0]} fails with status {response.status}{': ' if told else ''}{told}")
        return response

    # ---- SPARQL 1.1 Protocol

    def query(
        self,
        query: str,
        /,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Any = None,
        named_graphs: Any = None,
    ) -> Results:
        """The answer to a query; with `use_default_graph_as_union` the union of all graphs is asked. Raises SyntaxError."""
        given = (("default-graph-uri", default_graph), ("named-graph-uri", named_graphs))
        named = [(parameter, graph.value) for parameter, graphs in given for graph in graphs or ()]
        return self._ask(
            (f"BASE {ox.NamedNode(base_iri)} " if base_iri else "") + _head(prefixes) + query,
            self._all_graphs() if use_default_graph_as_union else named,
        )

    def _ask(self, query: str, parameters: Iterable[tuple[str, str]] = ()) -> Results:
        form = urlencode([("query", query), *parameters]).encode()
        response = self._send("POST", self._query, "application/x-www-form-urlencoded", form, f"{RESULTS}, {TRIPLES};q=0.9")
        if response.headers.get("Content-Type", "").split(";")[0].strip() != TRIPLES:
            return ox.parse_query_results(response.data, format=ox.QueryResultsFormat.JSON)
        graph = ox.Store()
        graph.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(response.data, format=ox.RdfFormat.N_TRIPLES))
        answer = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(answer, ox.QueryTriples)
        return answer

    @cached_property
    def _has_union(self) -> bool:
        """True when the server takes the union of all graphs for the default graph by itself, or when told as Oxigraph is."""
        return bool(self._ask(f"ASK {{ <{KG}Claim> ?p ?o }}", [_UNION]))

    def _all_graphs(self) -> list[tuple[str, str]]:
        """The parameters that make the union of all graphs the default graph; by the protocol it is the graphs that are named."""
        if self._has_union:
            return [_UNION]
        names = [name.value for name in self.named_graphs() if isinstance(name, ox.NamedNode)]
        return [(kind, name) for kind in ("default-graph-uri", "named-graph-uri") for name in names]

    def update(self, update: str, /, *, prefixes: dict[str, str] | None = None) -> None:
        """Runs an update. Raises SyntaxError."""
        self._send("POST", self._update, "application/sparql-update", (_head(prefixes) + update).encode("utf-8"))

    # ---- Graph Store Protocol

    def _graph(self, name: Any) -> str:
        return f"{self._graphs}?{urlencode({'graph': name.value})}"

    def extend(self, quads: Iterable[ox.Quad], /) -> None:
        """Adds quads, a graph a request."""
        for name, members in groupby(sorted(quads, key=lambda quad: str(quad.graph_name)), key=lambda quad: quad.graph_name):
            body = ox.serialize((quad.triple for quad in members), format=ox.RdfFormat.N_TRIPLES) or b""
            if _is_short(name):
                self._send("POST", self._graph(name), TRIPLES, body)
            else:
                self.update(f"INSERT DATA {{ GRAPH {name} {{ {body.decode()} }} }}")

    def remove_graph(self, graph_name: Any, /) -> None:
        """Drops a graph."""
        if _is_short(graph_name):
            self._send("DELETE", self._graph(graph_name), TRIPLES)
        else:
            self.update(f"DROP SILENT GRAPH {graph_name}")

    # ---- looking up

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None, /) -> Iterator[ox.Quad]:
        """The quads with these terms; None stands for any."""
        given = (subject, predicate, object, graph_name)
        if graph_name is not None and _is_short(graph_name) and given[:3] == (None, None, None):
            response = self._send("GET", self._graph(graph_name), TRIPLES, accept=TRIPLES)
            if response.status != 404:
                for quad in ox.parse(response.data, format=ox.RdfFormat.N_TRIPLES):
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, graph_name)
            return
        s, p, o, g = (variable if term is None else str(term) for variable, term in zip(_VARIABLES, given, strict=True))
        wanted = [variable for variable, term in zip(_VARIABLES, given, strict=True) if term is None]
        if not wanted:
            if ox.Quad(*given) in self:
                yield ox.Quad(*given)
            return
        rows = self._ask(f"SELECT {' '.join(wanted)} WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}")
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            yield ox.Quad(*(row[variable[1:]] if term is None else term for variable, term in zip(_VARIABLES, given, strict=True)))

    def __iter__(self) -> Iterator[ox.Quad]:
        return self.quads_for_pattern(None, None, None, None)

    def __contains__(self, quad: ox.Quad, /) -> bool:
        return bool(self._ask(f"ASK {{ GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }} }}"))

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of the graphs."""
        # Virtuoso has no graphs where nothing is asked of them; elsewhere that is the quick way.
        for pattern in ("", "?s ?p ?o"):
            rows = self._ask(f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }}")
            assert isinstance(rows, ox.QuerySolutions)
            if names := [name for row in rows if (name := row["graph"]) is not None]:
                return iter(names)
        return iter(())

    def contains_named_graph(self, graph_name: Any, /) -> bool:
        """True when there is a graph of that name with something in it."""
        return bool(self._ask(f"ASK {{ GRAPH {graph_name} {{ ?s ?p ?o }} }}"))

    def flush(self) -> None:
        """Nothing to do: the server has answered when it has written."""


def _is_short(name: Any) -> bool:
    """True for a graph whose name can stand in the address of a request; servers refuse long ones."""
    return len(name.value) < _LONGEST


def _head(prefixes: dict[str, str] | None) -> str:
    """On the first line, so that the numbers of lines in errors stay right."""
    return "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in (prefixes or {}).items())

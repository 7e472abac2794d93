"""The questions of the library: a list, and each with a form for its parameters and its answer as a table; some have an address of their own."""

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, RequestError
from kg.graph import vocabulary
from kg.graph.answers import Answer
from kg.graph.queries import Query, library, run
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, english, literal, node
from kg.iris import ID
from kg.web import bundle, links, sparql, triples
from kg.web.depiction import depiction
from kg.web.exchange import Ask, Reply
from kg.web.limited import Limited
from kg.web.negotiation import GRAPHS, PAGE, ROWS, choose, content_type
from kg.web.pages import pictures
from kg.web.representation import html, reply
from kg.web.resultset import resultset
from kg.web.viewer import embedded

# Questions that are pages under an address of their own: the question, the heading, and what to do where nothing is found.
OWN = {
    "timeline": ("events", "Timeline", "No event of the store tells when it was."),
    "incidents": (
        "incidents",
        "Incidents",
        "No two articles report one happening, or nobody has looked: kg incidents does.",
    ),
    "sources": ("sources", "Sources", "No claim of the store tells who makes it."),
}
# Columns of pages that are shown as links with the words of another column, which isn't shown itself.
CALLED = {"sources": {"source": "name", "entity": "about"}, "incidents": {"incident": "event"}}
# Questions whose answer can be drawn, and the address of the picture, which takes the same parameters.
PICTURES = {"events": "/timeline.svg"}
_EXECUTABLE, _SELECT = node("sh:SPARQLSelectExecutable"), node("sh:select")
_SUMMARY, _TAG = node("dcterms:description"), node("schema:keywords")


def index(store: Store, ask: Ask) -> Reply:
    """The list."""
    found = [{"name": query.name, "summary": query.summary, "tags": list(query.tags)} for query in library().values()]
    return reply(ask, "questions.html", {"questions": found}, _library)


def _library() -> Iterator[ox.Triple]:
    """The questions as SHACL's executables, under addresses that lead to their pages."""
    for query in library().values():
        about = ox.NamedNode(_address(query))
        yield ox.Triple(about, TYPE, _EXECUTABLE)
        yield ox.Triple(about, LABEL, english(query.name))
        yield ox.Triple(about, _SUMMARY, english(query.summary))
        yield ox.Triple(about, _SELECT, literal(query.text))
        yield from (ox.Triple(about, _TAG, literal(tag)) for tag in query.tags)


def _address(query: Query) -> str:
    """Its IRI, which leads to its page."""
    return f"{ID}questions/{query.name}"


def question(store: Store, ask: Ask) -> Reply:
    """A question with its answer; a parameter that is needed and not given leaves the form alone."""
    query = library().get(ask.ident)
    if query is None:
        raise RequestError(404, f"no question called {ask.ident}; /questions lists them")
    given = {parameter.name: value for parameter in query.parameters if (value := ask.one(parameter.name).strip())}
    missing = [parameter.name for parameter in query.parameters if parameter.required and parameter.name not in given]
    format = choose(ask, {**PAGE, **ROWS, **GRAPHS})
    if format in GRAPHS:
        return triples.written(ask, resultset(run(store, query, given), links.query(_address(query), given)), format)
    if format != "html":
        file = Limited(ask.size)
        file.write(run(store, query, given).serialize(format))
        return Reply(file.getvalue(), content_type(ROWS[format]))
    answer: Answer | None = None
    problem = ""
    try:
        answer = None if missing else run(store, query, given)
    except QueryError as error:
        problem = str(error)
    return _page(ask, query, answer, problem, given, vocabulary.labels(store.inner))


def _page(ask: Ask, query: Query, answer: Answer | None, problem: str, given: dict[str, str], labels: dict[str, str]) -> Reply:
    usual = (query.name, query.name.replace("-", " ").capitalize(), "No answer in this store.")
    _, heading, nothing = next((own for own in OWN.values() if own[0] == query.name), usual)
    shown: dict[str, Any] = {"query": query, "given": given, "problem": problem, "heading": heading, "nothing": nothing, "labels": labels}
    of = PICTURES.get(query.name) if answer is not None and _drawn(answer) else None
    missing = pictures.missing() if of else ""
    shown |= {"picture": links.query(of, given) if of and not missing else "", "missing": missing}
    shown["called"] = CALLED.get(query.name, {})
    return html(ask, "question.html", answer=answer, formats=_formats(answer), status=400 if problem else 200, **shown)


def _formats(answer: Answer | None) -> list[str]:
    """Those that the page may be had in: none where it has no answer."""
    return [] if answer is None else [*ROWS, *GRAPHS]


def _drawn(answer: Answer) -> bool:
    """True where something of the answer has a day, and is told as having happened: else there is nothing to draw."""
    rows = (dict(zip(answer.variables, texts, strict=True)) for texts in answer.texts)
    return any(row.get("when") and row.get("modality") == "actual" for row in rows)


def form(store: Store, ask: Ask) -> Reply:
    """The page of the endpoint: a form for SPARQL, and the answer as a table, that of CONSTRUCT and DESCRIBE as a picture too.

    `question=` fills in one of the library, to be changed and asked.
    """
    text, answer, problem, status = ask.one("query"), None, "", 200
    chosen = library().get(ask.one("question"))
    if text:
        try:
            answer = Answer.of(sparql.ask_engine(store, ask))
        except (QueryError, RequestError) as error:
            problem, status = str(error), getattr(error, "status", 400)
    # Without a query programs get the description of the service.
    formats = [] if problem else list(ROWS) if answer and answer.kind != "graph" else list(GRAPHS)
    drawn = depiction(store, answer.triples) if answer and answer.kind == "graph" and bundle.SCRIPT.is_file() else None
    shown: dict[str, Any] = {
        "text": text or (chosen.text if chosen else ""),
        "answer": answer,
        "problem": problem,
        "drawn": drawn and embedded(drawn),
    }
    shown |= {"chosen": chosen, "questions": [query for query in library().values() if query.over == "graph"]}
    return html(ask, "sparql.html", status=status, formats=formats, **shown)

"""The questions of the library: a list, and each with a form for its parameters and its answer as a table; some have an address of their own."""

from typing import Any

from kg.errors import QueryError, RequestError
from kg.graph import vocabulary
from kg.graph.answers import Answer
from kg.graph.queries import Query, library, run
from kg.graph.store import Store
from kg.web import bundle, links, sparql
from kg.web.depiction import depiction
from kg.web.exchange import Ask, Reply
from kg.web.limited import Limited
from kg.web.negotiation import GRAPHS, PAGE, ROWS, choose, content_type
from kg.web.pages import pictures
from kg.web.representation import html, reply
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


def index(store: Store, ask: Ask) -> Reply:
    """The list."""
    found = [{"name": query.name, "summary": query.summary, "tags": list(query.tags)} for query in library().values()]
    return reply(ask, "questions.html", {"questions": found})


def question(store: Store, ask: Ask) -> Reply:
    """A question with its answer; a parameter that is needed and not given leaves the form alone."""
    query = library().get(ask.ident)
    if query is None:
        raise RequestError(404, f"no question called {ask.ident}; /questions lists them")
    given = {parameter.name: value for parameter in query.parameters if (value := ask.one(parameter.name).strip())}
    missing = [parameter.name for parameter in query.parameters if parameter.required and parameter.name not in given]
    format = choose(ask, {**PAGE, **ROWS})
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
    return html(ask, "question.html", answer=answer, formats=list(ROWS), status=400 if problem else 200, **shown)


def _drawn(answer: Answer) -> bool:
    """True where something of the answer has a day, and is told as having happened: else there is nothing to draw."""
    rows = (dict(zip(answer.variables, texts, strict=True)) for texts in answer.texts)
    return any(row.get("when") and row.get("modality") == "actual" for row in rows)


def form(store: Store, ask: Ask) -> Reply:
    """The page of the endpoint: a form for SPARQL, and the answer as a table, that of CONSTRUCT and DESCRIBE as a picture too."""
    text, answer, problem, status = ask.one("query"), None, "", 200
    if text:
        try:
            answer = Answer.of(sparql.ask_engine(store, ask))
        except (QueryError, RequestError) as error:
            problem, status = str(error), getattr(error, "status", 400)
    formats = list(GRAPHS) if answer and answer.kind == "graph" else list(ROWS)
    drawn = depiction(store, answer.triples) if answer and answer.kind == "graph" and bundle.SCRIPT.is_file() else None
    shown: dict[str, Any] = {"text": text, "answer": answer, "problem": problem, "drawn": drawn and embedded(drawn)}
    return html(ask, "sparql.html", status=status, formats=formats, **shown)

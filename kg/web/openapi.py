"""The description of all addresses for programs, after OpenAPI 3.1: what may be asked of each, and what may come back."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg import __version__
from kg.web.exchange import Job
from kg.web.negotiation import DATA, GRAPHS, PAGE, ROWS
from kg.web.protocol import FORM, QUERY

PATH = "/openapi.json"
SVG = "image/svg+xml"
_REFUSALS = {
    400: "The request is malformed; the line says what to change.",
    401: "The token of the server is missing.",
    403: "Refused: it would change the store, ask another server, or give too long an answer.",
    404: "Nothing of that name is here.",
    406: "Not to be had in a format that was asked for; the line lists those that are there.",
    409: "What is told contradicts what is known.",
    413: "The request is too long.",
    415: "The body is of another type than those that are read.",
    421: "The server answers to no such host.",
    503: "Too many questions at once, too long or too greedy a one, or no store; ask again later or for less.",
}
_PARAMETERS = {
    "query": "A SPARQL 1.1 query.",
    "default-graph-uri": "A graph to be asked; several are merged. Without any it is the union of all.",
    "named-graph-uri": "A graph that GRAPH may name.",
    "format": "The format by its name or media type, in place of the header Accept.",
    "graph": "The graph, by its IRI.",
    "default": "The union of all graphs.",
    "question": "For people: a question of the library that the form is filled with.",
    "iri": "The IRI of anything in the store.",
    "q": "What names are searched for.",
    "page": "Which page of a long table.",
    "nodes": "How many nodes at most.",
    "entity": "An entity, by its id.",
    "around": "The entity whose surroundings are shown, by its id.",
    "answer": "same, different or undo.",
    "one": "An entity, by name, id or IRI.",
    "other": "The entity that it is or isn't the same as.",
    "reason": "Why.",
    "number": "That of the judgement to take back.",
    "by": "Who decides.",
    "offset": "How many pairs are passed over.",
    "judged": "The number of the judgement that was just made.",
}
# What JSON Schema calls the format of a text.
_KINDS = {"query": "sparql", "default-graph-uri": "iri", "named-graph-uri": "iri", "graph": "iri", "iri": "iri"}
_IDENT = {"type": "string", "format": "ident"}
_MANY = ("default-graph-uri", "named-graph-uri")
_OF_QUERIES = ("query", *_MANY, "format")
_OF_PAGES = {"/resource": ("iri",), "/why": ("entity", "page"), "/search": ("q", "page"), "/graph": ("nodes", "around")}


def described(pages: Mapping[str, Job]) -> dict[str, Any]:
    """The description, of the endpoints and of the pages by their paths."""
    answers = [*ROWS.values(), *GRAPHS.values(), *PAGE.values()]
    shown = [*DATA.values(), *GRAPHS.values(), *PAGE.values()]
    judged = _operation("Records or takes back a judgement.", [*DATA.values(), *PAGE.values()], 400, 401, 403, 406, 409, 413, 415, status=201)
    judged["responses"]["303"] = {"description": "Recorded; a browser goes on to the next page."}
    paths = {
        "/sparql": {
            "get": {
                **_operation("Answers a SPARQL query; without one the service describes itself.", answers, 400, 403, 406),
                "parameters": _parameters(*_OF_QUERIES, "question"),
            },
            "post": {
                **_operation("Answers a SPARQL query.", answers, 400, 403, 406, 413, 415),
                "parameters": _parameters(*_MANY, "format"),
                "requestBody": _body({FORM: _form(*_OF_QUERIES, required="query"), QUERY: _text("query")}),
            },
        },
        "/graphs": {
            "get": {
                **_operation("A whole graph, after the Graph Store Protocol.", GRAPHS.values(), 400, 403, 404, 406),
                "parameters": _parameters("graph", "default", "format"),
            }
        },
        "/judgements": {
            "get": {**_operation("What people have decided about identity.", shown, 400, 404, 406), "parameters": _parameters("format")},
            "post": {**judged, "requestBody": _body({FORM: _form("answer", "one", "other", "reason", "by", "number", "offset", required="answer")})},
        },
        "/candidates": {
            "get": {
                **_operation("A pair of entities that may be one, to be judged; only with --edit.", shown, 400, 403, 404, 406),
                "parameters": _parameters("offset", "judged", "by", "format"),
            }
        },
        PATH: {"get": _operation("This description.", DATA.values())},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg", "version": __version__, "description": "A knowledge graph of news. What is refused is told in one line."},
        "paths": {**paths, **{template(path): {"get": _page(path, job)} for path, job in pages.items()}},
    }


def _page(path: str, job: Job) -> dict[str, Any]:
    formats = [SVG] if path.endswith(".svg") else [*PAGE.values(), *DATA.values(), *ROWS.values(), *GRAPHS.values()]
    said = (getattr(job, "__doc__", None) or path).split("\n")[0]
    names = (*_OF_PAGES.get(path, ("page",)), "format")
    in_path = [{**_parameter(name), "schema": _IDENT, "in": "path", "required": True} for name in re.findall(r"\{(\w+)", path)]
    return {**_operation(said, formats, 400, 403, 404, 406), "parameters": [*in_path, *_parameters(*names)]}


def template(path: str) -> str:
    """The path without what its parameters may hold: {ident:path} is {ident}."""
    return re.sub(r":\w+\}", "}", path)


def _operation(summary: str, formats: Iterable[str], *refusals: int, status: int = 200) -> dict[str, Any]:
    found = {str(status): {"description": "What was asked for.", "content": {each: {} for each in formats}}}
    told = {"content": {each: {"schema": {"type": "string"}} for each in ("text/plain", *PAGE.values())}}
    return {"summary": summary, "responses": {**found, **{str(each): {"description": _REFUSALS[each], **told} for each in (*refusals, 421, 503)}}}


def _parameters(*names: str) -> list[dict[str, Any]]:
    return [{**_parameter(name), "in": "query"} for name in names]


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "description": _PARAMETERS.get(name, "The id, as it stands in IRIs."), "schema": _schema(name)}


def _schema(name: str) -> dict[str, Any]:
    text = _text(name)
    return {"type": "array", "items": text} if name in _MANY else text


def _text(name: str) -> dict[str, Any]:
    if name == "format":
        return {"type": "string", "enum": [*ROWS, *GRAPHS, *PAGE]}
    return {"type": "string", **({"format": _KINDS[name]} if name in _KINDS else {})}


def _form(*names: str, required: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: _schema(name) for name in names}, "required": [required], "additionalProperties": False}


def _body(kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": schema} for kind, schema in kinds.items()}}

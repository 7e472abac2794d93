"""The application: which address is answered by what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg import resources
from kg.errors import RequestError
from kg.web import description, graphs, judgements, openapi, protocol, signing, sparql
from kg.web.endpoint import Prepare, asked, body, endpoint, nowhere, raw_path
from kg.web.exchange import Ask, Job
from kg.web.guard import Guard
from kg.web.negotiation import wants_page
from kg.web.pages import graph, happenings, home, judging, network, places, questions, things
from kg.web.settings import Settings
from kg.web.workers import Workers

READING = "GET, HEAD, OPTIONS"
PAGES: dict[str, Job] = {
    "/": home.home,
    "/graph": graph.graph,
    "/network": network.analysis,
    "/network.svg": network.picture,
    "/map": places.places,
    "/map.svg": places.picture,
    "/timeline.svg": happenings.timeline,
    "/documents": home.documents,
    "/search": home.search,
    "/questions": questions.index,
    "/questions/{name}": questions.question,
    "/entity/{ident:path}": things.entity,
    "/why": judging.why,
    "/document/{ident:path}": things.document,
    "/claim/{ident:path}": things.claim,
    "/event/{ident:path}": things.event,
    "/incident/{ident:path}": happenings.incident,
    "/resource": things.resource,
}


def application(settings: Settings) -> Starlette:
    """The application, with its workers while it runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Workers(settings) as workers:
            app.state.workers = workers
            yield

    app = Starlette(
        routes=[
            Route("/sparql", endpoint(_sparql, protocol.METHODS), methods=["GET", "POST", "OPTIONS"]),
            Route("/graphs", endpoint(_graphs, graphs.METHODS), methods=["GET", "OPTIONS"]),
            Route("/judgements", endpoint(_judgements, judgements.METHODS), methods=["GET", "POST", "OPTIONS"]),
            Route("/candidates", endpoint(_candidates, READING), methods=["GET", "OPTIONS"]),
            Route(openapi.PATH, _openapi, methods=["GET"]),
            *(_reading(path, job) for path, job in PAGES.items()),
            *(_reading(f"/{name}", questions.question, own[0]) for name, own in questions.OWN.items()),
            Route("/id/{rest:path}", _resolved, methods=["GET"]),
            Mount("/static", StaticFiles(directory=resources.PACKAGE / "web" / "static")),
        ],
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors,
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["Accept", "Content-Type"],
            ),
        ],
        exception_handlers={HTTPException: nowhere},
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app


def _reading(path: str, job: Job, ident: str | None = None) -> Route:
    return Route(path, endpoint(_page(job, ident), READING), methods=["GET", "OPTIONS"])


def _page(job: Job, ident: str | None) -> Prepare:
    """A page; its id is what the address tells unless given."""

    async def prepare(request: Request) -> tuple[Job, Ask]:
        found = protocol.fields(request.scope["query_string"])
        return job, asked(request, found, ident=_ident(request) if ident is None else ident)

    return prepare


def _ident(request: Request) -> str:
    """What follows the first part of the path. Ids may hold anything, so it is taken as it was sent."""
    part = raw_path(request).lstrip("/").partition("/")[2]
    sent = unquote_to_bytes(part)
    try:
        return sent.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return sent.decode("utf-8", "replace")


async def _resolved(request: Request) -> Response:
    """The part of an IRI of kg behind its host: where the IRIs lead here, they are found."""
    return RedirectResponse("/" + raw_path(request).removeprefix("/id/").lstrip("/"), 303)


async def _openapi(_: Request) -> Response:
    """The description of the addresses, for programs."""
    return JSONResponse(openapi.described({**PAGES, **{f"/{name}": questions.question for name in questions.OWN}}))


async def _sparql(request: Request) -> tuple[Job, Ask]:
    sent = await body(request) if request.method == "POST" else b""
    kind = request.headers.get("content-type", "")
    found = protocol.parameters(request.method, request.scope["query_string"], kind, sent)
    ask = asked(request, found, address=str(request.url.replace(query="")))
    is_query = any(name == "query" for name, _ in found)
    if wants_page(ask):
        return questions.form, ask
    return sparql.answer if is_query else description.answer, ask


async def _graphs(request: Request) -> tuple[Job, Ask]:
    return graphs.answer, asked(request, protocol.fields(request.scope["query_string"]))


async def _judgements(request: Request) -> tuple[Job, Ask]:
    if request.method != "POST":
        return judging.judgements, asked(request, protocol.fields(request.scope["query_string"]))
    settings: Settings = request.app.state.settings
    signing.allow_origin(request.headers, settings)
    ask = asked(request, protocol.form(request.headers.get("content-type", ""), await body(request)))
    signing.allow(request, ask, settings)
    return judgements.changing(settings), replace(ask, changes=True)


async def _candidates(request: Request) -> tuple[Job, Ask]:
    settings: Settings = request.app.state.settings
    if not settings.edit:
        raise RequestError(403, "the server was started without --edit: nothing can be judged here; kg candidates can ask")
    return judging.candidates, asked(request, protocol.fields(request.scope["query_string"]))

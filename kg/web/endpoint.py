"""From a request to a response: the request is prepared here, the job is done by a worker, which stops when nobody waits any more."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import RequestError
from kg.web.exchange import Ask, Job, Reply
from kg.web.representation import problem
from kg.web.settings import Settings
from kg.web.signing import signed
from kg.web.worker import failure
from kg.web.workers import Workers

# Bytes of a request's body: longer than any query that people or programs write.
LONGEST_BODY = 1_000_000

Prepare = Callable[[Request], Awaitable[tuple[Job, Ask]]]


def endpoint(prepare: Prepare, methods: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers with what the job gives that `prepare` makes of a request."""

    async def handle(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": methods})
        ask = asked(request, ())
        try:
            job, ask = await prepare(request)
            reply = await _while_wanted(request, job, ask)
        except RequestError as error:
            reply = failure(error.status, str(error), error.headers)
        if reply.tag and reply.tag in request.headers.get("if-none-match", ""):
            reply = replace(reply, status=304, body=b"")
        return _response(problem(ask, reply) if reply.status >= 400 and reply.is_line else reply)

    return handle


async def nowhere(request: Request, error: Exception) -> Response:
    """The answer where no endpoint answers: at an address that isn't there, or for a method that an address hasn't."""
    assert isinstance(error, HTTPException)
    line = "nothing has this address; / shows the way to all that is here" if error.status_code == 404 else error.detail
    return _response(problem(asked(request, ()), failure(error.status_code, line, tuple((error.headers or {}).items()))))


async def body(request: Request) -> bytes:
    """The body. Raises RequestError 413 when it is too long."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > LONGEST_BODY:
            raise RequestError(413, f"a request of more than {LONGEST_BODY} bytes")
    return bytes(found)


async def _while_wanted(request: Request, job: Job, ask: Ask) -> Reply:
    """The reply of a worker; the job is stopped when the client goes away."""
    if request.method != "POST":
        await body(request)
    workers: Workers = request.app.state.workers
    doing = asyncio.create_task(workers.do(job, ask))
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({doing} if ask.changes else {doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        return failure(499, "the client has gone")
    finally:
        for task in (doing, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


async def _gone(request: Request) -> None:
    """Ends when the client goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def asked(request: Request, parameters: tuple[tuple[str, str], ...], *, ident: str = "", address: str = "") -> Ask:
    """What a worker is told of a request."""
    settings: Settings = request.app.state.settings
    accept = ", ".join(request.headers.getlist("accept")) or "*/*"
    signs = settings.edit and not signed(request.cookies, settings)
    return Ask(ident, parameters, accept, settings.size, raw_path(request), address, judging=settings.edit, signs=signs)


def raw_path(request: Request) -> str:
    """The path as it was sent, with its percent-encoding."""
    sent: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    return sent.split(b"?")[0].decode("latin-1")


def _response(reply: Reply) -> Response:
    response = Response(reply.body, reply.status, media_type=reply.media_type)
    response.headers["Vary"] = "Accept"
    if reply.tag:
        # Kept by whoever asks, who asks again each time whether it is still the same.
        response.headers["ETag"], response.headers["Cache-Control"] = reply.tag, "no-cache"
    for name, value in reply.headers:
        response.headers[name] = value
    return response

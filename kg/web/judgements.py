"""What people decide about identity, over HTTP: the one change that can be made here, for it keeps where everything comes from.

Done by a worker that opens the store for writing as `kg same` does; while a build writes, it is told to wait.
"""

import hmac
import json
from dataclasses import asdict
from functools import partial
from urllib.parse import urlsplit

from starlette.requests import Request

from kg.errors import JudgementError, RequestError
from kg.graph import judging
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.identity.judgements import PERSON, Judgement
from kg.web.exchange import Ask, Job, Reply
from kg.web.negotiation import DATA
from kg.web.settings import Settings

METHODS = "GET, HEAD, POST, OPTIONS"
_ANSWERS = ("same", "different", "undo")


def listed(store: Store, ask: Ask) -> Reply:
    """What people have decided, in order."""
    return _json([asdict(each) for each in judging.judgements(Identities(store))])


def changing(settings: Settings) -> Job:
    """The job that changes the store at the place of the settings."""
    return partial(_judge, settings.place)


def _judge(place: str, store: Store, ask: Ask) -> Reply:
    """Records "same" or "different" of two entities, with a reason, or takes the judgement with a number back. Raises RequestError."""
    answer = ask.one("answer")
    if answer not in _ANSWERS:
        raise RequestError(400, f"answer: one of {', '.join(_ANSWERS)}")
    with Store.open(place, create=False) as opened:
        identities = Identities(opened)
        try:
            return _json(asdict(_judged(identities, answer, ask)), 201)
        except JudgementError as error:
            raise RequestError(409, str(error)) from error


def _judged(identities: Identities, answer: str, ask: Ask) -> Judgement:
    if answer == "undo":
        number = ask.one("number")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise RequestError(400, "number: that of the judgement to take back; GET /judgements lists them")
        return judging.undo(identities, int(number))
    one, other = ask.one("one").strip(), ask.one("other").strip()
    if not one or not other:
        raise RequestError(400, "one and other: two entities, by name, id or IRI")
    return judging.judge(identities, answer, one, other, reason=ask.one("reason"), by=ask.one("by") or PERSON)


def _json(found: object, status: int = 200) -> Reply:
    return Reply(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace") + b"\n", DATA["json"], status)


def allow(request: Request, settings: Settings) -> None:
    """Raises RequestError unless the request may change the store: 403 without --edit or from another site, 401 without the token."""
    if not settings.edit:
        raise RequestError(403, "the server was started without --edit: nothing can be judged here; kg same and kg different can")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise RequestError(403, f"a page of {origin} may not judge here")
    given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if settings.token is not None and not hmac.compare_digest(given, settings.token.encode()):
        raise RequestError(401, "send the token of the server: Authorization: Bearer TOKEN", WWW_Authenticate="Bearer")

"""What people decide about identity, over HTTP: the one change that can be made here, for it keeps where everything comes from.

Done by a worker that opens the store for writing as `kg same` does; while a build writes, it is told to wait.
"""

import json
from dataclasses import asdict
from functools import partial

from kg.errors import JudgementError, RequestError
from kg.graph import judging
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.identity.judgements import PERSON, Judgement
from kg.web import links, signing
from kg.web.exchange import Ask, Job, Reply
from kg.web.negotiation import DATA, PAGE, choose
from kg.web.settings import Settings

METHODS = "GET, HEAD, POST, OPTIONS"
_ANSWERS = ("same", "different", "undo")


def changing(settings: Settings) -> Job:
    """The job that changes the store at the place of the settings."""
    return partial(_judge, settings)


def _judge(settings: Settings, store: Store, ask: Ask) -> Reply:
    """Records "same" or "different" of two entities, with a reason, or takes the judgement with a number back. Raises RequestError."""
    answer = ask.one("answer")
    if answer not in _ANSWERS:
        raise RequestError(400, f"answer: one of {', '.join(_ANSWERS)}")
    is_page = choose(ask, {**DATA, **PAGE}) == "html"
    with Store.open(settings.place, create=False) as opened:
        try:
            judged = _judged(Identities(opened), answer, ask)
        except JudgementError as error:
            raise RequestError(409, str(error)) from error
    if is_page:
        signed = signing.header(settings) if ask.signs else ()
        return Reply(b"", status=303, headers=(("Location", _next(ask, answer, judged)), *signed))
    return Reply(json.dumps(asdict(judged), ensure_ascii=False).encode("utf-8", "replace") + b"\n", DATA["json"], 201)


def _judged(identities: Identities, answer: str, ask: Ask) -> Judgement:
    if answer == "undo":
        number = ask.one("number")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise RequestError(400, "number: that of the judgement to take back; GET /judgements lists them")
        return judging.undo(identities, int(number))
    one, other = ask.one("one").strip(), ask.one("other").strip()
    if not one or not other:
        raise RequestError(400, "one and other: two entities, by name, id or IRI")
    return judging.judge(identities, answer, one, other, reason=ask.one("reason").strip(), by=ask.one("by").strip() or PERSON)


def _next(ask: Ask, answer: str, judged: Judgement) -> str:
    """The page that the form was on: the pair is there no more, so that another stands in its place."""
    if not ask.one("offset"):
        return "/judgements"
    number = "" if answer == "undo" else str(judged.number)
    return links.query("/candidates", {"offset": ask.one("offset"), "judged": number, "by": ask.one("by")}) + "#content"

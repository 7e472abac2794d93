"""Who may change the store: those who send the server's token, or the cookie that a browser was given for it, from no other site's page."""

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from kg.errors import RequestError
from kg.web.exchange import Ask
from kg.web.settings import Settings

_COOKIE = "kg-judging"


def allow_origin(headers: Headers, settings: Settings) -> None:
    """Raises RequestError 403 without --edit, or from another site."""
    if not settings.edit:
        raise RequestError(403, "the server was started without --edit: nothing can be judged here; kg same and kg different can")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise RequestError(403, f"a page of {origin} may not judge here")


def allow(request: Request, ask: Ask, settings: Settings) -> None:
    """Raises RequestError 401 without the token."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ") or ask.one("token")
    if settings.token is not None and ask.signs and not _same(given, settings.token):
        told = "the token is missing or wrong: type the one that the server was started with, or send it: Authorization: Bearer TOKEN"
        raise RequestError(401, told, WWW_Authenticate="Bearer")


def signed(cookies: Mapping[str, str], settings: Settings) -> bool:
    """True for a browser that has given the token, and where there is none to give."""
    return settings.token is None or _same(cookies.get(_COOKIE, ""), _key(settings.token))


def header(settings: Settings) -> tuple[tuple[str, str], ...]:
    """What lets a browser judge from now on, until it is closed, without the token; it doesn't tell the token."""
    if settings.token is None:
        return ()
    return (("Set-Cookie", f"{_COOKIE}={_key(settings.token)}; Path=/; HttpOnly; SameSite=Strict"),)


def _key(token: str) -> str:
    return hmac.digest(token.encode("utf-8", "surrogatepass"), b"kg serve --edit", "sha256").hex()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))

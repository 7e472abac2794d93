"""What holds for every response: the headers that keep pages from running anything, and which names of this machine are answered to."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.settings import LOOPBACK, Settings

_POLICY = (
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    # Without one, browsers wouldn't say that a form is sent from a page of this server.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """A server that only this machine can reach answers to no other name: else a page elsewhere could have its own name lead here."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        host = _name(Headers(scope=scope).get("host", ""))
        if self.settings.local and host not in LOOPBACK:
            refused = PlainTextResponse(f"this server answers to {' and '.join(LOOPBACK)} only; start it with --host to be reached\n", 421)
            await refused(scope, receive, sending)
            return
        await self.app(scope, receive, sending)


def _name(host: str) -> str:
    """The host without its port."""
    return host[1:].split("]")[0] if host.startswith("[") else host.split(":")[0].lower()

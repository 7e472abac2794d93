"""The explorer as one HTML file that needs no other, and no network: to keep, or to send to somebody."""

import base64
import hashlib
import json
from typing import Any

from kg.web import bundle
from kg.web.exploration import Values
from kg.web.representation import rendered


def page(data: Values, *, title: str) -> str:
    """The whole page; without the bundle a table. Only the script and style that kg wrote can run in it, by their hashes."""
    script, style = bundle.script(), bundle.STYLE.read_text(encoding="utf-8")
    policy = {
        "default-src": "'none'",
        "script-src": _hash(script) if script else "'none'",
        "style-src": _hash(style),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return rendered(
        "view.html",
        title=title,
        **data,
        values=embedded(data),
        script=script,
        style=style,
        missing=bundle.MISSING,
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
    )


def embedded(data: Any) -> str:
    """JSON that may stand inside an element of HTML: nothing in it can end the element or begin a comment."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").encode("utf-8", "replace").decode()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

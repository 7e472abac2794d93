"""An article as HTML: its text with entities and triggers marked, and beside each paragraph what it says. No script, no network."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import escape

from kg import resources
from kg.model import Claim, Document, Event, Extraction

Link = Callable[[str, str], str]  # from the kind of a thing and its id to the address of its page
Labels = Mapping[str, str]  # from the local name of a term to the words that people read

_NOT_NAME = re.compile(r"[^A-Za-z0-9]")
_HUE = re.compile(r"\.type-(\w+) \{ --hue: (\d+); \}")
STYLE = resources.PACKAGE / "web" / "static" / "article.css"


@cache
def hues() -> dict[str, int]:
    """The hue of each type of entity that has one, as the style tells them."""
    return {kind: int(hue) for kind, hue in _HUE.findall(STYLE.read_text(encoding="utf-8"))}


def key(extraction: Extraction) -> list[tuple[str, str]]:
    """The types of entities that have a colour and stand in the article, each with its class of style."""
    return [(kind, _class(kind)) for kind in hues() if any(each.type == kind for each in extraction.entities)]


def page(document: Document, extraction: Extraction, labels: Labels) -> str:
    """A whole page that needs no other file; everything that comes from the article is escaped."""
    title = escape(document.title or document.id)
    about = " · ".join(escape(part) for part in (document.source, document.published) if part)
    body, style = marked(document.text, extraction, labels), STYLE.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{title}</h1><div class="about">{about}</div>{body}</body></html>\n'


def marked(text: str, extraction: Extraction, labels: Labels, link: Link | None = None) -> str:
    """The text paragraph by paragraph, with what each says; with `link` entities and claims lead to their pages."""
    return "".join(_section(text, extraction, start, end, labels, link) for start, end in _paragraphs(text))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _section(text: str, extraction: Extraction, start: int, end: int, labels: Labels, link: Link | None) -> str:
    claims = [c for c in extraction.claims if start <= c.trigger.start < end]
    told = {c.event for c in claims}
    events = [v for v in extraction.events if start <= v.trigger.start < end and v.id not in told]
    names = {e.id: e.name for e in extraction.entities}
    notes = "".join([*(_claim(c, names, labels, link) for c in claims), *(_event(v, names, labels, link) for v in events)])
    list_ = f"<ul>{notes}</ul>" if notes else ""
    return f'<div class="paragraph"><p>{_marked(text, extraction, start, end, [*claims, *events], labels, link)}</p>{list_}</div>'


def _marked(text: str, extraction: Extraction, start: int, end: int, said: Sequence[Claim | Event], labels: Labels, link: Link | None) -> str:
    """The text with its outermost mentions, and with triggers where no mention stands."""
    spans = [
        (
            m.start,
            m.end,
            *_around(
                link, "entity", e.id, f'<mark class="{m.kind} {_class(e.type)}" title="{escape(labels.get(e.type, e.type))}: {escape(e.name)}">'
            ),
        )
        for e in extraction.entities
        for m in e.mentions
    ]
    spans += [(s.trigger.start, s.trigger.end, '<b class="trigger">', "</b>") for s in said]
    parts, at = [], start
    for first, last, opening, closing in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        if at <= first and last <= end and first < last:
            parts += [escape(text[at:first]), opening, escape(text[first:last]), closing]
            at = last
    return "".join([*parts, escape(text[at:end])])


def _around(link: Link | None, kind: str, ident: str, opening: str) -> tuple[str, str]:
    """A mark, within a link where there are pages."""
    closing = f"</{opening[1:].split()[0]}>"
    return (opening, closing) if link is None else (f'<a href="{escape(link(kind, ident))}">{opening}', f"{closing}</a>")


def _class(type_: str) -> str:
    """The class of style for a type of entity: those that have a colour stand in article.css."""
    return f"type-{_NOT_NAME.sub('', type_)}"


def _linked(link: Link | None, kind: str, ident: str, text: str) -> str:
    return text if link is None else f'<a href="{escape(link(kind, ident))}">{text}</a>'


def _claim(claim: Claim, names: dict[str, str], labels: Labels, link: Link | None) -> str:
    subject = escape(names.get(claim.subject or "", "?"))
    object_ = escape(names.get(claim.object or "", claim.value or "?"))
    sources = " › ".join(escape(names[s]) for s in claim.attributed_to if s in names)
    detail = " · ".join(
        part for part in (claim.modality, f"says {sources}" if sources else "", f"{claim.confidence:.2f}", escape(claim.rule)) if part
    )
    relation = _linked(link, "claim", claim.id, f"<strong>{escape(labels.get(claim.relation, claim.relation))}</strong>")
    return f'<li class="{claim.modality}">{subject} {relation} {object_}<small>{detail}</small></li>'


def _event(event: Event, names: dict[str, str], labels: Labels, link: Link | None) -> str:
    roles = ", ".join(f"{role} {escape(names[i])}" for role, filled in sorted(event.roles.items()) for i in filled if i in names)
    when = escape(event.time.value or event.time.text) if event.time else ""
    detail = " · ".join(part for part in (event.modality, roles, when) if part)
    kind = _linked(link, "event", event.id, f"<strong>{escape(labels.get(event.type, event.type))}</strong>")
    return f'<li class="event">{kind} “{escape(event.trigger.text)}”<small>{detail}</small></li>'

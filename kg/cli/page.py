"""An article as an HTML page: its text with entities and triggers marked, and beside each paragraph what it says. No script, no network."""

from collections.abc import Iterator, Sequence
from html import escape

from kg.model import Claim, Document, Event, Extraction

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } .about { color: GrayText; font-size: .85rem; }
section { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; border-top: 1px solid var(--line); padding: .6rem 0; }
p { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
mark { color: inherit; padding: .05em .2em; border-radius: .25em; background: hsl(var(--hue) 70% 55% / .25);
  border-bottom: 2px solid hsl(var(--hue) 60% 45%); }
mark.pronoun, mark.nominal { background: none; border-bottom-style: dotted; }
b.trigger { text-decoration: underline wavy hsl(0 60% 50% / .7) 1px; text-underline-offset: .25em; }
ul { list-style: none; margin: 0; padding: 0; font-size: .85rem; } li { margin: 0 0 .45rem; }
.possible { border-left: 3px dashed darkorange; padding-left: .5rem; } .negated { border-left: 3px solid crimson; padding-left: .5rem; }
.actual { border-left: 3px solid seagreen; padding-left: .5rem; }
.event { border-left: 3px double GrayText; padding-left: .5rem; color: GrayText; }
small { color: GrayText; display: block; }
@media (max-width: 50rem) { section { grid-template-columns: 1fr; } }
"""
HUES = {
    "Person": 210,
    "Group": 190,
    "Organization": 280,
    "MilitaryForce": 345,
    "Country": 140,
    "Region": 120,
    "City": 95,
    "Place": 80,
    "Facility": 55,
    "Weapon": 10,
    "Vehicle": 25,
    "Work": 40,
    "NamedEvent": 310,
}


def page(document: Document, extraction: Extraction) -> str:
    """A whole page; everything that comes from the article is escaped."""
    title = escape(document.title or document.id)
    about = " · ".join(escape(part) for part in (document.source, document.published) if part)
    body = "".join(_section(document, extraction, start, end) for start, end in _paragraphs(document.text))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{title}</h1><div class="about">{about}</div>{body}</body></html>\n'


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _section(document: Document, extraction: Extraction, start: int, end: int) -> str:
    claims = [c for c in extraction.claims if start <= c.trigger.start < end]
    told = {c.event for c in claims}
    events = [v for v in extraction.events if start <= v.trigger.start < end and v.id not in told]
    names = {e.id: e.name for e in extraction.entities}
    notes = "".join([*(_claim(c, names) for c in claims), *(_event(v, names) for v in events)])
    return f"<section><p>{_marked(document.text, extraction, start, end, [*claims, *events])}</p><ul>{notes}</ul></section>"


def _marked(text: str, extraction: Extraction, start: int, end: int, said: Sequence[Claim | Event]) -> str:
    """The text with its outermost mentions, and with triggers where no mention stands."""
    spans = [
        (m.start, m.end, f'<mark class="{m.kind}" style="--hue:{HUES.get(e.type, 0)}" title="{escape(e.type)}: {escape(e.name)}">', "</mark>")
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


def _claim(claim: Claim, names: dict[str, str]) -> str:
    subject = escape(names.get(claim.subject or "", "?"))
    object_ = escape(names.get(claim.object or "", claim.value or "?"))
    sources = " › ".join(escape(names[s]) for s in claim.attributed_to if s in names)
    detail = " · ".join(
        part for part in (claim.modality, f"says {sources}" if sources else "", f"{claim.confidence:.2f}", escape(claim.rule)) if part
    )
    return f'<li class="{claim.modality}">{subject} <strong>{escape(claim.relation)}</strong> {object_}<small>{detail}</small></li>'


def _event(event: Event, names: dict[str, str]) -> str:
    roles = ", ".join(f"{role} {escape(names[i])}" for role, filled in sorted(event.roles.items()) for i in filled if i in names)
    when = escape(event.time.value or event.time.text) if event.time else ""
    detail = " · ".join(part for part in (event.modality, roles, when) if part)
    return f'<li class="event"><strong>{escape(event.type)}</strong> “{escape(event.trigger.text)}”<small>{detail}</small></li>'

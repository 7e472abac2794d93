"""Articles in records with named fields: a line of JSON, a row of a table."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from kg.model import Document, valid
from kg.readers.dates import iso
from kg.readers.source import Source
from kg.resources import PACKAGE, lines

Fields = Mapping[str, object]


def document(record: Fields, source: Source, number: int, kind: str) -> Document:
    """The article of the record of that number; `kind` is what the format calls one ("line", "row"). The text is given on as it is.

    Raises InputError, which names the record, when there is no text.
    """
    here = source.part(f"{kind} {number}", f"{kind}={number}")
    known = {_normal(name): value for name, value in record.items()}
    text = next((value for name in _text_names(source) if isinstance(value := known.get(name), str) and value.strip()), None)
    if text is None:
        raise here.error(f'"{source.text_column or "text"}" is missing or empty')
    if len(text) > source.limit:
        raise here.too_large()
    text, url = valid(text), _first(known, "url")
    own = source.document_id(text) if source.id is None else f"{source.id}#{number}"
    return Document(
        id=_first(known, "id", _identifier) or url or own,
        text=text,
        title=_first(known, "title"),
        published=next((found for name in names()["published"] if (found := iso(known.get(name)))), None),
        source=url or source.origin,
        author=_first(known, "author"),
        place=here.place,
    )


def is_of_articles(columns: Iterable[str], source: Source) -> bool:
    """True when one of the columns of a table can hold the text. Raises InputError when none can, and the table was named as an input."""
    listed = list(columns)
    if not {_normal(name) for name in listed}.isdisjoint(_text_names(source)):
        return True
    if source.found:
        return False
    shown = " ".join(", ".join(listed[:10]).split())
    raise source.error(f"no column holds the text (columns: {shown[:200] or 'none'}); name it with --text-column")


def wanted(columns: Iterable[str], source: Source) -> list[str]:
    """The columns that tell something of an article."""
    known = {*_text_names(source), *(name for listed in names().values() for name in listed)}
    return [name for name in columns if _normal(name) in known]


@cache
def names() -> dict[str, tuple[str, ...]]:
    """What the fields of an article are called, the first choice first."""
    found: dict[str, tuple[str, ...]] = {}
    field = ""
    for line in lines(PACKAGE / "readers" / "words" / "columns.txt"):
        if line.startswith("["):
            field = line.strip("[]")
            found[field] = ()
        else:
            found[field] += (line,)
    return found


def _text_names(source: Source) -> tuple[str, ...]:
    return names()["text"] if source.text_column is None else (_normal(source.text_column),)


def _normal(name: object) -> str:
    return str(name).strip().lower().replace("-", "_").replace(" ", "_")


def _first(known: Fields, field: str, read: Callable[[object], str | None] | None = None) -> str | None:
    return next((found for name in names()[field] if (found := (read or _string)(known.get(name)))), None)


def _identifier(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(value)


def _string(value: object) -> str | None:
    return valid(value).strip() or None if isinstance(value, str) else None

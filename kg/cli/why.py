"""`kg why`: why an entity is what it is, how a claim was read, and why a sentence makes none."""

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import judging, options, tables
from kg.cli import store as stores
from kg.errors import KgError
from kg.model import Document

if TYPE_CHECKING:
    from kg.explanation import Sentence, Why
    from kg.extract import Extractor
    from kg.graph.grounds import Ground
    from kg.graph.judging import Explanation

_MARGIN = " " * 14


class Format(StrEnum):
    """How the explanation is printed."""

    text = "text"
    json = "json"
    svg = "svg"


def command(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTITY | CLAIM]", help='A name, alias, id or IRI; a claim by its id, IRI, or as "subject relation object".', show_default=False
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help='Explain what these sentences say, and what they don\'t; "-" for standard input.')
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="Text for people, JSON, or of claims and sentences the parse as a picture.")
    ] = Format.text,
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="INPUT", help="Where the texts of the claims lie now, if not where they were; repeatable.")
    ] = None,
    model: options.Model = None,
    ontology: options.OntologyFiles = None,
    published: options.Published = None,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Explain an entity: every mention with its offsets, every name, and which rule or judgement joined them. Explain a claim: its words, entry
    and frame, the way in the parse, whom pronouns stand for, who says so, and the parts of its confidence; "?" stands for a subject that
    is not told. What no document says, but background knowledge does, or what follows, is explained step by step. Explain a sentence: for
    each word that may tell something the first condition that failed, and what would have to change.

    \b
    Examples:
      kg why "Qassem Soleimani"
      kg why "Qassem Soleimani visited Iraq"
      kg why --text "Iran lobbed insults at Iraq." --format svg
    """
    if (what is None) == (text is None):
        raise KgError("name an entity or a claim, or give a sentence with --text" + (", not both" if text is not None else ""))
    if text is not None:
        _sentences(_explained(text, published, partial(options.extractor, model, ontology)), format)
        return
    assert what is not None
    reading = options.Reading(list(source or ()), None, None, options.LIMIT_MB, options.echo_error)
    claims, grounds = _claims(what, list(reading.documents()) if source else [], model, ontology, store)
    if claims:
        _print_claims(claims, format)
    elif format is Format.svg:
        kind = "what no document says in a sentence" if grounds else "an entity"
        raise KgError(f"{what}: --format svg draws claims and sentences, and this is {kind}; use text or json")
    elif grounds:
        _print_grounds(grounds, format)
    else:
        _entity(what, format, store)
    reading.finish()


def _explained(text: str, published: str | None, extractor: "Callable[[], Extractor]") -> "list[Sentence]":
    from kg.extract.explain import explain
    from kg.readers.dates import iso

    told = sys.stdin.read() if text == "-" else text
    if not told.strip():
        raise KgError("the text is empty; give a sentence with --text, or - for standard input")
    found = explain(extractor(), Document("text", told, published=iso(published)))
    if not found:
        raise KgError("no sentence is read in this text: headlines in Title Case are left out; write it as a sentence")
    return found


def _claims(what: str, inputs: Sequence[Document], model: str | None, ontology: list[Path] | None, store: str) -> "tuple[list[Why], list[Ground]]":
    """The claims that are meant; else what the triple rests on that no document says."""
    from kg import ontology as ontologies
    from kg.graph import explaining
    from kg.readers import ignore, read

    terms = ontologies.load(tuple(ontology or ()))
    with stores.reading(store) as opened:
        ids = explaining.meant(opened, what, terms.relations)

        def again(document: Document) -> "list[Sentence]":
            from kg.extract.explain import explain

            return explain(options.extractor(model, ontology), document)

        if ids:
            return explaining.explain(opened, ids, ontology=terms, explain=again, read=partial(read, on_error=ignore), inputs=inputs), []
        return [], explaining.unsaid(opened, what, terms.relations)


def _print_claims(claims: "Sequence[Why]", format: Format) -> None:
    from kg.cli import explanations

    if format is Format.json:
        _json([asdict(claim) for claim in claims])
    elif format is Format.svg:
        if missing := next((claim.missing for claim in claims if not claim.sentence.words), ""):
            raise KgError(f"no parse to draw: {missing}")
        _draw([replace(claim.sentence, told=(claim.told,)) for claim in claims])
    else:
        _lines(chain.from_iterable([*explanations.claim(claim), ""] for claim in claims))


def _print_grounds(grounds: "Sequence[Ground]", format: Format) -> None:
    from kg.cli import explanations

    if format is Format.json:
        _json([asdict(ground) for ground in grounds])
    else:
        _lines(chain.from_iterable([*explanations.ground(ground), ""] for ground in grounds))


def _sentences(found: "Sequence[Sentence]", format: Format) -> None:
    from kg.cli import explanations

    if format is Format.json:
        _json([asdict(sentence) for sentence in found])
    elif format is Format.svg:
        _draw(found)
    else:
        _lines(chain.from_iterable([*explanations.sentence(sentence), ""] for sentence in found))


def _draw(sentences: "Iterable[Sentence]") -> None:
    from kg.cli.parse_tree import drawing

    sys.stdout.write(drawing(list(dict.fromkeys(sentences))))


def _json(rows: list[dict[str, Any]]) -> None:
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def _lines(lines: Iterable[str]) -> None:
    """Prints lines, on a terminal no wider than it is."""
    for line in lines:
        typer.echo("\n".join(_wrapped(line)) if sys.stdout.isatty() else line)


def _wrapped(line: str) -> Iterator[str]:
    width = max(shutil.get_terminal_size().columns, 40)
    yield from textwrap.wrap(line, width, subsequent_indent=_MARGIN, drop_whitespace=True, break_on_hyphens=False) or [""]


def _entity(what: str, format: Format, store: str) -> None:
    from kg.graph import judging as library

    with judging.opened(store, read_only=True) as identities:
        found = library.why(identities, what)
    if format is Format.json:
        _json([asdict(explanation) for explanation in found])
        return
    for explanation in found:
        _print(explanation)


def _print(explanation: "Explanation") -> None:
    typer.echo(f"{tables.shown(explanation.name)}  {tables.shown(explanation.id)}")
    for judgement in explanation.judgements:
        if judgement.by.startswith("rule"):
            typer.echo(f"  joined {judgement.one} and {judgement.other} by {tables.shown(judgement.reason)}")
        else:
            typer.echo(f"  judged {judging.line(judgement)}")
    for part in explanation.parts:
        if len(explanation.parts) > 1:
            typer.echo(f"  {part.id}")
        for sighting in part.sightings:
            title = f", {tables.shown(sighting.title)}" if sighting.title else ""
            typer.echo(f"    {tables.shown(sighting.name)} in {tables.shown(sighting.document)}{title}")
            for mention in sighting.mentions:
                typer.echo(f"      {mention.start}–{mention.end} {mention.kind}: {tables.shown(mention.text)}")

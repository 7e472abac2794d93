"""Options that verbs share, and what `extract` and `build` do alike: open the extractor, read the inputs, tell of broken ones."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.errors import InputError, KgError
from kg.model import Document

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.extract.limits import Refusal
    from kg.readers import Network
    from kg.readers.meter import Meter

INPUTS_HELP = (
    "Articles: text, HTML, JSONL, CSV, Parquet, PDF, DOCX, e-mail, RSS and Atom, WARC, zip, gzipped or not; "
    'files, folders, glob patterns, "-" for standard input, and addresses with --allow-network.'
)

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help=INPUTS_HELP, show_default=False)]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="An installed spaCy English pipeline instead of the packaged one.")]
OntologyFiles = Annotated[
    list[Path] | None, typer.Option("--ontology", metavar="FILE", help="Turtle with relations of your own, beside those of kg; repeatable.")
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help='Publication date (2020-01-08) of articles that tell none; "on Friday" is understood by it.'),
]
InputFormat = Annotated[
    str | None,
    typer.Option("--input-format", metavar="NAME", help="text, html, jsonl, csv, pdf …, whatever the suffix says; a wrong one lists them."),
]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", metavar="NAME", help="The column of CSV, Parquet or JSONL with the text, if not text, body, content …")
]
AllowNetwork = Annotated[
    bool,
    typer.Option(
        "--allow-network",
        help="Fetch inputs that are addresses (https://…), pages and feeds; robots.txt is respected (delays up to 30 s too), nothing else asked.",
    ),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private-network", help="The same, in your own network and on this machine too.")]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Read articles in other languages as if they were English; they are left out else.")
]
MinConfidence = Annotated[float, typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="Leave out claims that are less certain.")]
KnowledgeFile = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="FILE",
        help="People and organisations of your own, CSV or Turtle: id, name, aliases, type, description, country, start, end, roles. "
        "The store remembers them; a file with a head alone ends that.",
    ),
]
Limit = Annotated[float, typer.Option("--limit", metavar="MB", min=0.001, help="Refuse documents larger than this.")]
LIMIT_MB = 20.0
Seconds = Annotated[
    float, typer.Option("--seconds", metavar="S", min=0, help="Leave out documents that take more processor time than this; 0 waits for ever.")
]
SECONDS = 120.0


def network(allowed: bool, private: bool) -> "Network":
    """What may be fetched by the two options."""
    return "private" if private else "public" if allowed else "none"


def extractor(model: str | None, ontology: list[Path] | None) -> "Extractor":
    """The extractor with the user's own relations. spaCy is imported here, not before."""
    from kg import ontology as ontologies
    from kg.extract import Extractor

    return Extractor(ontologies.load(tuple(ontology or ())), model)


@dataclass(slots=True)
class Reading:
    """The documents of the inputs; broken ones are printed by `echo` and counted, those in other languages are counted by language."""

    inputs: list[str]
    published: str | None
    format: str | None
    limit: float
    echo: Callable[[str], None]
    text_column: str | None = None
    network: "Network" = "none"
    any_language: bool = True
    meter: "Meter | None" = None
    errors: int = 0
    foreign: Counter[str] = field(default_factory=Counter)

    def documents(self) -> Iterator[Document]:
        """The documents that can be read. Raises KgError at once when an option is wrong."""
        from kg.readers import read
        from kg.readers.dates import iso

        published = iso(self.published)
        if self.published is not None and published is None:
            raise KgError(f"--published {self.published}: not a date; write it like 2020-01-08")
        documents = read(
            *self.inputs,
            on_error=self._report,
            format=self.format,
            published=published,
            limit=int(self.limit * 1_000_000),
            text_column=self.text_column,
            network=self.network,
            meter=self.meter,
        )
        return documents if self.any_language else filter(self._english, documents)

    def begun(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The same documents, the first of them read; ends the command where nothing can be read, before anything is made for it."""
        first = next(documents, None)
        if first is None:
            if self.errors:
                self.finish()
            return iter(())
        return chain((first,), documents)

    def _english(self, document: Document) -> bool:
        from kg.readers.languages import ENGLISH, language

        code = language(document.text)
        if code != ENGLISH:
            self.foreign[code] += 1
        return code == ENGLISH

    def _report(self, error: InputError) -> None:
        self.errors += 1
        self.echo(f"kg: {tables.shown(str(error))}")

    def refuse(self, refusal: "Refusal") -> None:
        """Tells of a document that could be read but not be worked through."""
        self.errors += 1
        self.echo(f"kg: {tables.shown(refusal.origin)}: {tables.shown(refusal.reason)}; it is left out")

    def finish(self) -> None:
        """Tells of articles in other languages; ends the command with status 1 when an input was broken."""
        if self.foreign:
            told = ", ".join(f"{code} {number}" for code, number in sorted(self.foreign.items(), key=lambda item: (-item[1], item[0])))
            self.echo(f"left out {self.foreign.total()} in other languages ({told}); --any-language reads them as if they were English")
        if self.errors:
            raise typer.Exit(1)


def echo_error(line: str) -> None:
    """Prints a line to standard error."""
    typer.echo(line, err=True)

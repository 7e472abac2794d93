"""The command `kg`: one verb a module of this folder, found because it has a function `command`. Only this folder prints.

Modules of this folder import spaCy, rdflib and pyshacl inside their functions only, so that `kg --help` answers at once.
"""

import importlib
import os
import pkgutil
import sys
import traceback
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli import interruption
from kg.cli.tables import shown
from kg.errors import KgError

BROKEN_PIPE = 141


class Verbs(TyperGroup):
    """Turns what a verb raises into an exit status: KgError a line and 1, Ctrl-C 130, SIGTERM 143, a closed pipe quietly 141."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the verb."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            if ctx.params.get("verbose"):
                traceback.print_exc()
            typer.echo(f"kg: {shown(str(error))}", err=True)
            raise typer.Exit(1) from error
        except BrokenPipeError:
            _give_up_output()
            raise typer.Exit(BROKEN_PIPE) from None
        except OSError as error:
            if ctx.params.get("verbose"):
                traceback.print_exc()
            if error.filename is None:
                _give_up_output()
            typer.echo(f"kg: {shown(str(error.filename or 'the output'))}: {error.strerror or error}", err=True)
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            typer.echo(f"kg: interrupted{f'; {error}' if error.args else ''}", err=True)
            raise typer.Exit(interruption.status(error)) from None
        return result


def _give_up_output() -> None:
    """What is left in the buffer would raise once more when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


# Plain help: examples keep their lines, and rich is not loaded for it.
app = typer.Typer(
    cls=Verbs,
    name="kg",
    help="Builds knowledge graphs from news articles; every fact points to the sentence that proves it.",
    epilog="Example: kg build article.txt && kg facts",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def everywhere(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="On an error, print where in the program it was raised.")] = False,
) -> None:
    """Options of every verb."""


def _has_command(name: str) -> bool:
    return hasattr(importlib.import_module(f"{__name__}.{name}"), "command")


def verbs() -> list[str]:
    """The names of the verbs."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if _has_command(module.name))


for verb in verbs():
    app.command(verb)(importlib.import_module(f"{__name__}.{verb}").command)


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdout, sys.stderr):
        # Output is UTF-8 wherever it goes: into a pipe, or where the locale is C.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    interruption.heed()
    try:
        app()
    except KeyboardInterrupt as error:  # before a verb has begun
        typer.echo("kg: interrupted", err=True)
        sys.exit(interruption.status(error))

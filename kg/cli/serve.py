"""`kg serve`: the store over HTTP."""

import contextlib
from typing import Annotated

import typer

from kg.cli import store as stores

_PORT = 7880


def command(
    store: stores.StorePlace = stores.DEFAULT,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen; 0 takes a port that is free.")] = _PORT,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="0.0.0.0 lets other machines in; nobody else comes in unless told.")
    ] = "127.0.0.1",
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="The longest that one question may take.")] = 30.0,
    limit: Annotated[float, typer.Option("--limit", metavar="MB", min=0.001, help="The longest answer.")] = 50.0,
    memory: Annotated[float, typer.Option("--memory", metavar="MB", min=300, help="What a question may take of the memory.")] = 2000.0,
    workers: Annotated[int, typer.Option("--workers", metavar="NUMBER", min=1, help="Questions answered at the same time.")] = 2,
    infer: Annotated[
        bool, typer.Option("--infer", help="Answer with what follows too, as kg query --infer does; the whole graph is held in memory.")
    ] = False,
    cors: Annotated[
        list[str] | None, typer.Option("--cors", metavar="ORIGIN", help="Let pages of this origin (https://HOST) read, * those of any; repeatable.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Let people judge which names are one entity, at /candidates.")] = False,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="TEXT", envvar="KG_TOKEN", help="What they must send along to judge."),
    ] = None,
) -> None:
    """Open the store to browsers and SPARQL clients: the network to look around in, a page for each entity, document,
    claim and event, the timeline, sources and questions;
    the endpoint is at /sparql, whole graphs are at /graphs.

    It only reads, unless --edit is given: kg build may write at the same time, and what it has written is seen. Ctrl-C ends it.

    \b
    Example:
      kg serve --port 8000
    """
    from kg.web.server import serve
    from kg.web.settings import Settings

    settings = Settings(
        place=store,
        host=host,
        port=port,
        timeout=timeout,
        size=int(limit * 1_000_000),
        memory=int(memory * 1_000_000),
        workers=workers,
        infer=infer,
        cors=tuple(cors or ()),
        edit=edit,
        token=token,
    )
    with contextlib.suppress(KeyboardInterrupt):
        serve(settings, started=lambda address: typer.echo(f"{settings.shown} is served at {address}", err=True))

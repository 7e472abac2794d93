"""Who is told of the progress of a build."""


class Watcher:
    """Is told of the progress; does nothing by itself."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins, of so many steps if that is known."""

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""

    def stopping(self) -> None:
        """The build was asked to stop; it ends when the shards under way are done."""

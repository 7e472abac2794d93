"""What the person who starts the server decides."""

from dataclasses import dataclass

from kg.errors import ServerError
from kg.graph.remote import Remote, is_address

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`place` is that of the store. `timeout` is in seconds for one question, `size` in bytes for one answer, `memory` in bytes for a worker.

    With `infer` questions are about what follows too. `cors` are the origins whose pages may read: "*" for any. With `edit` people judge
    identity; `token` is what they must send along then.
    """

    place: str
    host: str = "127.0.0.1"
    port: int = 0
    timeout: float = 30.0
    size: int = 50_000_000
    memory: int = 2_000_000_000
    workers: int = 2
    cors: tuple[str, ...] = ()
    infer: bool = False
    edit: bool = False
    token: str | None = None

    def __post_init__(self) -> None:
        if self.edit and not self.local and not self.token:
            raise ServerError(f"--edit on {self.host} would let everybody change the store; give a --token too, or leave out --host")

    @property
    def local(self) -> bool:
        """True when only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def shown(self) -> str:
        """The place of the store without a password."""
        return Remote.shown(self.place) if is_address(self.place) else self.place

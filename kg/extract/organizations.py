"""Well-known organisations, media and forces by name, so that an acronym and its long form are one."""

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.identity.names import bare, simplify
from kg.resources import PACKAGE, lines


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known organisation: its usual name, its class, all its names, and the section of the list, "United States" or "companies"."""

    name: str
    type: str
    names: tuple[str, ...]
    section: str = ""


@lru_cache(1 << 16)
def organization(text: str) -> Known | None:
    """The well-known organisation of that name or acronym; names in capitals or of one word count only as they are written."""
    name = bare(text)
    if not name:
        return None
    exact, folded = _index()
    found = exact.get(name)
    if found is None and text[:4].lower() == "the ":
        found = exact.get(f"The {name}")
    if found is None and name[0].isupper():
        found = folded.get(simplify(name))
    return found


@cache
def organizations() -> tuple[Known, ...]:
    """All of them, in the order of the list."""
    return tuple(_read())


@cache
def _index() -> tuple[dict[str, Known], dict[str, Known]]:
    """Names to be found as written, and folded names."""
    exact: dict[str, Known] = {}
    folded: dict[str, Known] = {}
    for known in organizations():
        for name in known.names:
            if _exact(name):
                exact.setdefault(name, known)
                exact.setdefault(name.replace(".", ""), known)
            else:
                folded.setdefault(simplify(bare(name)), known)
    return exact, folded


def _exact(name: str) -> bool:
    """Acronyms and single words, with their article or without: "WHO" is not "who", "The Hill" not "Hill"."""
    return " " not in bare(name) or name.isupper()


def _read() -> list[Known]:
    """A line "[section: Class]" gives the class of the lines that follow; each line is one organisation, its names joined by ";"."""
    found = []
    section, kind = "", "Organization"
    for line in lines(PACKAGE / "extract" / "words" / "organizations.txt"):
        if line.startswith("["):
            section, _, told = line.strip("[]").partition(":")
            kind = told.strip() or "Organization"
        else:
            names = tuple(name for part in line.split(";") if (name := part.strip()))
            found.append(Known(bare(names[0]), kind, names, section.strip()))
    return found

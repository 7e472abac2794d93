"""Events as nodes of a network."""

from collections.abc import Mapping
from typing import Any

from kg.graph import queries
from kg.graph.records import ident
from kg.graph.store import Store
from kg.iris import local
from kg.network.told import taking_part, times

_PLACE = ("lat", "lon", "country")


def events(store: Store, entities: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Label, type, document, sentence, days, place and coordinates of each event by its id."""
    when, roles = times(store), taking_part(store)
    found = {}
    for row in queries.rows(store, queries.library("details")["events"]):
        event, kind, document = ident(row["event"]), local(row["type"].value), ident(row["document"])
        time = when.get(row["event"].value)
        places = roles.get(event, {}).get("place", [])
        parts = {role: [_called(each, entities) for each in filled] for role, filled in roles.get(event, {}).items()}
        node = {
            "label": _label(kind, parts, time.text if time else None),
            "type": kind,
            "documents": [document],
            "place": parts.get("place", []),
            "sentence": row["sentence"].value if "sentence" in row else None,
            "time": time.text if time else None,
            "start": time.start if time else None,
            "end": time.end if time else None,
            **{name: entities[place][name] for place in places[:1] if place in entities for name in _PLACE if name in entities[place]},
        }
        found[event] = {name: value for name, value in node.items() if value not in (None, [])}
    return found


def _label(kind: str, parts: Mapping[str, list[str]], time: str | None) -> str:
    """ "Attack: Black Guard → Zenda Bridge, 2024-03-08"."""
    sides = [", ".join(parts[role]) for role in ("agent", "target") if parts.get(role)]
    return f"{kind}{': ' if sides else ''}{' → '.join(sides)}{f', {time}' if time else ''}"


def _called(ident: str, entities: Mapping[str, Mapping[str, Any]]) -> str:
    return str(entities[ident]["label"]) if ident in entities else ident

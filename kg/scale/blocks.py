"""What hangs together among sightings: by blocking keys and ids, however indirectly. Between two parts nothing is ever compared.

So each part can be judged by itself, by whoever has time.
"""

import heapq
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kg.graph import sightings
from kg.identity.blocking import blocking_keys
from kg.identity.sightings import Sighting


def line(sighting: Sighting) -> dict[str, Any]:
    """A sighting as a line of JSON, with the handles by which it hangs together with others."""
    handles = sorted({sighting.ident, sighting.own, *blocking_keys(sighting.profile)})
    return {"handles": handles, "sighting": sightings.to_json(sighting)}


def parts(lines: Iterable[bytes]) -> list[list[bytes]]:
    """The sightings, lines of JSON, in parts, the largest first."""
    found: list[bytes] = []
    numbers: dict[str, int] = {}
    ends: tuple[array[int], array[int]] = array("q"), array("q")
    for number, each in enumerate(lines):
        found.append(each)
        for handle in json.loads(each)["handles"]:
            ends[0].append(number)
            ends[1].append(numbers.setdefault(handle, len(numbers)))
    if not found:
        return []
    # A graph between sightings and handles; the numbers of handles come behind those of sightings.
    rows, columns = np.frombuffer(ends[0], dtype=np.int64), np.frombuffer(ends[1], dtype=np.int64) + len(found)
    size = len(found) + len(numbers)
    ties = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(ties, directed=False)
    parted: dict[int, list[bytes]] = defaultdict(list)
    for label, each in zip(labels[: len(found)].tolist(), found, strict=True):
        parted[label].append(each)
    return sorted(parted.values(), key=len, reverse=True)


def bins(parted: Iterable[list[bytes]], count: int) -> Iterator[list[bytes]]:
    """The parts, largest first, shared out so that each of at most `count` has about as much to do."""
    loads = [(0, number) for number in range(count)]
    filled: list[list[bytes]] = [[] for _ in range(count)]
    for part in parted:
        load, number = heapq.heappop(loads)
        filled[number] += part
        heapq.heappush(loads, (load + len(part), number))
    return (found for found in filled if found)

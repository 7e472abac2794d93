"""Records that were changed at random are loaded or refused in one line, whatever is changed; what is loaded can be written and read again."""

import io
import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.errors import KgError
from kg.exporters import nquads
from kg.graph import jsonl
from kg.graph.store import Store
from kg.model import Extraction

VALUES = (
    None, "", 0, -1, 2**70, 1.5, float("nan"), True, [], {}, [[]], ["a"], {"a": 1}, "\udc00", "\0", "\x1b[2J", "a\nb", "<>", "http://a b",
    "9999-99-99", "0000", "2020-01-01T25:00", "../..", "x" * 5000, "country/iraq", "actual", "Killing", '"} DROP ALL',
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(extraction: Extraction) -> str:
    """A valid record, not too long."""
    data = extraction.to_json()
    for entity in data["entities"]:
        entity["mentions"] = entity["mentions"][:1]
    return json.dumps(data | {name: data[name][:2] for name in ("claims", "agentless", "events", "quotes")})


def changed(data: Any, draw: st.DrawFn) -> None:
    """One value somewhere in the record becomes another, or is gone."""
    while isinstance(data, dict | list) and data:
        keys = sorted(data) if isinstance(data, dict) else list(range(len(data)))
        key: Any = draw(st.sampled_from(keys))
        if not (isinstance(data[key], dict | list) and data[key]) or draw(st.integers(0, 5)) == 0:
            if draw(st.booleans()):
                data[key] = draw(st.sampled_from(VALUES))
            else:
                del data[key]
            return
        data = data[key]


@settings(max_examples=15)
@given(data=st.data())
def test_changed_records(whole: str, data: st.DataObject) -> None:
    rows = [json.loads(whole) for _ in range(2)]
    for number, row in enumerate(rows):
        row["document"]["id"] = f"d{number}"
        for _ in range(data.draw(st.integers(1, 3))):
            changed(row, data.draw)
    lines = [json.dumps(row).encode("utf-8", "surrogatepass") for row in rows]
    errors: list[KgError] = []
    with Store.open(None) as store:
        records = (record for _, record in jsonl.read(lines, lambda _, error: errors.append(error)))
        pipeline.load(records, store, on_error=errors.append)
        file = io.BytesIO()
        nquads.write(store, file)
        assert len(errors) + len(list(store.documents())) >= len(rows)
        assert (sum(1 for _ in ox.parse(file.getvalue(), format=ox.RdfFormat.N_QUADS)) > 0) == any(True for _ in store.documents())


@pytest.mark.parametrize("counts", [["a"], [[1]], "ab", 1])
def test_a_record_with_counts_that_are_none(whole: str, counts: object) -> None:
    data = json.loads(whole)
    data["events"][0]["counts"] = counts
    with pytest.raises(KgError, match="not an Extraction record"):
        Extraction.from_json(data)

"""Whether a query names its dataset, however it is written."""

import pytest

from kg.graph.datasets import names_dataset


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <urn:g> {}", True),
        ("select *from named<urn:g>{}", True),
        ("SELECT ?from { ?s ex:from 'FROM' } # FROM", False),
        ('ASK { ?s ?p """a\n"quoted" FROM""" }', False),
        ("PREFIX from: <urn:FROM> ASK { from:a ?p <urn:from> }", False),
    ],
)
def test_a_dataset_is_seen(query: str, expected: bool) -> None:
    assert names_dataset(query) is expected

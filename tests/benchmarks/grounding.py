"""Places of DWIE grounded, against its links to Wikipedia: the name must be one of the place's, and the country the one the text gives.

    python tests/benchmarks/grounding.py --data ../shared/data/dwie/dev.jsonl [--records RECORDS.jsonl] [--errors]

`--records` are the records of `kg extract` over the same articles, so that they need not be read again.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from kg.extract import cities, gazetteer
from kg.identity import places
from kg.identity.names import fold, simplify
from kg.identity.resolve import resolve
from kg.model import Document, Entity, Extraction


def extractions(rows: list[dict], records: Path | None) -> Iterator[Extraction]:
    if records:
        for line in records.read_text(encoding="utf-8").splitlines():
            yield resolve(Extraction.from_json(json.loads(line)))
        return
    from kg.extract import Extractor

    for extraction in Extractor().pipe(Document(row["id"], row["text"]) for row in rows):
        yield resolve(extraction)


def names_of(geonames: int) -> tuple[set[str], str]:
    """All names of a place, folded, and the code of its country."""
    for row in cities.geonames().get_cities().values():
        if row["geonameid"] == geonames:
            return {simplify(n) for n in (row["name"], *row["alternatenames"])}, row["countrycode"]
    for row in (*cities.geonames().get_countries().values(), *places._data().get_us_states().values()):
        if row["geonameid"] == geonames:
            return {simplify(row["name"])}, row.get("iso", "US")
    return set(), ""


def judge(entity: Entity, gold: dict, country: str | None) -> bool:
    """True when the grounded place bears the name that Wikipedia's title has, in the country that the text gives."""
    ident = int(entity.links[0].rstrip("/").rsplit("/", 1)[-1])
    title = gold["link"].replace("_", " ")
    plain = re.sub(r"\s*\(.*\)|,.*", "", title)
    known, code = names_of(ident)
    for found in (gazetteer.country(plain), gazetteer.region(plain), gazetteer.place(plain)):
        if found and found.geonames == ident:
            known, code = known | {simplify(plain)}, found.code
    right = simplify(plain) in known or fold(plain) in known
    told = gazetteer.country(country) if country else None
    return right and not (told and code and told.code and told.code != code)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--records", type=Path)
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    rows = [json.loads(line) for line in given.data.read_text(encoding="utf-8").splitlines()]
    right = grounded = linked = found = 0
    for row, extraction in zip(rows, extractions(rows, given.records), strict=True):
        assert row["id"] == extraction.id
        label = {e["id"]: e["names"][-1] for e in row["entities"]}
        country = {s: label[o] for s, p, o in row["relations"] if p == "in0"}
        for gold in row["entities"]:
            if gold["type"] != "location" or not gold["link"]:
                continue
            linked += 1
            wanted = {fold(name) for name in gold["names"]}
            mine = [
                e for e in extraction.entities if e.type in ("Country", "Region", "City", "Place") and wanted & {fold(m.text) for m in e.mentions}
            ]
            found += bool(mine)
            for entity in mine[:1]:
                if entity.links:
                    grounded += 1
                    good = judge(entity, gold, country.get(gold["id"]))
                    right += good
                    if given.errors and not good:
                        print(f"  {row['id']}: {entity.name} -> {entity.id} {entity.links[0]}, gold {gold['link']} ({country.get(gold['id'], '')})")
    print(f"places with a link {linked}, found as places {found}, grounded {grounded}, right {right}")
    print(f"precision {right / grounded:.3f}  recall {right / linked:.3f} (of those found {right / found:.3f})")


if __name__ == "__main__":
    main()

"""The single errors on the hand-annotated articles: what was expected, what was found, in which sentence, and why.

    python tests/benchmarks/errors.py gold [--relation memberOf] [--frame RoleNoun] [--kind wrong|missed] [--number 20] [--html errors.html]

Articles kept out of all learning are not shown, so that nobody learns from them either. Needs the development sets of ../shared/data.
"""

import argparse
import html
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from judged import KEPT_OUT, SETS, SHARED, Fact, Judged, Row, articles, judge

from kg.extract import Extractor
from kg.extract.arguments import Arguments
from kg.extract.net.features import describe
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.model import Document

STYLE = "body{font:15px/1.5 sans-serif;max-width:70em;margin:2em auto;color-scheme:light dark} li{margin:.8em 0} small{opacity:.7}"
UNKNOWN = "?"


class Explaining(Extractor):
    """Extracts as usual and keeps, for every candidate of the net, how probable it was and the features that said so."""

    def drafts(self, reading: Reading, arguments: Arguments) -> list[Draft]:
        self.reasons: dict[Fact, str] = {}
        catch = self.cast(reading, arguments)
        net, candidates = catch.net, catch.candidates
        for candidate, found in zip(candidates, describe(net, candidates), strict=True):
            if candidate.relation in self.ranking.known:
                subject = UNKNOWN if candidate.subject is None else candidate.subject.cluster.name
                said = ", ".join(f"{feature} {weight:+.1f}" for feature, weight in self.ranking.reasons(candidate.relation, found))
                probable = self.ranking.probability(candidate, found)
                self.reasons[subject, candidate.relation, candidate.object.cluster.name] = f"judged {probable:.2f}: {said}"
        return super().drafts(reading, arguments)


def errors(source: str) -> list[tuple[Judged, str]]:
    """Wrong and missed facts of the articles that may be looked at, each with what the model thought of it."""
    extractor = Explaining()
    found: list[tuple[Judged, str]] = []
    for article in articles(source):
        if not article["id"].endswith(KEPT_OUT):
            record: Row = extractor.extract(Document(article["id"], article["text"], article.get("title"), article.get("published"))).to_json()
            wrong = [fact for fact in judge(source, [article], {article["id"]: record}) if not fact.right]
            found += [(fact, extractor.reasons.get(fact.parts, "")) for fact in wrong]
    return found


def kind(fact: Judged) -> str:
    """ "wrong" for what the program states, "missed" for what it doesn't."""
    return "wrong" if fact.stated else "missed"


def page(chosen: Iterable[tuple[Judged, str]], title: str) -> str:
    """The errors as HTML, by relation and kind."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact, reasons in chosen:
        notes = " · ".join(filter(None, (fact.why, fact.frame and f"{fact.frame} {fact.confidence:.2f}", reasons, fact.document)))
        line = f"<b>{html.escape(fact.fact)}</b><br>{html.escape(fact.sentence)}<br><small>{html.escape(notes)}</small>"
        groups[fact.relation, kind(fact)].append(f"<li>{line}</li>")
    parts = [
        f"<details><summary>{relation}, {which}: {len(lines)}</summary><ul>{''.join(lines)}</ul></details>"
        for (relation, which), lines in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]
    return f"<!doctype html><meta charset=utf-8><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>{''.join(parts)}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--relation", help="only errors of this relation")
    parser.add_argument("--frame", default="", help="only what a frame states whose name holds this")
    parser.add_argument("--kind", choices=["wrong", "missed"])
    parser.add_argument("--number", type=int, default=20, help="how many to print, drawn at random with a fixed seed")
    parser.add_argument("--html", type=Path, help="write all of them to this page; keep it out of the repository, it holds the texts")
    wanted = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("skipped: the development sets of ../shared are not here")
    chosen = [
        (fact, reasons)
        for fact, reasons in errors(wanted.set)
        if wanted.relation in (None, fact.relation) and wanted.frame in fact.frame and wanted.kind in (None, kind(fact))
    ]
    for (which, why), count in Counter((kind(fact), fact.why.split(":")[0]) for fact, _ in chosen).most_common():
        print(f"{count:5} {which}: {why}")
    if wanted.html:
        wanted.html.write_text(page(chosen, f"Errors on {wanted.set}"), encoding="utf-8")
        return
    for fact, reasons in random.Random(1).sample(chosen, min(wanted.number, len(chosen))):
        print(f"\n{kind(fact)}: {fact.fact}   [{fact.why}; {fact.frame} {fact.confidence:.2f}]\n    {fact.sentence}\n    {reasons}")


if __name__ == "__main__":
    main()

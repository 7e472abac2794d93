"""Articles by hypothesis that name the same people and bodies in ways that are hard to keep apart. All are records, without text."""

from collections.abc import Sequence

from hypothesis import strategies as st

from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Extraction, Mention, Span

# Spellings, namesakes, surnames alone, names that fit two, a body and its acronym: all that depends on what was there before.
NAMES = ["Qassem Soleimani", "Qassim Suleimani", "Soleimani", "Bill Weld", "William Weld", "Weld", "Tony Weld", "George W. Bush", "George Bush"]
NAMES += ["George H. W. Bush", "Li Wei", "Anna Berg", "Otto Hahnel"]
BODIES = ["Zed Valley Water Board", "ZVWB", "Zed Valley Water Bureau", "Congress"]
OFFICES = [None, ("China", "mayor"), ("Malaysia", "badminton player"), ("France", "mayor")]
DATES = [None, "2020-01-08", "2020-01-08", "2019-05-01", "2021-03-04T09:30:00Z"]
SPAN = Span(0, 5, "words")
Told = tuple[list[str], list[str], tuple[str, str] | None, str | None]
TOLD: st.SearchStrategy[list[Told]] = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
        st.lists(st.sampled_from(BODIES), max_size=2, unique=True),
        st.sampled_from(OFFICES),
        st.sampled_from(DATES),
    ),
    min_size=2,
    max_size=8,
)


def article(number: int, told: Told) -> Extraction:
    """An article that names people and bodies; the first of the people has an office."""
    people, bodies, office, published = told
    things = [*(("Person", name) for name in people), *(("Organization", name) for name in bodies), *([("Country", office[0])] if office else [])]
    entities = tuple(Entity(f"e-{n}", kind, name, mentions=(Mention(n * 40, n * 40 + len(name), name),)) for n, (kind, name) in enumerate(things))
    title = {"title": office[1]} if office else {}
    ends = [("e-0", "citizenOf", f"e-{len(things) - 1}", title)] if office else []
    ends += [("e-0", "metWith", f"e-{n}", {}) for n in range(1, len(people))]
    claims = tuple(
        Claim(f"c-{number}-{n}", one, relation, other, "actual", (), SPAN, None, None, Span(0, 3, "met"), 0.9, "r", **more)  # type: ignore[arg-type]
        for n, (one, relation, other, more) in enumerate(ends)
    )
    head = {"id": f"news/{number}", "title": f"Article {number}", "sha256": f"{number:08x}" + "0" * 56, "length": 4000, "published": published}
    return resolve(Extraction(head, entities, claims))


def articles(told: Sequence[Told]) -> list[Extraction]:
    return [article(number, each) for number, each in enumerate(told)]

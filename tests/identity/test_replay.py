"""The registry made anew where sightings come out of order or go."""

from collections import defaultdict

from kg.identity.profiles import Profile
from kg.identity.replay import OrderedRegistry, Placed
from kg.identity.sightings import Sighting


class Remembering(OrderedRegistry):
    """Keeps in memory what a store would keep."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, list[Sighting]] = defaultdict(list)

    def sightings_of(self, ident: str) -> list[Sighting]:
        return list(self.known[ident])

    def settle(self) -> list[str | None]:
        """Keeps what was placed, and returns the entities of it, in order."""
        for sighting, before, now in self.placed.values():
            if before is not None:
                self.known[before].remove(sighting)
            if now is not None:
                self.known[now].append(sighting)
        every = sorted(self.placed.values(), key=lambda each: each.sighting.order)
        found = [None if each.now is None else self.entity(each.now) for each in every]
        self.placed, self.moved = {}, {}
        return found


def sighting(published: str, name: str) -> Sighting:
    ident = f"person/{name.casefold().replace(' ', '-')}"
    return Sighting(f"news/{published}", published, ident, "0a1b2c3d", Profile("Person", (name,)))


FIRST, SECOND, OTHER = sighting("2019", "Qassem Soleimani"), sighting("2020", "Qassim Suleimani"), sighting("2018", "Anna Berg")


def test_an_earlier_document_that_comes_later_gives_the_entity_its_id() -> None:
    registry = Remembering()
    registry.learn([SECOND])
    assert registry.settle() == [SECOND.ident]
    registry.learn([FIRST])
    assert registry.settle() == [FIRST.ident, FIRST.ident]
    assert registry.entity(SECOND.ident) == FIRST.ident


def test_only_what_hangs_together_is_looked_at_again() -> None:
    registry = Remembering()
    registry.learn([FIRST, SECOND])
    registry.settle()
    registry.learn([OTHER])
    assert set(registry.placed) == {OTHER.key}


def test_what_goes_and_comes_back_is_what_it_was() -> None:
    registry = Remembering()
    registry.learn([FIRST, SECOND])
    registry.settle()
    registry.learn([], gone=[Placed(FIRST, FIRST.ident, None)])
    assert registry.settle() == [None, SECOND.ident]
    registry.learn([FIRST])
    assert registry.settle() == [FIRST.ident, FIRST.ident]

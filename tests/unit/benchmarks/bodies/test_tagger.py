from __future__ import annotations

from benchmarks.bodies.labelled_bodies import MarkedText
from benchmarks.bodies.tagger import judge
from benchmarks.measuring.counted import Counted
from crawler.parsers.entities.lexicon.tables import ORGANISATIONS
from crawler.parsers.entities.spans import EntityMatch

PAGE = MarkedText("de", "ABCDEF", [(0, 2), (2, 4)], short=frozenset({(4, 5)}))


class Reader:
    def find_by_rules(self, text: str, lang: str | None) -> list[EntityMatch]:
        return [EntityMatch(ORGANISATIONS, *span, "", 0.8, "head") for span in ((0, 2), (4, 5))]


class Tagger:
    def find(self, text: str, lang: str | None, known: list[EntityMatch]) -> list[EntityMatch]:
        added = [EntityMatch(ORGANISATIONS, *span, "", 0.8, "tagger") for span in ((2, 4), (4, 6))]
        return [*known, *added]


def test_bodies_are_counted_by_who_found_them() -> None:
    rules, both, added = judge(Reader(), Tagger(), [PAGE])  # type: ignore[arg-type]
    assert rules == Counted(1, 1, 2)
    assert both == Counted(2, 3, 2)
    assert added == Counted(1, 2, 2)


def test_shares() -> None:
    counted = Counted(2, 4, 8)
    assert (counted.precision, counted.recall) == (0.5, 0.25)
    assert str(counted) == "0.50 / 0.25 / 0.333"
    assert Counted(0, 0, 0).f1 == 0

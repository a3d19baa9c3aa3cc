"""What is said of the bodies beside one."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_neighbours import measure_neighbours
from tests.event_texts import annotate

TEXT = (
    "Zum Kupferforum kamen die Erzbund AG, die Silberbank AG und die Zinkwerke GmbH.\n\n"
    "Die Silberbank AG sprach danach mit der Bleihaus GmbH.\n"
)
FIRST, SECOND, THIRD, AGAIN, LAST = range(5)


def _measure(odds: list[float]) -> list[dict[str, float]]:
    bodies = find_bodies(annotate(TEXT, "de", "2031-05-02"))
    assert len(bodies) == len(odds)
    return measure_neighbours(bodies, {"participant": odds})


def test_a_chain_says_what_is_known_of_its_other_bodies() -> None:
    measured = _measure([8.0, 0.0, 4.0, 0.0, 0.0])
    of_row = measured[SECOND]
    assert of_row["row.participant.most"] == pytest.approx(0.964, abs=1e-3)
    assert of_row["row.participant.mean"] == pytest.approx((0.964 + 0.762) / 2, abs=1e-3)
    assert of_row["before.participant.most"] > of_row["behind.participant.most"]
    assert measured[FIRST]["row.participant.most"] == pytest.approx(0.762, abs=1e-3)
    assert "before" not in measured[FIRST]


def test_the_other_places_of_a_body_are_asked() -> None:
    measured = _measure([0.0, 4.0, 0.0, -1.0, 0.0])
    assert measured[AGAIN]["same.participant.most"] == pytest.approx(0.762, abs=1e-3)
    assert "same" not in measured[LAST]
    assert measured[AGAIN]["last.participant.most"] == pytest.approx(0.762, abs=1e-3)
    assert measured[FIRST]["next.participant.mean"] == pytest.approx(-0.122, abs=1e-3)


def test_own_answer_and_rank() -> None:
    measured = _measure([4.0, 3.0, 0.0, 0.0, -1.0])
    assert measured[FIRST]["rank.participant"] == 1.0
    assert measured[LAST]["rank.participant"] == pytest.approx(1 / 5)
    assert measured[LAST]["own.participant"] < 0 < measured[FIRST]["own.participant"]


def test_no_bodies_no_measures() -> None:
    assert measure_neighbours([], {"participant": []}) == []

"""Words as measures without the words."""

from __future__ import annotations

from crawler.parsers.events.trained.hashed_words import HASHED, hashed


def test_the_same_word_is_the_same_measure_and_does_not_stand_in_its_name() -> None:
    assert hashed("head:forum") == hashed("head:forum") != hashed("head:messe")
    assert hashed("head:forum").removeprefix(HASHED).isdecimal()

"""Words in and around a body, hashed."""

from __future__ import annotations

from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_words import words_around, words_of_name
from crawler.parsers.events.trained.hashed_words import HASHED, hashed
from tests.event_texts import annotate


def test_words_are_told_by_side_and_beginning() -> None:
    page = annotate("Zum Forum lud die Erzbund AG nach Bonn.", "de")
    around = set(words_around(page, find_bodies(page)[0]))
    assert {hashed("before0:die"), hashed("before1:lud"), hashed("behind0:nach")} <= around
    assert {hashed("in:forum"), hashed("sentence:zum")} <= around


def _clusters_around(text: str) -> set[str]:
    page = annotate(text, "de")
    around = words_around(page, find_bodies(page)[0])
    return {name for name in around if name.startswith(f"{HASHED}c")}


def test_words_that_are_used_alike_set_the_same_measures() -> None:
    organised = _clusters_around("Die Erzbund AG organisierte das Forum.")
    assert organised == _clusters_around("Die Erzbund AG veranstaltete das Forum.")
    assert organised - _clusters_around("Die Erzbund AG ist das Forum.")


def test_a_rare_word_sets_no_cluster() -> None:
    page = annotate("Die Erzbund AG qwxyzt das Forum.", "de")
    around = list(words_around(page, find_bodies(page)[0]))
    assert hashed("behind0:qwxyzt") in around
    assert _clusters_around("Die Erzbund AG qwxyzt.") < _clusters_around("Die Erzbund AG lud ein.")


def test_inflected_words_of_a_name_are_one() -> None:
    names = []
    for text in (
        "Министерство энергетики приняло гостей.",
        "Встречу провело Министерством энергетики.",
    ):
        page = annotate(text, "ru")
        names.append(set(words_of_name(page, find_bodies(page)[0])))
    assert hashed("own:минист") in names[0] & names[1]
    assert hashed("own.first:тво") in names[0] - names[1]

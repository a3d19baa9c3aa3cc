"""Measures of bodies: rows, what stands around them, words of a kind in any construction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.events.people.body_measures import measure_bodies
from crawler.parsers.events.people.body_mentions import find_bodies
from tests.event_texts import annotate


def _measure(text: str, lang: str, place: int = 0) -> dict[str, float]:
    page = annotate(text, lang, "2031-05-02")
    return measure_bodies(page, find_bodies(page), [])[place]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Auf Veranstaltung der Erzbund AG folgte ein Empfang.", "de"),
        ("Copperfield Ltd. is the organising firm this time.", "en"),
        ("Организацией занималась компания ООО «Медь».", "ru"),
    ],
)
def test_words_of_organising_are_seen_in_constructions_that_no_phrase_lists(
    text: str, lang: str
) -> None:
    assert _measure(text, lang)["says.organiser"] > 0


def test_a_nearer_word_weighs_more() -> None:
    near = _measure("The forum was hosted by Copperfield Ltd. in May.", "en")
    far = _measure(
        "The forum was hosted in a quiet hotel far from town, and Copperfield Ltd. came.", "en"
    )
    assert near["says.organiser.before"] > 2 * far["says.organiser.before"]


def test_a_person_beside_a_body_is_measured() -> None:
    measures = _measure("Prof. Karin Brandner (Erzbund AG) eröffnete das Forum.", "de")
    assert measures["row.brackets"] == measures["person.right_before"] == 1.0


def test_what_the_page_says_of_a_body_elsewhere_is_measured() -> None:
    text = "Die Erzbund AG lud ein. Die Silberbank AG kam. Die Erzbund AG dankte."
    first, other, last = (_measure(text, "de", place) for place in range(3))
    assert first["again"] == last["again"] == last["again.before"] == 1.0
    assert "again.before" not in first
    assert "again" not in other


@pytest.mark.parametrize(
    ("url", "name", "measure"),
    [
        ("https://www.erzbund.example/news/1", "Die Erzbund AG lud ein.", "site.words"),
        ("https://gkw-online.example/1", "Die Gesellschaft für Kupfer und Wolfram lud ein.", ""),
        ("https://andere.example/1", "Die Erzbund AG lud ein.", None),
    ],
)
def test_the_address_of_the_page_may_name_a_body(url: str, name: str, measure: str | None) -> None:
    page = annotate(name, "de")
    page = replace(page, draft=replace(page.draft, url=url))
    measures = measure_bodies(page, find_bodies(page), [])[0]
    found = {key for key in measures if key.startswith("site.")}
    assert found == ({measure or "site.acronym"} if measure is not None else set())


def test_cue_phrases_of_the_sentence_before_weigh_less() -> None:
    text = "The forum was hosted in May. Copperfield Ltd. came."
    measures = _measure("The forum was hosted by Copperfield Ltd. in May.", "en")
    before = _measure(text, "en")
    own = {key for key in measures if key.startswith("cue.") and "before" not in key}
    assert own
    assert any(key.startswith("cue.before.") for key in before)

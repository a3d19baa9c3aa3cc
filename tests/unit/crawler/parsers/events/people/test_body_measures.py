"""Measures of bodies: rows, what stands around them, words of a kind in any construction."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.body_measures import find_bodies, measure_body
from tests.event_texts import annotate


def _measure(text: str, lang: str, place: int = 0) -> dict[str, float]:
    page = annotate(text, lang, "2031-05-02")
    return measure_body(page, find_bodies(page)[place], [])


def test_bodies_joined_by_and_are_a_row() -> None:
    page = annotate("Zum Forum luden die Erzbund AG und die Silberbank AG nach Bonn ein.", "de")
    rows = [(body.row, body.place_in_row) for body in find_bodies(page)]
    assert [place for _, place in rows] == [0, 1]
    assert rows[0][0] == rows[1][0]


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


def test_contact_blocks_hold_no_bodies() -> None:
    text = (
        "Das Erzforum war gut besucht, wie die Stadt mitteilt.\n\nAlle kamen gern.\n\n"
        "Pressekontakt\nErzbund AG\n"
    )
    assert find_bodies(annotate(text, "de")) == []

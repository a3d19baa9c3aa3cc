"""Bodies where they stand, and the rows that join them."""

from __future__ import annotations

from crawler.parsers.events.people.body_mentions import find_bodies
from tests.event_texts import annotate


def test_bodies_joined_by_and_are_a_row() -> None:
    page = annotate("Zum Forum luden die Erzbund AG und die Silberbank AG nach Bonn ein.", "de")
    rows = [(body.row, body.place_in_row) for body in find_bodies(page)]
    assert [place for _, place in rows] == [0, 1]
    assert rows[0][0] == rows[1][0]


def test_contact_blocks_hold_no_bodies() -> None:
    text = (
        "Das Erzforum war gut besucht, wie die Stadt mitteilt.\n\nAlle kamen gern.\n\n"
        "Pressekontakt\nErzbund AG\n"
    )
    assert find_bodies(annotate(text, "de")) == []


def test_the_agency_of_a_dateline_is_left_out() -> None:
    text = "Erzforum eröffnet\n\nBONN (Silberbank AG) – Die Erzbund AG lud zum Erzforum ein."
    assert [b.mention.surface for b in find_bodies(annotate(text, "de"))] == ["Erzbund AG"]

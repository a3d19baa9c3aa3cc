from __future__ import annotations

from dataclasses import replace

from radar.labelling.proposal import places_read, propose
from tests.unit.radar.labelling.made_up_page import PAGE, TEXT, TITLE


def test_what_was_read_is_proposed_and_nothing_of_it_confirmed() -> None:
    labels = propose(PAGE, "0a")
    assert labels.text == f"{TITLE}\n\n{TEXT}"
    assert [(m.kind, labels.words(m), m.event, m.note) for m in labels.marks] == [
        ("event", "zweite Rohstofftag", 0, None),
        ("organiser", "Verbands der Erzkunde", 0, None),
        ("person", "Anna Weber", 0, "Geschäftsführerin"),
        ("employer", "Erzkunde AG", None, "Anna Weber"),
        ("none", "Kammer für Bergbau", None, None),
    ]
    assert all(mark.read for mark in labels.marks)
    (event,) = labels.events
    assert (event.name, event.role, event.start, event.end, event.read) == (
        *("zweite Rohstofftag", "upcoming", "2031-05-04", "2031-05-05"),
        True,
    )
    assert (event.date_surface, event.city_surface) == ("4. und 5. Mai 2031", "Jena")
    assert not labels.done


def test_a_title_that_the_text_repeats_stands_there_once() -> None:
    labels = propose(replace(PAGE, text=f"{TITLE}\n\n{TEXT}", mentions=()), "0a")
    assert labels.text.count(TITLE) == 1


def test_a_page_without_anything_can_be_labelled() -> None:
    labels = propose(replace(PAGE, title=None, text="", events=(), mentions=()), "0a")
    assert (labels.text, labels.marks, labels.events) == ("", (), ())


def test_words_that_were_read_as_places_are_known() -> None:
    assert places_read(PAGE) == {"Jena": "Jena"}

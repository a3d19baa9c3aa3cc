"""Titles of lines that give a day."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import group_candidates
from crawler.parsers.events.candidates.dated_lines import (
    find_dated_lines,
    line_of,
    measure_lines,
)
from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate, read_events


@pytest.mark.parametrize(
    ("lang", "text", "titles"),
    [
        pytest.param(
            "en",
            "Rock cutting refresher – 17 February 2031, Jena. Tutor: Ann Hill.\n"
            "Dust: the new limits – 26 March 2031, online.",
            ["Rock cutting refresher", "Dust: the new limits"],
            id="title first, with what a colon joins to it",
        ),
        pytest.param(
            "de",
            "5. Mai 2031, Jena: Kobalt im Alltag. Es spricht Ina Kern.\n"
            "9. Juni 2031, online: „Gips ohne Kohle“, mit Uwe Berg.",
            ["Kobalt im Alltag", "Gips ohne Kohle"],
            id="day first; quotes; online is none",
        ),
        pytest.param(
            "ru",
            "Модуль А – Подсчёт запасов, 3 марта 2031 года, Ош.\n"
            "Модуль Б – Каротаж, 7 апреля 2031 года, Ош.",
            ["Подсчёт запасов", "Каротаж"],
            id="behind what several lines open with",
        ),
        pytest.param("en", "14:00 | 5 May 2031 | 7", [None], id="time, day and number alone"),
        pytest.param("en", "No day stands here: Rock cutting refresher, Jena.", [], id="no day"),
        pytest.param(
            "en",
            "A long sentence of a report goes on and on about the prices of ores and metals and"
            " what they mean for the towns around the pits, and only here says 5 May 2031.",
            [],
            id="the day stands far behind",
        ),
    ],
)
def test_titles_of_lines(lang: str, text: str, titles: list[str | None]) -> None:
    page = annotate(text, lang)
    lines = find_dated_lines(page)
    assert [x.title and page.texts["text"][slice(*x.title)] for x in lines] == titles


CALENDAR = (
    "5 May 2031, Jena: Rock cutting refresher\n"
    "9 June 2031, Bonn: Copper Conference\n"
    "Nothing else is planned."
)


def test_a_title_without_a_word_for_an_event_is_a_candidate_of_an_open_class() -> None:
    page = annotate(CALENDAR, "en")
    found = CandidateFinder(page.vocabulary).find(page)
    named = {c.word: c for c in found}
    title = named["refresher"]
    assert page.cut("text", title.name.start, title.name.end) == "Rock cutting refresher"
    assert title.titles_line
    assert title.kind == "open"
    assert not named["conference"].titles_line


def test_what_the_lines_of_a_page_share_is_measured() -> None:
    page = annotate(CALENDAR, "en")
    lines = find_dated_lines(page)
    events = group_candidates(CandidateFinder(page.vocabulary).find(page))
    measured = dict(zip([e.best.word for e in events], measure_lines(events, lines), strict=True))
    refresher, conference = measured["refresher"], measured["conference"]
    assert refresher["line.only_title"]
    assert not conference["line.only_title"]
    assert refresher["line.covered"] == conference["line.covered"] == 0.5
    assert all(refresher[f"line.{name}"] for name in ("is_title", "first", "day_first"))
    assert measure_lines(events, []) == [{} for _ in events]


def test_a_mention_is_of_the_line_in_which_its_name_begins() -> None:
    page = annotate(CALENDAR, "en")
    lines = find_dated_lines(page)
    found = CandidateFinder(page.vocabulary).find(page)
    assert [line_of(c, lines) for c in found] == lines
    assert line_of(found[0], lines[1:]) is None


LESSONS = "17. März: Zinn im Granit\n24. März: Kupfer ohne Kohle\n31. März: Recht im Steinbruch"
TITLES = ["Zinn im Granit", "Kupfer ohne Kohle", "Recht im Steinbruch"]


@pytest.mark.parametrize(
    ("text", "published", "names"),
    [
        (f"Vortragsreihe Geologie\n\n{LESSONS}", "2031-03-04", TITLES),
        (f"Seminare der Akademie\n\n{LESSONS}", "2031-03-04", TITLES),
        (f"Geologie\n\nUnsere Seminare:\n\n{LESSONS}", "2031-03-04", TITLES),
        (f"Geologie in Jena\n\n{LESSONS}", "2031-03-04", []),
        (f"Seminare und Neues\n\n{LESSONS}", "2031-04-04", []),
        (f"Geologie\n\nEs gab viele Seminare im Haus.\n\n{LESSONS}", "2031-03-04", []),
    ],
)
def test_lines_below_a_row_of_lessons_are_events_by_their_titles(
    text: str, published: str, names: list[str]
) -> None:
    assert [e.name for e in read_events(text, "de", published)] == names
    assert not any(e.place.venue for e in read_events(text, "de", published))

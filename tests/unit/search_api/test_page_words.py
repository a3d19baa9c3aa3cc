from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from indexer.query.fields import FACETS
from indexer.text.partial_date import partial_date
from search_api.language import speaking
from search_api.page_words import (
    FILTERS,
    country_name,
    date_span,
    facet_label,
    forms_to_read,
    instant,
    machine_date,
    outcome_counts,
    place_name,
)


@pytest.mark.parametrize(
    ("value", "words", "machine"),
    [
        ("2015-06-08", "8 June 2015", "2015-06-08"),
        ("2015-06", "June 2015", "2015-06"),
        ("2015-autumn", "autumn 2015", None),
        ("2015", "2015", "2015"),
        ("--09-25", "25 September", "09-25"),
        ("2015-99", "2015-99", "2015-99"),
        ("about 2015", "about 2015", None),
    ],
)
def test_partial_dates_keep_their_precision(value: str, words: str, machine: str | None) -> None:
    assert partial_date(value) == words
    assert machine_date(value) == machine


def test_every_facet_has_a_label() -> None:
    assert set(FILTERS) == set(FACETS)


def test_spans_of_dates() -> None:
    assert date_span("2015-06-08", None) == "8 June 2015"
    assert date_span("2015-06", "2015-07") == "June 2015 to July 2015"
    assert date_span("2027-01-14", "2027-01-15") == "14–15 January 2027"
    assert date_span("2027-01-30", "2027-02-02") == "30 January – 2 February 2027"
    assert date_span("2026-12-30", "2027-01-02") == "30 December 2026 – 2 January 2027"
    assert date_span("2027-01-14", "2027-01-14") == "14 January 2027"
    assert date_span("2027-01-14", "2027-02") == "14 January 2027 to February 2027"
    assert date_span(None, "2015") == "until 2015"
    assert date_span(None, None) is None


def test_countries_of_the_sources_have_names() -> None:
    assert [country_name(c) for c in ("KZ", "EU", "INT", "??")] == [
        "Kazakhstan",
        "European Union",
        "International",
        "??",
    ]


def test_places_are_named_by_town_and_country() -> None:
    assert place_name("Astana", "KZ") == "Astana, Kazakhstan"
    assert place_name(None, "KZ") == "Kazakhstan"
    assert place_name(None, None) is None


def test_moments_are_written_in_the_configured_zone() -> None:
    moment = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    assert instant(moment, ZoneInfo("Europe/Berlin")) == "6 Jan 2026, 00:30 CET"
    assert instant(moment, ZoneInfo("Asia/Almaty")) == "6 Jan 2026, 04:30 UTC+5"
    assert instant(moment, ZoneInfo("Asia/Kathmandu")) == "6 Jan 2026, 05:15 UTC+5:45"
    with speaking("ru"):
        assert instant(moment, ZoneInfo("Europe/Berlin")).endswith(" 00:30 UTC+1")


def test_an_unchanged_page_is_one_outcome_for_people() -> None:
    outcomes = {"new": 3, "unchanged": 41, "not-modified": 12, "http-error": 1}
    assert outcome_counts(outcomes) == {"new": 3, "unchanged": 53, "http error": 1}


def test_a_name_is_shown_in_a_form_that_the_reader_can_read() -> None:
    forms = ("Ася Вольная", "A. Wolnaja", "Asja Wolnaja")
    for code, shown in (("ru", "Ася Вольная"), ("de", "A. Wolnaja"), ("en", "A. Wolnaja")):
        with speaking(code):
            assert facet_label("person", "asja volnaja", forms[0], {}, forms) == shown
    with speaking("de"):
        assert forms_to_read(forms) == ("A. Wolnaja", "Asja Wolnaja", "Ася Вольная")
        assert forms_to_read(("Ася Вольная",)) == ("Ася Вольная",)

"""A form with a choice of years and one of months leads to all parts of a list."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.month_choices import month_choices
from indexer.records.reference import load_reference
from indexer.records.urls import site

HOST = "https://www.example.org"
WORDS = ListingWords.from_languages(load_reference().languages)
YEARS = "<select name=y><option selected>2026</option><option value=2025>2025 (8)</option></select>"


def months(shown: str = "", *, every: str = "", named: bool = True) -> str:
    names = ["Januar", "Februar", "März"] if named else ["01", "02", "03"]
    options = "".join(
        f"<option value={number}{' selected' if name == shown else ''}>{name}</option>"
        for number, name in enumerate(names, start=1)
    )
    return f"<select name=m>{every}{options}</select>"


def parts(fields: str, *, form: str = "action='/press/archive'") -> list[str]:
    soup = BeautifulSoup(f"<body><form {form}>{fields}</form></body>", "lxml")
    found = month_choices(
        soup,
        HOST + "/press/",
        HOST + "/press/",
        lambda u: site(u) == "www.example.org",
        is_month=WORDS.is_month,
        month_number=WORDS.month_number,
        year=2026,
    )
    return [url.removeprefix(HOST + "/press/archive?") for url in found]


def test_months_of_the_years_from_the_one_that_is_shown_on() -> None:
    assert parts(YEARS + months("Februar")) == [
        *(f"y=2026&m={number}" for number in (2, 1)),
        *(f"y=2025&m={number}" for number in (3, 2, 1)),
    ]


def test_all_months_of_a_year_are_asked_for_at_once_where_the_form_offers_that() -> None:
    every = "<option value=all>Alle Monate</option>"
    assert parts(YEARS + months("Februar", every=every)) == ["y=2026&m=all", "y=2025&m=all"]


def test_months_may_be_numbers_and_years_lie_ahead() -> None:
    years = "<select name=y><option>2027</option><option>2026</option></select>"
    hidden = "<input type=hidden name=lang value=de>"
    found = parts(years + months(named=False) + hidden)
    assert found == [f"lang=de&y=2026&m={number}" for number in (3, 2, 1)]


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        (YEARS + months(), "method=post action='/press/archive'"),
        (YEARS + months() + "<input name=email>", "action='/press/archive'"),
        (YEARS + months() + YEARS + months(), "action='/press/archive'"),
        (YEARS + "<select name=t><option>Zinn</option><option>Blei</option></select>", ""),
        (YEARS + months(), "action='https://elsewhere.example/archive'"),
        (YEARS + months(), "action='/jobs/find'"),
    ],
    ids=["post", "a person's", "from and until", "subjects", "another site", "another section"],
)
def test_other_forms_are_no_archive(fields: str, form: str) -> None:
    assert parts(fields, form=form) == []


def test_months_may_stand_in_falling_order() -> None:
    options = "".join(
        f"<option value={name[:2]}{' selected' if name == 'Februar' else ''}>{name}</option>"
        for name in ("März", "Februar", "Januar")
    )
    assert parts(f"{YEARS}<select name=m>{options}</select>")[:2] == ["y=2026&m=Fe", "y=2026&m=Ja"]


def test_entries_on_a_page_are_no_months() -> None:
    assert parts(f"{YEARS}<select name=n><option>5</option><option>10</option></select>") == []


def test_months_without_entries_may_be_left_out() -> None:
    found = parts(f"{YEARS}<select name=m><option>03</option><option>05</option></select>")
    assert found[:2] == ["y=2026&m=05", "y=2026&m=03"]


def test_the_search_of_a_site_is_no_list() -> None:
    assert parts(YEARS + months(), form="action='/search/'") == []


def test_nested_choices_take_time_by_their_number() -> None:
    start = time.process_time()
    assert parts("<form><select name=y>" * 400) == []
    assert time.process_time() - start < 4

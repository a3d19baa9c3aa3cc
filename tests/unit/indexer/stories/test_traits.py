from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from indexer.records.document import DateExpression, Mention, Page, StoredDocument, document_id
from indexer.stories.traits import Traits, traits_of

URL = "https://www.example.org/a"
SEEN = datetime(2026, 3, 1, 23, tzinfo=UTC)


def traits(text: str, **more: object) -> Traits:
    page = Page(URL, lang="en", title="News", text=text, **more)  # type: ignore[arg-type]
    return traits_of(StoredDocument(document_id(URL), URL, "a", 1, SEEN, page), None)


def test_names_are_words_in_capitals_within_a_sentence() -> None:
    found = traits("Yesterday Karin Vogtmann met Timur Nazarov. Nobody else came.")
    assert found.names == {"krn", "vgtmn", "tmr", "nsrv"}


def test_numbers_are_written_one_way_and_neither_years_nor_days() -> None:
    text = "On 14 May 2026 it made 9,000 tonnes, 1.234.567 screws, 2,1 or 2.1 percent since 2019."
    found = traits(text, dates=(DateExpression(3, 14, "2026-05-14", "2026-05-14", "date"),))
    assert found.numbers == {"9000", "1234567", "2.1"}
    assert found.days == {date(2026, 5, 14).toordinal()}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It made 1.9 thousand tonnes.", {"1900"}),
        ("Это 1900 тонн, или 1,9 тыс. тонн.", {"1900"}),
        ("Der 2,4-Millionen-Kredit wird zu 2.400.000 Euro.", {"2400000"}),
        ("Штраф 240 тыс. сомони, fine of 240,000 somoni.", {"240000"}),
        ("It lends 2.45bn to 85 miners.", {"2450000000", "85"}),
        ("Добыто 1 900,5 тыс. тонн, or 1,900,500 tonnes.", {"1900500"}),
        ("For 12,345.67 dollars, 12.345,67 Dollar.", {"12345.67"}),
    ],
)
def test_numbers_are_written_in_full(text: str, numbers: set[str]) -> None:
    assert traits(text).numbers == numbers


def test_times_of_a_programme_are_no_numbers() -> None:
    assert traits("From 9:30 to 10:00, um 11.15 Uhr, 09.00 registration of 12 guests").numbers == {
        "12"
    }


def test_months_are_no_names() -> None:
    text = "Wer ausführt, muss ab dem 1. Dezember den Verwender Karimow nennen."
    found = traits(text, dates=(DateExpression(26, 37, "2026-12-01", None, "range"),))
    assert found.names == traits("Es muss den Verwender Karimow nennen.").names
    assert found.days == {date(2026, 12, 1).toordinal()}


def test_concepts_come_from_mentions() -> None:
    mention = Mention("countries", "text", 0, 10, "Kazakhstan", "KZ")
    assert traits("Kazakhstan", mentions=(mention,)).concepts == {"country:KZ"}


def test_a_page_without_a_day_came_out_when_it_was_seen() -> None:
    assert traits("x").day == SEEN.date().toordinal()
    assert traits("x", published="2026-02-27").day == date(2026, 2, 27).toordinal()
    assert traits("x").site == "example.org"


def test_they_come_back_as_they_were() -> None:
    found = traits("Then Timur Nazarov sold 9,000 tonnes of this and that to those who want it.")
    assert Traits.from_json(found.to_json(), found.day, None) == found

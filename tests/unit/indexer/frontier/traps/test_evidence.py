"""When a shape of addresses is rested, and when it is not."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.frontier.traps.evidence import FEWEST, ShapeEvidence, what_it_says
from indexer.records.document import Page
from indexer.text.passages import fingerprint


def rested_after(*said: list[str] | None) -> bool:
    evidence = ShapeEvidence()
    for passages in said:
        evidence.record(passages)
    return evidence.rested


def test_one_text_under_twenty_addresses_is_enough_and_under_fewer_is_not() -> None:
    assert rested_after(*[["text"]] * FEWEST)
    assert not rested_after(*[["text"]] * (FEWEST - 1))


def test_pages_that_are_not_there_are_no_news() -> None:
    assert rested_after(*[None] * FEWEST)


def test_one_sentence_of_its_own_makes_an_article() -> None:
    assert not rested_after(*([f"sentence {n}", "about us"] for n in range(500)))
    # Half of the addresses show what the other half shows.
    assert not rested_after(*([f"sentence {n // 2}"] for n in range(500)))


def test_parts_of_what_was_shown_are_nothing_new() -> None:
    parts = [[f"tile {n}", f"tile {n * 3 % 7}"] for n in range(7)]
    assert rested_after(*parts, *parts * 16)


def test_three_new_texts_end_the_rest() -> None:
    repeated = [["text"]] * 200
    assert rested_after(*repeated, ["new"])
    assert not rested_after(*repeated, ["new"], ["newer"], ["newest"])


def test_what_pages_say() -> None:
    def said(**fields: Any) -> object:
        address = "https://a.example/1"
        return what_it_says(Page(url=address, **fields), address, fingerprint)

    march, april = "Am 7. März keine Termine.", "Am 8. März keine Termine."
    assert said(kind="soft-404", text="x") is None
    assert not said(kind="consent-wall", text="Cookies")
    assert said(kind="listing", text=march, title="März") == said(kind="listing", text=march)
    assert said(kind="article", text=march) != said(kind="article", text=april)
    assert said(kind="article", text=march, title="Zinn") != said(kind="article", text=march)
    one, other = ({"markup": f"startDate 2026-03-0{n}"} for n in (1, 8))
    assert said(kind="event", text=march, parts=one) != said(kind="event", text=march, parts=other)


def test_what_a_page_echoes_of_its_address_is_nothing_new() -> None:
    def said(path: str, text: str) -> object:
        address = f"https://a.example{path}"
        return what_it_says(Page(url=address, kind="article", text=text), address, fingerprint)

    july, other = said("/k/2031/07", "Juli 2031, Tag 7"), said("/k/2032/08", "Juli 2032, Tag 8")
    assert july == other
    assert said("/preise/2026-01-05", "Kupfer: 9007") != said("/preise/2026-01-06", "Kupfer: 9012")


@pytest.mark.timeout(60)
def test_a_word_of_megabytes_is_read_in_time_that_grows_with_its_length() -> None:
    """A pattern that looks for a digit in each word took an hour for it."""
    page = Page(url="https://a.example/7", title="Seven", text="x" * 4_000_000)
    assert what_it_says(page, "https://a.example/7", fingerprint)

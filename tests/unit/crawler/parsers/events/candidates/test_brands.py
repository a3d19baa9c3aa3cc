"""Brands that are events by their year, or where somebody was there."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate


def brands(lang: str, text: str) -> list[tuple[str, str | None]]:
    """Each brand that may be an event, and its year."""
    page = annotate(text, lang)
    found = CandidateFinder(page.vocabulary).find(page)
    masked = page.masked["text"]
    return [(masked[c.name.start : c.name.end], c.name.year) for c in found if c.kind == "brand"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Norlit was at SteinTech 2031.", [("SteinTech 2031", "2031")]),
        ("en", "As she said in her OreConf31 talk, prices fell.", [("OreConf31", None)]),
        ("en", "Norlit showed its drill at PDAC in Toronto.", [("PDAC", None)]),
        ("en", "Norlit showed its drill at the PDAC 2031.", [("PDAC 2031", "2031")]),
        ("en", "What COP36 decided counts.", [("COP36", None)]),
        ("de", "Auf der COP36 in Lissabon sprach sie.", [("COP36", None)]),
        ("de", "Auf der CES war Norlit dabei.", [("CES", None)]),
        ("ru", "Компания показала насос на CES 2031 в Лас-Вегасе.", [("CES 2031", "2031")]),
    ],
)
def test_brands_of_events(lang: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert brands(lang, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The PDAC has 300 members.",
        "Norlit bought it at COP 500 a tonne.",
        "The COP-36 valve is new, as are OreConf3 and OreConf310.",
        "ACME Q3 2031 was weak.",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert brands("en", text) == []

"""Stretches that can hold a match: nothing is lost by looking only there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsers.entities.anchors import Anchors, lines_with

_WORDS = [
    *("neue", "Neuer", "Rohstoffstrategie", "Strategien", "Plan", "Plans", "Road Map", "road"),
    *("map", "Planung", "x-Plan", "Plan-B", "und", "Plan.", "(Plan)", "İPlan", "plan\u00a0"),
]
_GAPS = [" ", "  ", "\n", "\n\n", "\t", "\u00a0", "", ", "]
_TEXTS = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GAPS)), max_size=30).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
_HEAD = re.compile(
    r"(?<![\w-])(?:(?i:neuer?)[^\S\n]+){0,2}(?:[\w-]*(?i:strategie|plan)|Road[^\S\n]+Map)s?(?!\w)"
)


@given(_TEXTS)
def test_a_match_is_found_as_in_the_whole_text(text: str) -> None:
    """Words before it, endings, borders and blanks of all kinds."""
    anchors = Anchors(["Strategie", "Plan", "Road Map"], before=2, endings=("", "s"))
    found = [m.span() for m in anchors.matches(_HEAD, text)]
    assert found == [m.span() for m in _HEAD.finditer(text)]


@given(_TEXTS)
def test_the_line_is_searched_where_the_reach_is_not_told(text: str) -> None:
    """A pattern that takes any words of the line before the head."""
    pattern = re.compile(r"(?<![\w-])(?:[\w,.-]+[^\S\n]+)*?Plan(?!\w)")
    found = [m.span() for m in Anchors(["Plan"], before=None, endings=("",)).matches(pattern, text)]
    assert found == [m.span() for m in pattern.finditer(text)]


def test_no_words_no_stretches() -> None:
    """A language file without heads."""
    assert Anchors([]).stretches("Plan") == []


def test_stretches_of_a_text_without_blanks_are_one() -> None:
    """Not one for each of its hits, which would be read over and over."""
    text = "plan" * 20_000
    assert Anchors(["plan"], before=3).stretches(text) == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb AG, c AG\n\nd AG", ["b AG, c AG", "d AG"]),
        ("AG\n", ["AG"]),
        ("nothing", []),
    ],
)
def test_lines_with_a_match(text: str, lines: list[str]) -> None:
    """Each once, whole."""
    assert [text[s:e] for s, e in lines_with(re.compile("AG"), text)] == lines

"""What a stretch of words says of itself."""

from __future__ import annotations

import pytest

from crawler.parsers.events.trained.hashed_words import HASHED, hashed
from crawler.parsers.events.values.span_measures import measure_span
from tests.event_texts import annotate

TEXT = "Das Motto: „Zinn aus Jena 2031“, sagte man am 5. Mai."


@pytest.mark.parametrize(
    ("words", "true", "false"),
    [
        ("Zinn aus Jena 2031", {"span.quoted", "span.capital", "span.digits"}, {"span.opens"}),
        ("Das Motto", {"span.opens"}, {"span.quoted", "span.digits"}),
        ("sagte man", {"span.comma"}, {"span.capital", "span.colon"}),
    ],
)
def test_how_a_span_is_built(words: str, true: set[str], false: set[str]) -> None:
    page = annotate(TEXT, "de", "2031-05-08")
    start = TEXT.find(words)
    measures = measure_span(page, page.sentences[0], start, start + len(words), "theme")
    assert all(measures[name] for name in true)
    assert not any(measures[name] for name in false)


def test_words_of_one_choice_are_kept_apart_from_those_of_another() -> None:
    page = annotate(TEXT, "de", "2031-05-08")
    start = TEXT.find("Zinn")
    theme, house = (
        measure_span(page, page.sentences[0], start, start + 4, kind) for kind in ("theme", "house")
    )
    assert theme[hashed("de:themefirst:zinn")] == 1.0
    assert {n for n in theme if n.startswith(HASHED)} != {n for n in house if n.startswith(HASHED)}

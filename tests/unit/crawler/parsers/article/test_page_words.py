"""Words of pages, looked up in lines."""

import pytest

from crawler.parsers.article.page_words import PageWords
from indexer.records.reference import load_reference

WORDS = PageWords(load_reference().languages)


def test_the_longer_of_words_that_begin_alike() -> None:
    listed = ["Read", "Read more", "READ MORE NOW", "Rest", "O'Read"]
    words = PageWords({"en": {"pages": {"related": listed}}})
    assert words.start("related", "read  more about tin") == "read  more"
    assert words.start("related", "Read morel") == "Read"
    assert words.start("related", "Read more now!") == "Read more now"
    assert words.start("related", "o’read it") == "o’read"
    assert words.start("related", "Reading") == ""
    assert words.start("related", "Re") == ""


@pytest.mark.parametrize(
    "word", ["viernes", "giovedì", "torstai", "Perşembe", "środa", "Mi", "среды"]
)
def test_weekdays_of_all_languages(word: str) -> None:
    assert WORDS.is_weekday(word)


@pytest.mark.parametrize("word", ["ons", "fre", "ma", "sobre", "viel", "Kasten"])
def test_short_weekdays_that_are_words_elsewhere_are_none(word: str) -> None:
    assert not WORDS.is_weekday(word)

import pytest

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize(
    ("lang", "word", "is_role"),
    [
        ("de", "Ministerin", True),
        ("de", "Abteilungsleiter", True),
        ("de", "minister", False),
        ("de", "Bergwerk", False),
        ("en", "Minister", True),
        ("en", "mining", False),
        ("ru", "министра", True),
        ("ru", "замминистра", True),
        ("ru", "руда", False),
    ],
)
def test_words_that_name_a_job(lang: str, word: str, is_role: bool) -> None:
    assert JobTitleWords(event_vocabulary(lang)).is_role(word) is is_role


@pytest.mark.parametrize(
    ("lang", "adjective", "belongs"),
    [
        ("de", "stellvertretender", True),
        ("de", "deutscher", False),
        ("ru", "первый", True),
        ("ru", "5-й", False),
    ],
)
def test_adjectives_of_a_job_title(lang: str, adjective: str, belongs: bool) -> None:
    assert JobTitleWords(event_vocabulary(lang)).belongs(adjective) is belongs


@pytest.mark.parametrize(
    ("lang", "word", "is_public"),
    [("de", "bundesminister", True), ("de", "geschäftsführer", False), ("en", "ambassador", True)],
)
def test_offices_of_the_state(lang: str, word: str, is_public: bool) -> None:
    assert JobTitleWords(event_vocabulary(lang)).is_public(word) is is_public


@pytest.mark.parametrize(
    ("lang", "before", "has_title"),
    [
        ("de", "sprach Prof․ Dr․ ", True),
        ("de", "sprach gestern ", False),
        ("en", "said Dr․ ", True),
    ],
)
def test_academic_titles_before_a_name(lang: str, before: str, has_title: bool) -> None:
    assert bool(JobTitleWords(event_vocabulary(lang)).titles.search(before)) is has_title

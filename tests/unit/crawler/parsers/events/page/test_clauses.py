import pytest

from crawler.parsers.events.page.clauses import ClauseFinder
from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("lang", "text", "word", "clause"),
    [
        ("de", "Er kam an; die Tagung begann.", "Tagung", "; die Tagung begann."),
        ("de", "Er kam an – die Tagung begann.", "Er", "Er kam an "),
        (
            "de",
            "Die Tagung, Erze und Salze, begann.",
            "Tagung",
            "Die Tagung, Erze und Salze, begann.",
        ),
        (
            "en",
            "5–6 March 2031 in Bonn: the ore forum",
            "forum",
            "5–6 March 2031 in Bonn: the ore forum",
        ),
        ("en", "He left, while the meeting began.", "meeting", ", while the meeting began."),
        ("en", "He left, the meeting began.", "meeting", "He left, the meeting began."),
        (
            "en",
            "The forum was held on 5 May, the fair will be held on 6 June.",
            "fair",
            ", the fair will be held on 6 June.",
        ),
        (
            "ru",
            "Форум прошёл 5 мая, следующий состоится 6 июня.",
            "Форум",
            "Форум прошёл 5 мая",
        ),
        (
            "en",
            "On 5 May, the forum, a fair, was held.",
            "forum",
            "On 5 May, the forum, a fair, was held.",
        ),
    ],
)
def test_clause_around_a_word(lang: str, text: str, word: str, clause: str) -> None:
    page = annotate(text, lang)
    finder = ClauseFinder(page.vocabulary)
    start, end = finder.find_around(text, page.sentences[0], text.index(word))
    assert text[start:end] == clause


def test_relative_clause_right_behind_a_name_belongs_to_it() -> None:
    text = "The Ore Forum, which opened in Oslo, drew crowds."
    page = annotate(text, "en")
    finder, name_end = ClauseFinder(page.vocabulary), text.index(",")
    assert finder.find_around(text, page.sentences[0], 4, name_end) == (0, len(text))
    assert finder.find_around(text, page.sentences[0], 4)[1] == name_end


def test_the_day_behind_a_dash_belongs_to_the_name_before_it() -> None:
    text = "The Ore Forum – 27 March 2031, Oslo."
    page = annotate(text, "en")
    finder, name_end = ClauseFinder(page.vocabulary), text.index(" –")
    assert finder.find_around(text, page.sentences[0], 4, name_end) == (0, len(text))
    assert finder.find_around(text, page.sentences[0], 4)[1] == text.index("–")


@pytest.mark.parametrize(
    ("lang", "text", "word", "whole"),
    [
        ("ru", "Их пригласили на семинар о рудах, который пройдёт 3 мая.", "семинар", True),
        ("ru", "Они видели семинар о рудах, который понравился всем.", "семинар", False),
        ("ru", "На семинар пришли гости конгресса, который прошёл 3 мая.", "семинар", False),
        ("de", "Sie wurden zum Seminar geladen, das am 3. Mai stattfindet.", "Seminar", True),
        ("ru", "Форум, который организует Союз горняков, пройдёт 3 мая.", "Форум", True),
        ("de", "Sie sahen das Seminar 5. Mai, das am 3. Mai stattfindet.", "Seminar", False),
    ],
)
def test_what_takes_place_in_a_relative_clause_is_the_event_before_it(
    lang: str, text: str, word: str, whole: bool
) -> None:
    page = annotate(text, lang)
    at = text.index(word)
    found = ClauseFinder(page.vocabulary).find_around(
        text, page.sentences[0], at, head_end=at + len(word)
    )
    assert (found == (0, len(text))) is whole

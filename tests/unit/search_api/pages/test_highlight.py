from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.pages.highlight import SENTENCE_LIMIT, Sentences, cut_sentence, segments

TEXT = (
    "Die 5. Sitzung fand am 8. und 9. Juni 2015 statt. Den Vorsitz hatte Dr. Anke Velten. "
    "Es kamen 45 Gäste!\n\nНа встрече в г. Астана говорили о литии. Потом был ужин."
)


def sentence(word: str, text: str = TEXT) -> str:
    at = text.index(word)
    start, end = Sentences(text).around(at, at + len(word))
    return text[start:end]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Sitzung", "Die 5. Sitzung fand am 8. und 9. Juni 2015 statt."),
        ("2015", "Die 5. Sitzung fand am 8. und 9. Juni 2015 statt."),
        ("Velten", "Den Vorsitz hatte Dr. Anke Velten."),
        ("45", "Es kamen 45 Gäste!"),
        ("Астана", "На встрече в г. Астана говорили о литии."),
        ("ужин", "Потом был ужин."),
    ],
)
def test_the_sentence_is_found_past_ordinals_and_abbreviations(word: str, expected: str) -> None:
    assert sentence(word) == expected


def test_a_paragraph_ends_its_last_sentence() -> None:
    text = "Der Verband lädt nach Almaty ein.\n\nIm Hotel ist Platz.\nSaal 5.\nEmpfang um 9."
    assert sentence("Verband", text) == "Der Verband lädt nach Almaty ein."
    assert sentence("Hotel", text) == "Im Hotel ist Platz."
    assert sentence("Saal", text) == "Saal 5."


def test_a_mention_over_two_sentences_shows_both() -> None:
    text = "Eins war hier. Zwei folgte dann. Drei auch."
    start, end = Sentences(text).around(text.index("hier"), text.index("folgte"))
    assert text[start:end] == "Eins war hier. Zwei folgte dann."


def test_a_mention_that_ends_with_the_full_stop_stays_in_its_sentence() -> None:
    text = "Es lud ein die Nordwind Ltd. Danach sprach niemand mehr."
    assert sentence("Nordwind Ltd.", text).startswith("Es lud ein die Nordwind Ltd.")


def test_overlapping_and_impossible_marks_do_no_harm() -> None:
    pieces = segments("lithium", [(3, 5), (0, 4), (6, 99), (5, 5), (-3, -1), (7, 2)])
    assert [(p.text, p.marked) for p in pieces] == [("lithi", True), ("u", False), ("m", True)]


@given(st.text(), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50))))
def test_segments_lose_nothing_and_alternate(text: str, marks: list[tuple[int, int]]) -> None:
    pieces = segments(text, marks)
    assert "".join(p.text for p in pieces) == text
    assert all(a.marked != b.marked for a, b in itertools.pairwise(pieces))


@given(st.text(alphabet="aA. \n!5»", max_size=60), st.integers(0, 60), st.integers(1, 10))
def test_a_sentence_covers_its_mention(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    first, last = Sentences(text).around(start, end)
    inside = [i for i in range(start, end) if not text[i].isspace()]
    assert all(first <= i < last for i in inside)


def test_a_long_sentence_is_cut_around_the_mark() -> None:
    text = "wort " * 300 + "Lithium " + "wort " * 300
    at = text.index("Lithium")
    pieces = cut_sentence(text, (0, len(text)), [(at, at + 7)])
    shown = "".join(p.text for p in pieces)
    assert [p.text for p in pieces if p.marked] == ["Lithium"]
    assert shown.startswith("… wort")
    assert shown.endswith("wort …")
    assert len(shown) <= SENTENCE_LIMIT + 6

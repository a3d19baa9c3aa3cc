import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.folding import LONGEST_WORD, fold, surfaces_of, umlauts_read, umlauts_spelled_out


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Öl", "ol"),
        ("Förderung", "forderung"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Ёлка", "елка"),
        ("Йод", "йод"),
        ("и\u0306од", "йод"),
        ("Ўзбекистон", "ўзбекистон"),
        ("Oʻzbekiston", "ozbekiston"),
        ("O'zbekiston", "ozbekiston"),
        ("O‘zbekiston", "ozbekiston"),
        ("béryllium", "beryllium"),
        ("İran", "iran"),
        ("CO₂", "co2"),
        ("Roh\u00adstoff", "rohstoff"),
        ("Қазақстан", "қазақстан"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_a_word_fold_to_one_form(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "spelled_out"),
    [("Bäcker", ("baecker",)), ("Öko-Müller", ("oeko", "mueller")), ("Straße", ()), ("Oeko", ())],
)
def test_umlauts_may_be_written_as_two_letters(text: str, spelled_out: tuple[str, ...]) -> None:
    assert umlauts_spelled_out(text) == spelled_out


@pytest.mark.parametrize(
    ("text", "read"),
    [("Baecker", ("backer",)), ("Oeko", ("oko",)), ("Steuer neue Frauen Quelle Baue", ())],
)
def test_two_letters_may_mean_an_umlaut(text: str, read: tuple[str, ...]) -> None:
    assert umlauts_read(surfaces_of(text)) == read


@given(st.text())
def test_folding_is_stable_and_leaves_no_blanks(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= LONGEST_WORD
    assert not any(letter.isspace() for letter in folded)
    assert fold(folded) == folded

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.words import spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rohstoff-Dialogplattform, 5. Sitzung", ["Rohstoff", "Dialogplattform", "5", "Sitzung"]),
        ("U-235 und CO2", ["U", "235", "und", "CO2"]),
        ("Kazakhstan's strategy", ["Kazakhstan", "strategy"]),
        ("minerai d'uranium", ["minerai", "d", "uranium"]),
        ("O'zbekiston va Gʻarb", ["O'zbekiston", "va", "Gʻarb"]),
        ("«Казахстан-2050»", ["Казахстан", "2050"]),
        ("中国 日本", ["中", "国", "日", "本"]),
        ("भारत", ["भारत"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("–—…", []),
    ],
)
def test_words_are_found_in_every_script(text: str, words: list[str]) -> None:
    assert [word for _, _, word in spans(text)] == words


@given(st.text())
def test_offsets_point_at_the_words(text: str) -> None:
    last = 0
    for start, end, word in spans(text):
        assert last <= start < end
        assert text[start:end] == word
        last = end

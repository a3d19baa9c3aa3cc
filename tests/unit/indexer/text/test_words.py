import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.words import pack, runs_in, spans


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


@given(st.text(), st.integers(0, 60_000))
def test_runs_of_words_are_found_by_packed_starts_which_can_be_written_as_utf_8(
    text: str, before: int
) -> None:
    text = " " * before + text
    found = [(start, end) for start, end, _ in spans(text)]
    kept = pack([start for start, _ in found])
    assert runs_in(text, kept, [(number, number) for number in range(len(found))]) == found
    if found:
        assert runs_in(text, kept, [(0, len(found) - 1)]) == [(found[0][0], found[-1][1])]
    "".join(kept if isinstance(kept, str) else ()).encode()


def test_a_word_ends_where_it_was_found_to_end() -> None:
    text = "O'zbekiston, Kazakhstan's 中国"
    starts = [start for start, _, _ in spans(text)]
    assert runs_in(text, starts, [(0, 0), (1, 1), (2, 3)]) == [(0, 11), (13, 23), (26, 28)]
    with pytest.raises(ValueError, match="no word starts at 11"):
        runs_in(text, [0, 11], [(0, 1)])

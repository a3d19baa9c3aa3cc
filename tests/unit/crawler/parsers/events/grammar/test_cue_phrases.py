import pytest

from crawler.parsers.events.grammar.cue_phrases import CueIndex

INDEX = CueIndex(
    {
        "held": ["fand … statt", "took place"],
        "place": ["held in X"],
        "organiser": ["organised by X", "X organised", "hat X abgehalten", "организован~ X"],
    }
)


@pytest.mark.parametrize(
    ("text", "category", "side"),
    [
        ("Die Messe fand gestern in Bonn statt.", "held", "none"),
        ("It was organised by the Chamber", "organiser", "right"),
        ("форум, организованный Палатой", "organiser", "right"),
    ],
)
def test_phrase_is_found(text: str, category: str, side: str) -> None:
    assert (category, side) in {(h.category, h.side) for h in INDEX.find(text)}


def test_value_between_two_words_has_its_span() -> None:
    text = "gestern hat der Verband eine Tagung abgehalten"
    hit = next(h for h in INDEX.find(text) if h.side == "between")
    assert text[hit.x_start : hit.x_end] == "der Verband eine Tagung"


def test_gap_stays_in_the_sentence() -> None:
    assert not INDEX.find("Sie fand Gold. Die Messe hat nicht statt")


def test_whole_words_only() -> None:
    assert not INDEX.find("It took placement")


@pytest.mark.parametrize("word", ["in", "IN", "İN", "ın", "İn"])
def test_letters_that_are_the_same_in_another_case(word: str) -> None:
    assert any(h.category == "place" for h in INDEX.find(f"Held {word} Jena"))

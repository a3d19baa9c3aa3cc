from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search_api.differences import MOST_PAIRS, Difference, Piece, differences

PASSAGES = st.lists(st.text(alphabet="ab \n", min_size=1, max_size=12), max_size=4)


def told(difference: Difference) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in difference]


def test_a_changed_passage_shows_its_changed_words() -> None:
    (found,) = differences(
        ["Das Forum findet am 12. Mai in Astana statt."],
        ["Das Forum findet am 3. Juni in Astana statt."],
    )
    assert told(found) == [
        ("same", "Das Forum findet am "),
        ("removed", "12."),
        ("added", "3."),
        ("same", " "),
        ("removed", "Mai"),
        ("added", "Juni"),
        ("same", " in Astana statt."),
    ]


def test_passages_that_are_not_alike_are_new_and_gone() -> None:
    found = differences(["Etwas ganz anderes."], ["Lithium wird teurer."])
    assert found == [
        (Piece("Lithium wird teurer.", "added"),),
        (Piece("Etwas ganz anderes.", "removed"),),
    ]


def test_the_likest_passages_belong_together() -> None:
    found = differences(["eins zwei drei vier", "eins zwei drei fünf"], ["eins zwei drei fünf x"])
    assert told(found[0]) == [("same", "eins zwei drei fünf"), ("added", " x")]
    assert found[1] == (Piece("eins zwei drei vier", "removed"),)


def test_whole_new_pages_are_not_compared_passage_by_passage() -> None:
    many = [f"Absatz {n}" for n in range(MOST_PAIRS)]
    assert len(differences(many, ["Absatz 1", "Absatz 2"])) == MOST_PAIRS + 2


@given(PASSAGES, PASSAGES)
def test_both_revisions_can_be_read_from_the_differences(
    removed: list[str], added: list[str]
) -> None:
    found = differences(removed, added)
    after = ["".join(p.text for p in d if p.kind != "removed") for d in found]
    before = ["".join(p.text for p in d if p.kind != "added") for d in found]
    assert [text for text in after if text] == added
    assert sorted(text for text in before if text) == sorted(removed)

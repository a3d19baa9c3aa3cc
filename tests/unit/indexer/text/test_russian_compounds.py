from __future__ import annotations

import pytest

from indexer.text.russian_compounds import RussianCompounds

COMPOUNDS = RussianCompounds(
    ["добыча", "пользование", "плавка"], ["о", "е"], {"плавка": ["плавильный"]}
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("золотодобыча", ("золот", "добыч")),
        ("золотодобычей", ("золот", "добыч")),
        ("угледобычи", ("угл", "добыч")),
        ("недропользованию", ("недр", "польз")),
        ("медеплавка", ("мед", "плавк")),
        ("медеплавильного", ("мед", "плавк")),
    ],
)
def test_a_word_that_ends_with_one_of_the_list_is_split(word: str, parts: tuple[str, ...]) -> None:
    assert COMPOUNDS.split(word) == parts


@pytest.mark.parametrize("word", ["добыча", "недодобы", "использование", "выплавка", "руда"])
def test_other_words_stay_whole(word: str) -> None:
    assert COMPOUNDS.split(word) == ()


def test_forms_are_told_as_the_part_that_they_stand_for() -> None:
    assert COMPOUNDS.part("плавильн") == COMPOUNDS.part("плавк") == "плавк"
    assert COMPOUNDS.part("руд") is None

from __future__ import annotations

import pytest

from indexer.records.reference import NO_REFERENCE, load_reference
from indexer.text.compound_tables import splitter_of


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Kupferbergwerk", ("kupf", "berg", "werk")),
        ("золотодобыча", ("золот", "добыч")),
        ("Kupfer", ()),
        ("copper", ()),
        ("2027", ()),
        ("", ()),
    ],
)
def test_compounds_are_split_by_the_language_of_their_letters(
    word: str, parts: tuple[str, ...]
) -> None:
    assert tuple(splitter_of(load_reference())(word)) == parts


def test_without_tables_nothing_is_split() -> None:
    assert not splitter_of(NO_REFERENCE)("Kupferbergwerk")

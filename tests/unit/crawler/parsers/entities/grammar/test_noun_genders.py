from __future__ import annotations

import pytest

from crawler.parsers.entities.grammar.noun_genders import NounGenders

GENDERS = NounGenders({"masculine": ["Verband"], "feminine": ["Band"], "plural": ["Bände"]})


@pytest.mark.parametrize(
    ("noun", "gender"),
    [
        ("Verband", "masculine"),
        ("Dachverband", "masculine"),
        ("Rockband", "feminine"),
        ("Bände", "plural"),
        ("Verbands", None),
        ("", None),
    ],
)
def test_the_longest_ending_tells_the_gender(noun: str, gender: str | None) -> None:
    assert GENDERS.gender_of(noun) == gender

"""The codes that a configuration may name are those that have an English name."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from string import ascii_lowercase, ascii_uppercase

import pytest
from babel import Locale
from pydantic import TypeAdapter

from indexer.records.values import Count, Number, check_country, check_language

ENGLISH = Locale("en")
NO_COUNTRIES = {"EZ", "QO", "UN", "XA", "XB", "ZZ"}


def accepted(check: Callable[[str], str], letters: str) -> set[str]:
    """All codes of two letters that pass."""
    found = set()
    for code in map("".join, product(letters, repeat=2)):
        try:
            found.add(check(code))
        except ValueError:
            continue
    return found


def test_languages_are_those_with_a_name() -> None:
    named = {str(code) for code in ENGLISH.languages}
    assert accepted(check_language, ascii_lowercase) == {c for c in named if len(c) == 2}


def test_countries_are_those_with_a_name_and_the_union() -> None:
    named = {str(code) for code in ENGLISH.territories}
    countries = {code for code in named if re.fullmatch("[A-Z]{2}", code)}
    assert accepted(check_country, ascii_uppercase) == countries - NO_COUNTRIES | {"EU"}


@pytest.mark.parametrize(
    ("kind", "value", "number"),
    [
        *((Count, "7", 7), (Count, 7, 7), (Count, 999_999_999, 999_999_999), (Number, 0, 0)),
        *((Count, 0, None), (Count, "0", None), (Number, -1, None), (Count, True, None)),
        *((Count, 1_000_000_000, None), (Number, "1000000000", None)),
    ],
)
def test_numbers_have_the_same_bounds_however_they_come(
    kind: type[int], value: object, number: int | None
) -> None:
    adapter = TypeAdapter(kind)
    if number is not None:
        assert adapter.validate_python(value) == number
        return
    with pytest.raises(ValueError, match=r"must be a whole number from [01]"):
        adapter.validate_python(value)

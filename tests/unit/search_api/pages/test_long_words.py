from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.pages.long_words import LONGEST, SOFT_HYPHEN, breakable


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Межгосударственной", "Меж-го-су-дарст-вен-ной"),
        ("Rohstoffpartnerschaft", "Rohs-toff-part-ner-schaft"),
        ("Aufbereitungstechnik", "Auf-be-rei-tungs-tech-nik"),
        ("Konferenz, Rohstoffforum 2026", "Konferenz, Rohstoffforum 2026"),
    ],
)
def test_long_words_may_be_broken_between_syllables(text: str, parts: str) -> None:
    assert breakable(text).replace(SOFT_HYPHEN, "-") == parts


@given(st.text(alphabet=st.characters(exclude_characters=SOFT_HYPHEN)))
def test_nothing_but_soft_hyphens_is_added(text: str) -> None:
    assert breakable(text).replace(SOFT_HYPHEN, "") == text
    if len(text) <= LONGEST:
        assert breakable(text) == text

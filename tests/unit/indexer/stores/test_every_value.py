from __future__ import annotations

import pytest

from indexer.stores.base import FacetValue
from indexer.stores.every_value import EveryValue

VALUES = (
    FacetValue("KZ", "Kazakhstan", 3),
    FacetValue("tokobaev askar", "Аскар Токобаев", 2, ("Аскар Токобаев", "Askar Tokobajew")),
    FacetValue("\ud83d", "", 5_000_000_000, ("鉛",), {"鉛": frozenset({"de"})}),
)


def test_values_are_as_they_were_given() -> None:
    kept = EveryValue(VALUES)
    assert tuple(kept) == VALUES
    assert (kept[1:], kept[-1], len(kept)) == (VALUES[1:], VALUES[-1], 3)
    with pytest.raises(IndexError):
        kept[3]

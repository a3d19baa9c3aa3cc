from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.records.half_characters import value_without_halves, without_halves


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Erz", "Erz"),
        ("Kupfer \ud83d aus", "Kupfer \ufffd aus"),
        ("\udfff\udfff", "\ufffd\ufffd"),
        ("Карта \U0001f5fa", "Карта \U0001f5fa"),
    ],
)
def test_each_half_is_replaced_by_one_character(text: str, whole: str) -> None:
    assert without_halves(text) == whole


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        (r'{"a": ["\ud83d", 1, null]}', {"a": ["\ufffd", 1, None]}),
        (r'"\ud83d\uddfa \\ud83d"', "\U0001f5fa \\ud83d"),
        (r'{"\udfff": true}', {"\ufffd": True}),
    ],
)
def test_texts_are_mended_wherever_they_stand(written: str, whole: Any) -> None:
    assert value_without_halves(json.loads(written)) == whole

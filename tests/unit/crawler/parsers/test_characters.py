from __future__ import annotations

import pytest

from crawler.parsers.characters import clean_characters


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Erz\0\x08 und\x7f Руда", "Erz und Руда"),
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("half \ud83d a sign", "half ? a sign"),
    ],
)
def test_what_no_text_holds_is_left_out(text: str, clean: str) -> None:
    assert clean_characters(text) == clean

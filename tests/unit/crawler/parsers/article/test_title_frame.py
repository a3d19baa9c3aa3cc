from __future__ import annotations

import pytest

from crawler.parsers.article.title_frame import title_pieces, without_frame

FRAME = frozenset({"erz news", "press", "erz news today"})


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ("Copper found | Erz News", "Copper found"),
        ("Copper found - press - Erz News", "Copper found"),
        ("Erz News : Press | Copper – a rare metal", "Copper – a rare metal"),
        ("Copper – press – found", "Copper – press – found"),
        ("Erz News | Press", ""),
        ("Erz  News today", ""),
        ("Copper", "Copper"),
        ("", ""),
        (" | ", ""),
    ],
)
def test_what_the_site_puts_around_a_title_is_taken_off(given: str, own: str) -> None:
    assert without_frame(given, FRAME) == own


def test_pieces_are_folded_and_come_with_the_whole() -> None:
    assert set(title_pieces("Copper Found | Erz")) == {"copper found", "erz", "copper found erz"}

"""Names at the beginning of lines."""

from __future__ import annotations

import pytest

from indexer.text.line_beginnings import as_line_begins


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("antimony workshop", "Antimony workshop"),
        ("форум недропользователей", "Форум недропользователей"),
        ("14. Sitzung", "14. Sitzung"),
        ("eMobility Day", "eMobility Day"),
        ("Minex", "Minex"),
        ("", ""),
    ],
)
def test_a_line_begins_with_a_capital(name: str, shown: str) -> None:
    assert as_line_begins(name) == shown

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query.moments import LAST_SECOND, moment_of, seconds_of


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T03:15", (at(2026, 3, 2, 3, 15), at(2026, 3, 2, 3, 15, 59))),
        ("2026-03-02T03:15Z", (at(2026, 3, 2, 3, 15), at(2026, 3, 2, 3, 15, 59))),
        ("2026-03-02T03:15:07Z", (at(2026, 3, 2, 3, 15, 7), at(2026, 3, 2, 3, 15, 7))),
        ("2026-03-02T03:15:07+01:00", (at(2026, 3, 2, 2, 15, 7), at(2026, 3, 2, 2, 15, 7))),
        ("2026-03-02T03:15-0430", (at(2026, 3, 2, 7, 45), at(2026, 3, 2, 7, 45, 59))),
        ("2026-03-02", (at(2026, 3, 2), at(2026, 3, 2, 23, 59, 59))),
        ("2026-03", (at(2026, 3, 1), at(2026, 3, 31, 23, 59, 59))),
        ("2024", (at(2024, 1, 1), at(2024, 12, 31, 23, 59, 59))),
        *((text, None) for text in ("soon", "2026-03-02T3:15", "2026-03-02T25:00", "T03:15", "")),
        *((text, None) for text in ("0001-01-01T00:00+02:00", "9999-12-31T23:59-02:00")),
        *((text, None) for text in ("2026-02-30T10:00", "2026-03-02T03:15:61", "2026-03-02T03")),
    ],
)
def test_moments_and_dates_are_seconds(text: str, expected: tuple[int, int] | None) -> None:
    assert seconds_of(text) == expected


def test_a_second_is_a_moment_again() -> None:
    assert moment_of(at(2026, 3, 2, 3, 15)) == datetime(2026, 3, 2, 3, 15, tzinfo=UTC)
    assert moment_of(LAST_SECOND).year == 9999

from __future__ import annotations

import pytest

from search_api.exports.formats import FORMATS, accepted
from search_api.exports.workbook import MEDIA_TYPE


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", None),
        ("*/*", None),
        ("application/json", None),
        ("text/csv", "csv"),
        ("Text/CSV; charset=utf-8", "csv"),
        ("text/csv;q=0.5, application/json", None),
        ("text/csv, */*;q=0.1", "csv"),
        ("application/json;q=0.2, application/atom+xml;q=0.9", "atom"),
        ("application/feed+json", "feed"),
        ("application/x-ndjson", "ndjson"),
        ("application/jsonl", "ndjson"),
        (MEDIA_TYPE, "xlsx"),
        ("text/csv;q=0", None),
        ("text/csv;q=much", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", None),
        (";;,,q=", None),
    ],
)
def test_a_format_is_chosen_by_its_full_name(header: str, name: str | None) -> None:
    found = accepted(header)
    assert (found and found.name) == name


def test_names_paths_and_types_are_different() -> None:
    for column in ("name", "path", "media_type"):
        assert len({getattr(known, column) for known in FORMATS}) == len(FORMATS)

"""How a page was met, as the system of record keeps it."""

from __future__ import annotations

import pytest

from indexer.frontier.port import Link, Met
from tests.unit.indexer.record import HOME, Record

PAGE = f"{HOME}/a"


@pytest.mark.parametrize(
    ("met", "again", "kept"),
    [
        ("late", "aside", "aside"),
        ("aside", None, None),
        (None, "late", None),
        ("aside", "late", "aside"),
    ],
)
@pytest.mark.parametrize("fetched", [False, True])
def test_a_page_was_met_by_the_surest_of_what_names_it_before_it_is_requested(
    record: Record, met: Met | None, again: Met | None, kept: Met | None, *, fetched: bool
) -> None:
    record.ledger.add("partner", Link(PAGE, met=met))
    if fetched:
        record.fetch("/a")
    record.ledger.add("partner", Link(PAGE, met=again))
    address = record.ledger.address(PAGE)
    assert address is not None
    assert address.met == (met if fetched else kept)

"""When a site is learnt, and when anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from indexer.profiles.learning_due import LEAST, MOST, RETRY, is_due, is_settled
from indexer.profiles.profile_records import NONE_AGREE, ProfileRecord
from tests.unit.indexer.conftest import NIGHT

KNOWN = ProfileRecord("partner", "partner.example", 1, "ab", {}, MOST, NIGHT)
FEW = replace(KNOWN, pages=5)
NOTHING = replace(KNOWN, version=None, digest=None, content=None)
FORGOTTEN = replace(KNOWN, content=None, pages=0)
REDESIGNED = KNOWN.compared([(NIGHT, True)] + [(NIGHT, False)] * NONE_AGREE)
WEEK_LATER = NIGHT + RETRY

CASES = [
    ("new, with enough pages", None, LEAST, False, True),
    ("new, with too few", None, LEAST - 1, False, False),
    ("known", KNOWN, 300, True, False),
    ("pages have doubled", FEW, 10, True, True),
    ("pages have not doubled", FEW, 9, True, False),
    ("there are as many as it takes", replace(KNOWN, pages=20), MOST, True, True),
    ("of another version", KNOWN, LEAST, False, True),
    ("of another version, with too few pages", KNOWN, LEAST - 1, False, False),
    ("forgotten", FORGOTTEN, LEAST, False, True),
    ("nothing was to be learnt", NOTHING, 300, False, False),
    ("nothing was to be learnt from a few", replace(NOTHING, pages=4), 8, False, True),
    ("no page agrees any more", REDESIGNED, LEAST, True, True),
    ("no page agrees, and too few are there", REDESIGNED, LEAST - 1, True, False),
]


@pytest.mark.parametrize(
    ("record", "pages", "usable", "due"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_when_a_site_is_learnt(
    record: ProfileRecord | None, pages: int, usable: bool, due: bool
) -> None:
    assert is_due(record, pages, NIGHT, usable=usable) is due


def test_what_taught_nothing_is_tried_again_after_a_week() -> None:
    assert is_settled(NOTHING, NIGHT + timedelta(days=6), usable=False)
    assert is_due(NOTHING, MOST, WEEK_LATER, usable=False)
    ahead = replace(NOTHING, learnt=NIGHT + timedelta(days=400))  # by a clock that was wrong
    assert is_due(ahead, MOST, NIGHT, usable=False)


def test_a_site_is_not_learnt_again_night_by_night() -> None:
    """With three new pages each night, over two months."""
    learnt = []
    record: ProfileRecord | None = None
    for pages in range(0, 180, 3):
        if is_due(record, pages, NIGHT, usable=True):
            learnt.append(pages)
            record = replace(KNOWN, pages=min(MOST, pages))
    assert learnt == [3, 6, 12, 24, 30]

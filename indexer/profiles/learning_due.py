"""When a site is learnt, and when it is learnt anew. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from indexer.profiles.profile_records import ProfileRecord

LEAST = 3
"""Pages from which a site is learnt."""
MOST = 30
"""Pages that it is learnt from at most: more of them teach little more, and cost as much as they
are.
"""
RETRY = timedelta(days=7)
"""How long a site is left alone of which nothing could be learnt."""


def is_settled(record: ProfileRecord | None, now: datetime, *, usable: bool) -> bool:
    """Whether no number of pages is a reason to learn the site anew.

    `usable`: whether this version can read with what was learnt.
    """
    if record is None or record.has_stopped_agreeing or record.pages < MOST:
        return False
    return usable or (record.content is None and not _may_be_tried_again(record, now))


def is_due(record: ProfileRecord | None, pages: int, now: datetime, *, usable: bool) -> bool:
    """Whether the site is to be learnt from so many pages.

    As soon as there are enough; again when they have doubled, until there are `MOST`; anew when
    what was learnt is of another version, was forgotten, or no longer agrees with the pages.
    """
    if pages < LEAST or is_settled(record, now, usable=usable):
        return False
    if record is None or record.has_stopped_agreeing:
        return True
    if record.content is not None and not usable:
        return True
    if record.pages < MOST and pages >= min(MOST, 2 * record.pages):
        return True
    return record.content is None and _may_be_tried_again(record, now)


def _may_be_tried_again(record: ProfileRecord, now: datetime) -> bool:
    """Also if a clock was ahead."""
    return not record.learnt <= now < record.learnt + RETRY

"""Profiles of sites that this version can't use."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from crawler.profiles import SiteProfile
from indexer.profiles.profile_records import iter_profiles


def unusable_profiles(connection: sa.Connection) -> Iterator[str]:
    """A line for each, with what comes of it."""
    for record in iter_profiles(connection):
        if record.content is None:
            continue
        try:
            SiteProfile.from_json(record.content)
        except ValueError as error:
            yield (
                f"{record.site} ({record.source}): {error}; the next run with new pages of it "
                "learns it anew"
            )

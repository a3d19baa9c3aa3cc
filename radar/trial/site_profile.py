"""The profile that an installation has of the site of a tried page."""

from __future__ import annotations

from typing import NamedTuple

from crawler.profiles import SiteProfile
from indexer.database.engine import usable
from indexer.profiles.profile_records import ProfileRecord, SiteKey
from indexer.records.urls import canonical, owns
from radar.installation.installation import Installation
from radar.stages.site_profiles import SiteProfiles


class FoundProfile(NamedTuple):
    """A profile with its record."""

    profile: SiteProfile
    record: ProfileRecord


def find_site_profile(installation: Installation, url: str | None) -> FoundProfile | None:
    """What a source that owns the address has learnt of its site; None if there is nothing.

    Raises RadarError where there is a database, and it can't be read.
    """
    address = canonical(url) if url is not None else None
    owners = [s.id for s in installation.settings.sources if address and owns(s, address)]
    engine = installation.open_reader() if owners else None
    if engine is None or address is None:
        return None
    try:
        with usable(), engine.connect() as connection:
            profiles = SiteProfiles(connection)
            for owner in owners:
                key = SiteKey.of(owner, address)
                known = profiles.site(key) if key is not None else None
                if known is not None and known.record is not None and known.profile is not None:
                    return FoundProfile(known.profile, known.record)
    finally:
        engine.dispose()
    return None

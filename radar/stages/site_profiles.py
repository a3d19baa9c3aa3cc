"""The profiles of sites as a run uses them: those that are kept, and those learnt meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import sqlalchemy as sa

from crawler.profiles import SiteProfile
from indexer.frontier.run_record import past_moment
from indexer.profiles.profile_records import ProfileRecord, SiteKey, find_profile
from indexer.records.errors import ParseError
from radar.installation.clock import real_clock


@dataclass(frozen=True, slots=True)
class KnownSite:
    """What is known of a site: the record, and what it lets pages be read with."""

    record: ProfileRecord | None = None
    profile: SiteProfile | None = None
    unusable: str | None = None
    """Why the record's content is not used."""
    since: datetime | None = None
    """Pages that were fetched before have another layout; None: no change of it is known."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of learning a site."""

    profile: SiteProfile | None
    """None: the pages have too little in common, or it failed."""
    pages: int
    """Pages that were given."""
    reason: str | None = None
    """Why it failed."""

    @classmethod
    def of(cls, answer: SiteProfile | ParseError | None, pages: int) -> Self:
        """What a worker answered."""
        if isinstance(answer, ParseError):
            return cls(None, pages, f"{answer.reason}: {answer.message}")
        return cls(answer, pages)


class SiteProfiles:
    """The profiles of all sites, each loaded when it is asked for."""

    def __init__(self, connection: sa.Connection, now: datetime | None = None) -> None:
        """`now`: by the clock of the run; None: by the real one."""
        self._connection = connection
        self._now = now or real_clock()
        self._known: dict[SiteKey, KnownSite] = {}
        self.unsaved: dict[SiteKey, Learnt] = {}
        """What was learnt during the crawl; it counts already."""

    def site(self, key: SiteKey) -> KnownSite:
        """What is known of a site."""
        if key not in self._known:
            self._known[key] = self._dated(_known(find_profile(self._connection, key)))
        return self._known[key]

    def put(self, record: ProfileRecord, profile: SiteProfile | None) -> None:
        """From now on, this is what is known, as the database has it."""
        self.unsaved.pop(record.key, None)
        self._known[record.key] = self._dated(KnownSite(record, profile))

    def _dated(self, known: KnownSite) -> KnownSite:
        """With the moment of its layout, which a run with a clock ahead may have noted."""
        told = known.record.redesigned if known.record is not None else None
        return replace(known, since=past_moment(self._connection, told, self._now))

    def of(self, source: str, url: str, fetched_at: datetime | None = None) -> SiteProfile | None:
        """The profile to read a page with, as of when it was fetched (None: now).

        A page from before its site changed its layout is read without.
        """
        key = SiteKey.of(source, url)
        if key is None:
            return None
        if key in self.unsaved and fetched_at is None:
            return self.unsaved[key].profile
        known = self.site(key)
        if known.since is not None and fetched_at is not None and fetched_at < known.since:
            return None
        return known.profile


def _known(record: ProfileRecord | None) -> KnownSite:
    if record is None or record.content is None:
        return KnownSite(record)
    try:
        return KnownSite(record, SiteProfile.from_json(record.content))
    except ValueError as error:
        return KnownSite(record, None, str(error))


def digest_of(profile: SiteProfile | None) -> str | None:
    """What tells whether two profiles read alike; None: none at all."""
    return profile.digest if profile is not None else None


def way_of_reading(profile: SiteProfile | None) -> tuple[str | None, bool]:
    """What tells whether two profiles have a page read in the same way too: by the same values, and
    by places alone or in full.
    """
    articles = profile.articles if profile is not None else None
    return digest_of(profile), articles is not None and articles.is_proven

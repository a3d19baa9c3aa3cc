"""Profiles of sites in the database: owns the table `site_profile`. The caller commits.

A source may own several sites, and two sources may share one: a profile belongs to both. What was
learnt is kept as the learner gave it (`crawler.profiles`); nothing here looks into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.records import columns_of, find_record, iter_records
from indexer.database.rows import put_row
from indexer.records.site import site

KEPT = 20
"""Pages whose agreement is kept one by one."""
NONE_AGREE = 4
"""Pages in a row that do not agree, from which the site's layout has changed: one or two may be
pages of a kind that the site had not shown.
"""

_PROFILE = tables.site_profile.c


class SiteKey(NamedTuple):
    """Whose profile it is."""

    source: str
    site: str
    """Host, or host:port."""

    @classmethod
    def of(cls, source: str, url: str) -> Self | None:
        """The key for a page at this address; None: it is on no site (an imported file)."""
        name = site(url)
        return cls(source, name) if name else None


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """What was learnt of a site, and how well it has held since."""

    source: str
    site: str
    version: int | None
    """Of the form of `content`; this and the next two are None where nothing was learnt."""
    digest: str | None
    """Two profiles with the same one read alike."""
    content: Mapping[str, Any] | None
    """None with a digest: it rested on a page that was forgotten, and is to be learnt again."""
    pages: int
    """Pages that it was learnt from, or that nothing was to be learnt from."""
    learnt: datetime
    reason: str | None = None
    """Why nothing was learnt; None: the pages have nothing in common, or all went well."""
    agreement: str = ""
    """Of the last pages that were compared with it: `+` or `-` for each, the newest last."""
    agreed: int = 0
    disagreed: int = 0
    doubted: datetime | None = None
    """When the first of the pages was fetched since which none agrees."""
    redesigned: datetime | None = None
    """Pages from before have another layout; None: no change of it is known."""

    @property
    def key(self) -> SiteKey:
        """Whose profile it is."""
        return SiteKey(self.source, self.site)

    @property
    def has_stopped_agreeing(self) -> bool:
        """Whether none of the last pages agrees."""
        return self.agreement.endswith("-" * NONE_AGREE)

    def compared(self, pages: Sequence[tuple[datetime, bool]]) -> ProfileRecord:
        """With the results of more pages: when each was fetched, and whether it agrees."""
        found = self
        for fetched_at, agrees in pages:
            found = replace(
                found,
                agreement=(found.agreement + ("+" if agrees else "-"))[-KEPT:],
                agreed=found.agreed + agrees,
                disagreed=found.disagreed + (not agrees),
                doubted=None if agrees else found.doubted or fetched_at,
            )
        return found


def iter_profiles(connection: sa.Connection, source: str | None = None) -> Iterator[ProfileRecord]:
    """The profiles of a source, or of all, by source and site."""
    query = sa.select(*columns_of(ProfileRecord, tables.site_profile))
    if source is not None:
        query = query.where(_PROFILE.source == source)
    ordered = query.order_by(_PROFILE.source, _PROFILE.site)
    return iter_records(connection, ProfileRecord, ordered)


def find_profile(connection: sa.Connection, key: SiteKey) -> ProfileRecord | None:
    """The profile of a site; None if there is none."""
    query = sa.select(*columns_of(ProfileRecord, tables.site_profile)).where(
        _PROFILE.source == key.source, _PROFILE.site == key.site
    )
    return find_record(connection, ProfileRecord, query)


def save_profile(connection: sa.Connection, profile: ProfileRecord) -> None:
    """Put the profile in place of the one before."""
    values = {field.name: getattr(profile, field.name) for field in fields(ProfileRecord)}
    if profile.content is None:
        values["content"] = sa.null()  # not the JSON value of that name
    key = {name: values.pop(name) for name in ("source", "site")}
    put_row(connection, tables.site_profile, key, values)


def empty_profiles(connection: sa.Connection, addresses: Collection[str]) -> int:
    """Remove what was learnt of the sites of these addresses, by whichever source; how many.

    It may rest on a page that is to be forgotten: the next run learns from what is left. The digest
    stays, by which it sees whether that comes to the same.
    """
    number = 0
    for chunk in chunks({site(url) for url in addresses}):
        emptied = connection.execute(
            sa.update(tables.site_profile)
            .where(_PROFILE.site.in_(chunk), _PROFILE.content.is_not(None))
            .values(content=sa.null(), pages=0)
        )
        number += emptied.rowcount
    return number


def extract_again(connection: sa.Connection, key: SiteKey, since: datetime | None) -> int:
    """Have the site's documents extracted again, as after a new version of the extractor.

    `since`: only those whose last bytes were fetched then or later. Returns their number.
    """
    fetch, document, revision = tables.fetch.c, tables.document.c, tables.revision.c
    query = (
        sa.select(document.id, fetch.final_url)
        .join(tables.fetch, fetch.id == document.fetch)
        .where(document.source == key.source, fetch.file != "")
    )
    if since is not None:
        query = query.where(fetch.fetched_at >= since)
    rows = connection.execute(query)
    ids = [row.id for row in rows if site(row.final_url) == key.site]
    for chunk in chunks(ids):
        current = sa.select(document.revision).where(document.id == revision.document)
        connection.execute(
            sa.update(tables.revision)
            .where(revision.document.in_(chunk), revision.number == current.scalar_subquery())
            .values(extractor=0)
        )
    return len(ids)

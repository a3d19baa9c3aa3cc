"""What visits have taught of each site: how credible its signals are, how its pages change."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of
from indexer.frontier.recrawl.revisits import ChangeRates
from indexer.frontier.recrawl.signals import Score
from indexer.frontier.sites import put_site


@dataclass(slots=True)
class SiteHistory:
    """One site's."""

    lastmod: Score = field(default_factory=Score)
    """When its sitemaps and feeds say that a page changed last."""
    validators: Score = field(default_factory=Score)
    """ETag and Last-Modified of its responses."""
    listings: Score = field(default_factory=Score)
    """Claims alone: that a page which a complete sitemap holds no more is gone."""
    rates: ChangeRates = field(default_factory=ChangeRates)

    def notes(self) -> list[str]:
        """What a person should know of its signals; empty while they are good, or unknown."""
        notes = []
        if not self.lastmod.claims_count:
            true, claims = self.lastmod.claims_kept, self.lastmod.claims
            notes.append(f"lastmod is not heeded: {true:.0f} of {claims:.0f} claims were changes")
        elif not self.lastmod.silence_counts:
            missed, silences = self.lastmod.silences_broken, self.lastmod.silences
            notes.append(
                f"lastmod misses changes: {missed:.0f} of {silences:.0f} pages without one"
            )
        if not self.validators.claims_count:
            true, claims = self.validators.claims_kept, self.validators.claims
            notes.append(
                f"ETag or Last-Modified is new each time: {true:.0f} of {claims:.0f} changes"
            )
        if not self.validators.silence_is_true:
            missed, silences = self.validators.silences_broken, self.validators.silences
            notes.append(
                f"ETag and Last-Modified are not heeded: {missed:.0f} of {silences:.0f}"
                " pages had changed under the same ones"
            )
        return notes


class SiteHistories:
    """All sites', read once and written on each change; the caller commits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[str, SiteHistory] = {}

    def of(self, site: str) -> SiteHistory:
        """The site's; what is changed in it is kept by `save`."""
        known = self._known.get(site)
        if known is None:
            known = self._known[site] = self._load(site)
        return known

    def _load(self, site: str) -> SiteHistory:
        query = sa.select(*columns_of(SiteHistory, tables.site)).where(tables.site.c.name == site)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return SiteHistory()
        return SiteHistory(
            Score.from_json(row.lastmod),
            Score.from_json(row.validators),
            Score.from_json(row.listings),
            ChangeRates.from_json(row.rates),
        )

    def save(self, site: str) -> None:
        """Write the site's row."""
        known = self.of(site)
        values = {
            "lastmod": known.lastmod.to_json(),
            "validators": known.validators.to_json(),
            "listings": known.listings.to_json(),
            "rates": known.rates.to_json(),
        }
        put_site(self._connection, site, **values)

"""Places of a page that name a day: in its markup, in its address, in what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.parsers.article.publication.record import Publication
from indexer.records.document import Part


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that names a day, and what is known of the place."""

    day: str
    """ISO day in the zone that the place states."""
    instant: datetime | None
    """UTC."""
    source: str
    """What names it: `json-ld.published`, `meta.modified`, `time`, `printed` …"""
    part: Part
    surface: str
    """As written there."""
    rule: str
    """Rule of a publication that rests on the place."""
    path: str = ""
    """Of a value in markup: where it stands there (`NewsArticle.datePublished`)."""
    place: Mapping[str, float] = field(default_factory=dict)
    """Of what is shown: measures of the place; the same names for all."""

    @classmethod
    def of(cls, found: Publication, source: str) -> Mark:
        """The place that a date was read from."""
        return cls(found.day, found.instant, source, found.part, found.surface, found.rule)

    def publication(self) -> Publication:
        """The date that rests on the place."""
        return Publication(self.day, self.instant, self.part, self.surface, self.rule, self.path)

"""What a page's news is recognised by in another page: names, numbers, days, meaning …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from indexer.meaning.packing import Vector
from indexer.query.days import days_of, event_days
from indexer.query.fields import MENTION_FIELDS
from indexer.records.document import Page, StoredDocument
from indexer.text.shingles import shingle_sample
from indexer.text.sound import sound_key
from indexer.text.words import spans

READ = 3_000
"""Characters of the text that are looked at: news begins with what it tells."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_GROUPS = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONCEPTS = ("country", "place", "commodity", "organisation", "strategy")


@dataclass(frozen=True, slots=True)
class Traits:
    """Of one revision of a document."""

    site: str
    lang: str | None
    day: int
    """On which it came out (ordinal): as stated, else as first seen."""
    sample: frozenset[int]
    """Of the shingles of its text."""
    names: frozenset[str]
    """Sounds of words in capitals that do not begin a sentence."""
    concepts: frozenset[str]
    """`country:KZ`."""
    numbers: frozenset[str]
    """Written in digits, without years and what belongs to a date."""
    days: frozenset[int]
    """That the text names."""
    vector: Vector | None = None
    """Of its beginning; None without an encoder."""

    def to_json(self) -> dict[str, Any]:
        """The form in which the database keeps it, without the vector."""
        return {
            "site": self.site,
            "lang": self.lang,
            "sample": sorted(self.sample),
            "names": sorted(self.names),
            "concepts": sorted(self.concepts),
            "numbers": sorted(self.numbers),
            "days": sorted(self.days),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any], day: int, vector: Vector | None) -> Traits:
        """The inverse of `to_json`."""
        sets = ("sample", "names", "concepts", "numbers", "days")
        found = {name: frozenset(kept[name]) for name in sets}
        return cls(site=kept["site"], lang=kept["lang"], day=day, vector=vector, **found)


def traits_of(document: StoredDocument, vector: Vector | None) -> Traits:
    """The traits of a document whose beginning has this vector."""
    page = document.page
    text = f"{page.title or ''}.\n{page.text[:READ]}"
    published = days_of(page.published) if page.published else None
    return Traits(
        site=urlsplit(document.url).netloc.removeprefix("www."),
        lang=page.lang,
        day=published[0] if published else document.first_seen.date().toordinal(),
        sample=shingle_sample(page.text),
        names=frozenset(_names(text)),
        concepts=frozenset(_concepts(page)),
        numbers=frozenset(_numbers(page)),
        days=frozenset(_days(page)),
        vector=vector,
    )


def _names(text: str) -> Iterator[str]:
    for start, _, word in spans(text):
        before = text[:start].rstrip(" \t\"'«„“”(")
        begins = not before or before[-1] in ".!?:\n"
        if word[0].isupper() and not begins and (key := sound_key(word)):
            yield key


def _concepts(page: Page) -> Iterator[str]:
    for mention in page.mentions:
        field = MENTION_FIELDS.get(mention.field)
        if field in _CONCEPTS and mention.value is not None:
            yield f"{field}:{mention.value}"


def _numbers(page: Page) -> Iterator[str]:
    dates = [(found.start, found.end) for found in page.dates]
    for match in _NUMBER.finditer(page.text[:READ]):
        if any(start < match.end() and match.start() < end for start, end in dates):
            continue
        if not _YEAR.fullmatch(match[0]):
            yield _GROUPS.sub("", match[0]).replace(",", ".")


def _days(page: Page) -> Iterator[int]:
    for found in page.dates:
        if found.from_ and found.from_ == found.to:
            yield date.fromisoformat(found.from_).toordinal()
    for event in page.events:
        days = event_days(event.start, event.end)
        if days and days[0] == days[1]:
            yield days[0]

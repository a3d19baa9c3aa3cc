"""What a page's news is recognised by in another page: names, numbers, days, meaning …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from indexer.meaning.packing import Vector
from indexer.query.days import days_of, event_days
from indexer.query.fields import MENTION_FIELDS
from indexer.records.document import Page, StoredDocument
from indexer.text.number_scales import in_full
from indexer.text.shingles import shingle_sample
from indexer.text.sound import sound_key
from indexer.text.words import spans

READ = 3_000
"""Characters of the text that are looked at: news begins with what it tells."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_GROUPS = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b0\d[.:]\d\d\b|\b\d{1,2}\.\d\d(?= (?:Uhr|час))")
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
    """Sounds of words in capitals that do not begin a sentence, and are of no date."""
    concepts: frozenset[str]
    """`country:KZ`."""
    numbers: frozenset[str]
    """Written in digits, in full (1.9 thousand: 1900), without years, times, and what belongs to a
    date.
    """
    days: frozenset[int]
    """That the text names; of a span without an end, or without a beginning, the day it has."""
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
    published = days_of(page.published) if page.published else None
    return Traits(
        site=urlsplit(document.url).netloc.removeprefix("www."),
        lang=page.lang,
        day=published[0] if published else document.first_seen.date().toordinal(),
        sample=shingle_sample(page.text),
        names=frozenset(_names(page)),
        concepts=frozenset(_concepts(page)),
        numbers=frozenset(_numbers(page)),
        days=frozenset(_days(page)),
        vector=vector,
    )


def _names(page: Page) -> Iterator[str]:
    before_text = f"{page.title or ''}.\n"
    text = before_text + page.text[:READ]
    is_of_a_date = _overlaps(page, len(before_text))
    for start, end, word in spans(text):
        before = text[:start].rstrip(" \t\"'«„“”(")
        begins = not before or before[-1] in ".!?:\n"
        is_name = word[0].isupper() and not begins and not is_of_a_date(start, end)
        if is_name and (key := sound_key(word)):
            yield key


def _overlaps(page: Page, before: int = 0) -> Callable[[int, int], bool]:
    """Whether a span overlaps a date of the text, before which so many characters stand."""
    dates = [(d.start + before, d.end + before) for d in page.dates if d.start < READ]
    return lambda start, end: any(first < end and start < last for first, last in dates)


def _concepts(page: Page) -> Iterator[str]:
    for mention in page.mentions:
        field = MENTION_FIELDS.get(mention.field)
        if field in _CONCEPTS and mention.value is not None:
            yield f"{field}:{mention.value}"


def _numbers(page: Page) -> Iterator[str]:
    is_of_a_date = _overlaps(page)
    text = _TIME.sub(lambda time: " " * len(time[0]), page.text[:READ])
    for match in _NUMBER.finditer(text):
        if not is_of_a_date(*match.span()) and not _YEAR.fullmatch(match[0]):
            yield in_full(_GROUPS.sub("", match[0]).replace(",", "."), text, match.end())


def _days(page: Page) -> Iterator[int]:
    for found in page.dates:
        first, last = found.from_ or found.to, found.to or found.from_
        if first and first == last:
            yield date.fromisoformat(first).toordinal()
    for event in page.events:
        days = event_days(event.start, event.end)
        if days and days[0] == days[1]:
            yield days[0]

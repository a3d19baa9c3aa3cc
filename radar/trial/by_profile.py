"""What the profile of its site changes in the reading of a page. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.profiles.profile_records import ProfileRecord
from indexer.records.document import Page

_FIELDS = ("kind", "lang", "title", "teaser", "published", "modified", "authors")
"""Values of a page that are shown as they are; of the text the number of words is."""


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """A value that reads differently with the profile."""

    field: str
    value: str
    """With the profile; empty: none."""
    without: str


@dataclass(frozen=True, slots=True)
class ReadWith:
    """The profile that a tried page was read with, and what came by it."""

    record: ProfileRecord
    changes: tuple[ProfileChange, ...]
    by_places: bool = False
    """The page was read by the places of the site's articles alone."""

    @property
    def summary(self) -> str:
        """On one line."""
        record = self.record
        way = "by the places of articles in" if self.by_places else "with"
        return (
            f"read {way} the profile of {record.site}, learnt from {record.pages} pages on "
            f"{record.learnt.date().isoformat()}"
        )

    def to_json(self) -> dict[str, object]:
        """As `radar try --json` gives it."""
        return {
            "source": self.record.source,
            "site": self.record.site,
            "pages": self.record.pages,
            "learnt": self.record.learnt.date().isoformat(),
            "by_places": self.by_places,
            "changes": [
                {"field": c.field, "value": c.value or None, "without": c.without or None}
                for c in self.changes
            ],
        }


def changes_by_profile(page: Page, without: Page) -> tuple[ProfileChange, ...]:
    """Values of `page` that came by the profile; `without`: the same page read without."""
    found = [
        ProfileChange(name, with_it, plain)
        for name in _FIELDS
        if (with_it := _shown(getattr(page, name))) != (plain := _shown(getattr(without, name)))
    ]
    if page.text != without.text:
        found.append(ProfileChange("text", _words(page.text), _words(without.text)))
    for name, values, plain_values in (
        ("events", page.events, without.events),
        ("commodities", page.commodities, without.commodities),
        ("countries", page.countries, without.countries),
        ("organisations", page.organisations, without.organisations),
    ):
        if len(values) != len(plain_values):
            found.append(ProfileChange(name, str(len(values)), str(len(plain_values))))
    return tuple(found)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _words(text: str) -> str:
    number = len(text.split())
    return f"{number} word" if number == 1 else f"{number} words"

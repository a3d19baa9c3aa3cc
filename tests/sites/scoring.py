"""What a reader made of a site, compared with the truth.

Titles, dates, authors and text are counted over all articles and events of a site: a page that was
not found counts as read wrongly. Kinds are counted over the pages that were read, also of lists and
of pages that are no news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tests.sites.site import Site, Truth

_WORD = re.compile(r"\w+")
SHINGLE = 4
"""Words of a shingle."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a page."""

    title: str | None = None
    published: str | None = None
    text: str = ""
    """Teaser, where the text doesn't begin with it, and text."""
    authors: tuple[str, ...] = ()
    kind: str | None = None
    """None from readers that tell no kinds."""

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Reading:
        """Of a line of `radar show --json` or of another reader."""
        text, teaser = record.get("text") or "", record.get("teaser") or ""
        if teaser and not _begins_with(text, teaser):
            text = f"{teaser}\n\n{text}"
        return cls(
            record.get("title"),
            (record.get("published") or None),
            text,
            tuple(record.get("authors") or ()),
            record.get("kind"),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over pages, that add up over sites."""

    wanted: int = 0
    """Articles and events."""
    found: int = 0
    kinds: int = 0
    """Pages whose kind was told."""
    kinds_right: int = 0
    titles_right: int = 0
    dated: int = 0
    """Wanted pages that tell when they were published."""
    dates_right: int = 0
    dates_wrong: int = 0
    """Another day, or a day where the page tells none."""
    authors_right: int = 0
    """The set is exactly right; empty where nobody is named."""
    words: float = 0.0
    """Sum of F1 over the words of each page."""
    shingles: float = 0.0
    """The same over shingles."""

    def __add__(self, other: Score) -> Score:
        """Sums of both."""
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Score)))


@dataclass(frozen=True, slots=True)
class Told:
    """What a watch for everything was told on the second night."""

    wanted: int = 0
    right: int = 0
    extra: int = 0

    def __add__(self, other: Told) -> Told:
        """Sums of both."""
        return Told(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Told)))


@dataclass(frozen=True, slots=True)
class Failure:
    """A value that is wrong, for people to look at."""

    site: str
    path: str
    field: str
    expected: str
    found: str
    weight: float = 1.0
    """How bad it is: 1 minus F1 for a text, 1 for the rest."""


@dataclass(slots=True)
class Judge:
    """Compares the readings of one site with its truth, and notes what is wrong."""

    site: Site
    night: int = 2
    failures: list[Failure] = field(default_factory=list)

    def score(self, readings: Mapping[str, Reading]) -> Score:
        """Readings by path."""
        truths = self.site.truth(self.night)
        total = Score()
        for path, truth in truths.items():
            reading = readings.get(path)
            total += self._kind(path, truth, reading)
            if truth.news:
                total += self._news(path, truth, reading)
        return total

    def told(self, matches: Iterable[tuple[str, str]]) -> Told:
        """Path and change of each match of the second night."""
        wanted = {(self.site.story_path(s), "new-document") for s in self.site.stories(2) if s.new}
        if edited := self.site.edited(2):
            wanted.add((self.site.story_path(edited), "added-passage"))
        counts = Counter(matches)
        for path, change in sorted(wanted - counts.keys()):
            self._note(path, "change", change, "nothing told")
        for path, change in sorted(counts.keys() - wanted):
            self._note(path, "change", "nothing", change)
        right = len(wanted & counts.keys())
        return Told(len(wanted), right, counts.total() - right)

    def _kind(self, path: str, truth: Truth, reading: Reading | None) -> Score:
        if reading is None or reading.kind is None:
            return Score()
        right = reading.kind == truth.kind
        if not right:
            self._note(path, "kind", truth.kind, reading.kind)
        return Score(kinds=1, kinds_right=right)

    def _news(self, path: str, truth: Truth, reading: Reading | None) -> Score:
        dated = truth.published is not None
        if reading is None:
            self._note(path, "page", "found", "not found")
            return Score(wanted=1, dated=dated)
        title = _folded(reading.title) == _folded(truth.title)
        date = reading.published == truth.published
        authors = set(map(_folded, reading.authors)) == set(map(_folded, truth.authors))
        right = "\n\n".join(truth.paragraphs)
        words, shingles = f1(right, reading.text, 1), f1(right, reading.text, SHINGLE)
        for name, well, expected, found in (
            ("title", title, truth.title, reading.title),
            ("date", date, truth.published, reading.published),
            ("authors", authors, ", ".join(truth.authors), ", ".join(reading.authors)),
        ):
            if not well:
                self._note(path, name, expected or "none", found or "none")
        if shingles < 0.98:
            self._note(path, "text", right, reading.text, 1 - shingles)
        return Score(
            wanted=1,
            found=1,
            titles_right=title,
            dated=dated,
            dates_right=dated and date,
            dates_wrong=not date and reading.published is not None,
            authors_right=authors,
            words=words,
            shingles=shingles,
        )

    def _note(self, path: str, name: str, expected: str, found: str, weight: float = 1.0) -> None:
        self.failures.append(Failure(self.site.name, path, name, expected, found, weight))


def f1(right: str, read: str, size: int) -> float:
    """F1 over the shingles of so many words; a word is a shingle of one."""
    want, got = _shingles(right, size), _shingles(read, size)
    both = (want & got).total()
    return 2 * both / (want.total() + got.total()) if both else 0.0


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def _begins_with(text: str, teaser: str) -> bool:
    words = _WORD.findall(teaser)
    return _WORD.findall(text)[: len(words)] == words


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()

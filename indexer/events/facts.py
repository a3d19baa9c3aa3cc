"""What a page says about an event, normalised for comparison. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from indexer.events.name_meanings import MeaningTables, NameMeanings
from indexer.query.days import Days, days_of, event_days
from indexer.records.document import Event, Page
from indexer.records.reference import Reference
from indexer.text.folding import fold
from indexer.text.name_keys import person_key
from indexer.text.stemming import stem
from indexer.text.words import spans

LONGEST_EVENT = 31
"""Days: what is known to a season or a year only, or lasts longer, is compared with no other event.
"""

MOST_FORMER_DATES = 12
"""Dates of a page that may be the one from which an event was moved."""

_HEADS = (
    "event_heads",
    "event_heads_weak",
    "generic_heads",
    "trip_heads",
    "body_heads",
    "part_heads",
    "series_nouns",
)
_CONCEPTS = frozenset({"commodities", "strategies", "programmes", "organisations"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"[IVXLХІ]+")
"""Latin letters, and the Cyrillic ones that are written for them."""
_SHORT = 3
"""Words of so few letters are articles and prepositions, unless they are acronyms."""
_STATED = re.compile(r"\.(name|startDate|previousStartDate): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as one page describes it."""

    name: str
    lang: str | None = None
    words: tuple[str, ...] = ()
    """Folded words of the name that are more than the kind of event; sorted."""
    particular: tuple[str, ...] = ()
    """Stems of these words; sorted."""
    stems: tuple[str, ...] = ()
    """Stems of all words of the name, numbers and short words excepted; sorted."""
    numbers: tuple[int, ...] = ()
    """Numbers in the name that are neither the edition nor a year."""
    years: tuple[int, ...] = ()
    """Years in the name."""
    series: str | None = None
    """Id of a table, or the stems of the series."""
    ordinal: int | None = None
    role: str = "main"
    status: str | None = None
    start: str | None = None
    end: str | None = None
    city: str | None = None
    country: str | None = None
    geonameid: int | None = None
    venue: str | None = None
    organisers: tuple[str, ...] = ()
    """Ids where a table knows them, else names."""
    concepts: tuple[str, ...] = ()
    """Ids of commodities, strategies and organisations that the name holds."""
    former: tuple[Days, ...] = ()
    """Days from which the event may have been moved, as the page states them."""
    persons: tuple[str, ...] = ()
    """Keys of their names, the same in each script; sorted."""
    subjects: tuple[str, ...] = ()
    """What the name and the series are about, the same in each language; as the next two."""
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def meanings(self) -> NameMeanings:
        """What the name says in any language."""
        return NameMeanings(self.subjects, self.countries, self.kinds)

    @property
    def days(self) -> Days | None:
        """First and last day, where they are known to the month."""
        days = event_days(self.start, self.end)
        return days if days and days[1] - days[0] < LONGEST_EVENT else None

    @property
    def exact(self) -> bool:
        """Whether the first day is known."""
        return len(self.start or "") == len("2015-06-08") and self.days is not None

    def to_json(self) -> dict[str, Any]:
        """The JSON in the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> EventFacts:
        """The inverse of `to_json`."""
        given: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in record.items()
        }
        given["former"] = tuple((first, last) for first, last in given["former"])
        return cls(**given)


class EventNames:
    """Reads names of events by the words of languages and the series that the tables know."""

    def __init__(self, reference: Reference) -> None:
        self._kinds: dict[str, frozenset[tuple[str, ...]]] = {}
        self._ordinals: dict[str, frozenset[str]] = {}
        for code, content in reference.languages.items():
            cues = content.get("cues", {})
            heads = [phrase for key in _HEADS for phrase in cues.get(key, ())]
            self._kinds[code] = frozenset(tuple(_stems([phrase], code)) for phrase in heads)
            self._ordinals[code] = frozenset(_stems(cues.get("ordinals", ()), code))
        self._meanings = MeaningTables(reference.languages)
        self._series = {
            f" {' '.join(_fold(name))} ": entry.id
            for entry in reference.strategies.values()
            if entry.kind in ("format", "event")
            for names in entry.names.values()
            for name in names
        }

    def facts(self, page: Page) -> list[EventFacts]:
        """What the page says about each of its events, in its order."""
        return [self._facts(page, index, event) for index, event in enumerate(page.events)]

    def _facts(self, page: Page, index: int, event: Event) -> EventFacts:
        lang = page.lang
        written = [word for _, _, word in spans(event.name)]
        numbers = [int(word) for word in written if word.isdecimal() and len(word) <= 4]
        named = self._name_words(written, lang)
        meanings = self._meanings.read(
            {fold(w) for label in (event.name, event.series or "") for _, _, w in spans(label)},
            lang,
        )
        kinds = self._kind_words([stem(fold(w), lang) for w in written], lang)
        return EventFacts(
            name=event.name,
            lang=lang,
            words=tuple(sorted({w for w in named if stem(w, lang) not in kinds})),
            particular=tuple(sorted({stem(w, lang) for w in named} - kinds)),
            stems=tuple(sorted({stem(w, lang) for w in named})),
            numbers=tuple(sorted({n for n in numbers if n != event.ordinal and n < 1900})),
            years=tuple(sorted({int(y) for y in _YEAR.findall(event.name)})),
            series=self._series_of(event, lang),
            ordinal=event.ordinal,
            role=event.role,
            status=event.status,
            start=event.start,
            end=event.end,
            city=event.place.city,
            country=event.place.country,
            geonameid=event.place.geonameid,
            venue=event.place.venue,
            organisers=tuple(sorted(_values(page, f"events[{index}].organisers"))),
            concepts=tuple(sorted(_in_name(page, f"events[{index}].name"))),
            former=tuple(_former(page, event)),
            persons=tuple(sorted({person_key(p.name_norm or p.name) for p in event.persons})),
            **meanings._asdict(),
        )

    def _kind_words(self, stems: Sequence[str], lang: str | None) -> set[str]:
        """Stems of a name's words that only say what kind of event it is: forum, round table."""
        kinds = self._kinds.get(lang or "", frozenset())
        longest = max(map(len, kinds), default=0)
        found: set[str] = set()
        for size in range(1, longest + 1):
            for start in range(len(stems) - size + 1):
                if tuple(stems[start : start + size]) in kinds:
                    found.update(stems[start : start + size])
        return found

    def _name_words(self, written: Iterable[str], lang: str | None) -> list[str]:
        """Folded words that say something: no numbers, ordinals, articles."""
        ordinals = self._ordinals.get(lang or "", frozenset())
        found = []
        for word in written:
            folded = fold(word)
            acronym = word.isupper() and len(word) >= _SHORT
            if word[0].isdigit() or _ROMAN.fullmatch(word) or stem(folded, lang) in ordinals:
                continue
            if acronym or len(folded) > _SHORT:
                found.append(folded)
        return found

    def _series_of(self, event: Event, lang: str | None) -> str | None:
        for text in (event.series, event.name):
            folded = f" {' '.join(_fold(text or ''))} "
            known = next((i for name, i in self._series.items() if name in folded), None)
            if known is not None:
                return known
        label = event.series or (event.name if event.ordinal is not None else "")
        named = self._name_words([w for _, _, w in spans(label)], lang)
        return " ".join(sorted({stem(w, lang) for w in named})) or None


def _fold(text: str) -> list[str]:
    return [fold(word) for _, _, word in spans(text)]


def _stems(phrases: Iterable[str], lang: str) -> Iterator[str]:
    return (stem(word, lang) for phrase in phrases for word in _fold(phrase))


def _values(page: Page, field: str) -> set[str]:
    """Values of a list of an event, whether their mentions are numbered or not."""
    return {
        str(m.value)
        for m in page.mentions
        if m.value is not None and (m.field == field or m.field.startswith(f"{field}["))
    }


def _in_name(page: Page, field: str) -> set[str]:
    """Concepts whose mentions stand inside the name of an event."""
    names = [m for m in page.mentions if m.field == field]
    return {
        str(m.value)
        for m in page.mentions
        if m.field in _CONCEPTS
        and m.value is not None
        and any(n.part == m.part and n.start <= m.start and m.end <= n.end for n in names)
    }


def _former(page: Page, event: Event) -> list[Days]:
    """Days that the page names beside the event's own, if it says that the event was moved."""
    stated = days_of(_previous_start(page, event))
    found = [stated] if stated else []
    if event.status in ("moved", "cancelled"):
        own = event_days(event.start, event.end)
        for date in page.dates:
            days = event_days(date.from_, date.to) if date.from_ and date.to else None
            if days and days != own and days[1] - days[0] < LONGEST_EVENT:
                found.append(days)
    return list(dict.fromkeys(found))[:MOST_FORMER_DATES]


def _previous_start(page: Page, event: Event) -> str | None:
    """The day that the markup gives as the event's former one (schema.org previousStartDate)."""
    for block in page.part("markup").split("\n\n"):
        values = dict(reversed(_STATED.findall(block)))
        own = values.get("startDate", "")[:10] == event.start or values.get("name") == event.name
        if own and "previousStartDate" in values:
            return str(values["previousStartDate"])[:10]
    return None

"""Made-up documents for benchmarks and store tests: words of an invented vocabulary in three
languages.

Half of the documents are German, the rest English and Russian. Words follow Zipf's law; names of
commodities, countries and strategies, compounds and hyphenated words are strewn in, with the
mentions, dates and events that extraction would give. The same seed gives the same documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TypeAlias

from indexer.records.document import (
    Commodity,
    Event,
    Mention,
    Page,
    Person,
    Place,
    StoredDocument,
    document_id,
)
from indexer.records.reference import Reference

_SYLLABLES = {
    "de": [
        "ba",
        "be",
        "bo",
        "fel",
        "ger",
        "hal",
        "ken",
        "land",
        "lin",
        "mar",
        "nau",
        "ren",
        "sal",
        "tor",
        "ung",
        "ver",
        "wei",
        "zin",
        "schaft",
        "keit",
    ],
    "en": [
        "ab",
        "ble",
        "con",
        "der",
        "est",
        "for",
        "gra",
        "hin",
        "ing",
        "lor",
        "mun",
        "ness",
        "or",
        "pel",
        "ray",
        "sto",
        "tion",
        "ver",
        "wick",
        "yle",
    ],
    "ru": [
        "ба",
        "ве",
        "го",
        "до",
        "же",
        "за",
        "ин",
        "ка",
        "ле",
        "мо",
        "на",
        "об",
        "пра",
        "ро",
        "ство",
        "те",
        "ун",
        "фор",
        "ция",
        "ши",
    ],
}
_ENDINGS = {"de": ("", "e", "en", "s"), "en": ("", "s", "ed", "ing"), "ru": ("", "а", "ов", "ами")}
_HEADS = ("strategie", "dialog", "plattform", "vorkommen", "projekt", "forum", "politik")
_FIRSTS = ("Cluster", "Rohstoff", "Kupfer", "Lithium", "Wirtschaft", "Energie")
_SOURCES = tuple(f"source-{number:02d}" for number in range(40))
_FIRST_DAY = date(2012, 1, 1)

_Named: TypeAlias = tuple[str | None, Mapping[str, tuple[str, ...]]]
"""Value of a mention, and its names by language."""


@dataclass(frozen=True)
class Vocabulary:
    """Words of the three languages, most frequent first, with the cumulated weights."""

    words: Mapping[str, Sequence[str]]
    weights: Sequence[float]

    @classmethod
    def of(cls, size: int, seed: int = 1) -> Vocabulary:
        """A vocabulary of `size` words in each language."""
        chance = random.Random(seed)  # noqa: S311  # reproducible, nothing secret
        words = {}
        for lang, syllables in _SYLLABLES.items():
            found: dict[str, None] = {}
            while len(found) < size:
                found["".join(chance.choices(syllables, k=chance.randint(1, 4)))] = None
            words[lang] = tuple(found)
        return cls(words, tuple(accumulate(1 / (rank + 3) for rank in range(size))))


class DocumentMaker:
    """Makes documents; `length` is the mean number of words."""

    def __init__(
        self, reference: Reference, vocabulary: Vocabulary, *, length: int = 180, seed: int = 7
    ) -> None:
        self._vocabulary = vocabulary
        self._length = length
        self._chance = random.Random(seed)  # noqa: S311  # reproducible, nothing secret
        countries = [p for p in reference.places.values() if p.kind == "country"]
        strategies = [s for s in reference.strategies.values() if s.field == "strategies"]
        # Its own, so that words are the same with and without evidence.
        self._of_evidence = random.Random(seed)  # noqa: S311  # reproducible, nothing secret
        self._named: tuple[tuple[str, list[_Named]], ...] = (
            ("commodities", [(c.id, c.names) for c in reference.commodities.values()]),
            ("countries", [(p.country, p.names) for p in countries]),
            ("strategies", [(s.id, s.names) for s in strategies]),
        )

    def documents(self, count: int) -> Iterator[StoredDocument]:
        """`count` documents with the ids of the addresses https://example.org/0, /1, …"""
        for number in range(count):
            yield self._document(number)

    def word(self, lang: str) -> str:
        """A word as it may stand in a text of the language."""
        chance = self._chance
        if lang == "de" and chance.random() < 0.03:
            joint = chance.choice(("", "", "-"))
            head = chance.choice(_HEADS)
            return chance.choice(_FIRSTS) + joint + (head.capitalize() if joint else head)
        word = chance.choices(
            self._vocabulary.words[lang], cum_weights=self._vocabulary.weights, k=1
        )[0]
        return word + chance.choice(_ENDINGS[lang])

    def _document(self, number: int) -> StoredDocument:
        chance = self._chance
        lang = chance.choices(("de", "en", "ru"), weights=(5, 3, 2))[0]
        text, mentions = _Text(), list[Mention]()
        for paragraph in range(chance.randint(1, 4)):
            if paragraph:
                text.write("\n\n")
            self._paragraph(text, lang, mentions)
        events = tuple(self._event(lang) for _ in range(chance.choices((0, 1, 2), (5, 3, 2))[0]))
        mentions += self._evidence(text.text, events)
        url = f"https://example.org/{number}"
        commodities = {str(m.value): m.surface for m in mentions if m.field == "commodities"}
        page = Page(
            url=url,
            kind="event" if events else chance.choice(("article", "article", "listing")),
            lang=lang,
            title=" ".join(self.word(lang) for _ in range(chance.randint(3, 8))).capitalize(),
            teaser=" ".join(self.word(lang) for _ in range(9)) if chance.random() < 0.3 else None,
            text=text.text,
            published=self._partial_date() if chance.random() < 0.9 else None,
            events=events,
            countries=tuple(
                dict.fromkeys(str(m.value) for m in mentions if m.field == "countries")
            ),
            commodities=tuple(Commodity(i, i, surface) for i, surface in commodities.items()),
            strategies=tuple(
                dict.fromkeys(str(m.value) for m in mentions if m.field == "strategies")
            ),
            mentions=tuple(mentions),
        )
        return StoredDocument(
            document_id(url),
            url,
            chance.choice(_SOURCES),
            1,
            datetime(2026, 1, 1, tzinfo=UTC),
            page,
        )

    def _paragraph(self, text: _Text, lang: str, mentions: list[Mention]) -> None:
        chance = self._chance
        for position in range(max(3, round(chance.gauss(self._length / 2.5, self._length / 8)))):
            if position:
                text.write(". " if chance.random() < 0.08 else " ")
            if chance.random() < 0.02:
                mentions.append(self._mention(text, lang))
            else:
                text.write(self.word(lang))

    def _mention(self, text: _Text, lang: str) -> Mention:
        field, entries = self._chance.choice(self._named)
        value, names_of = self._chance.choice(entries)
        names = names_of.get(lang) or next(iter(names_of.values()))
        surface = self._chance.choice(names)
        start = text.length
        text.write(surface)
        return Mention(field, "text", start, text.length, surface, value)

    def _event(self, lang: str) -> Event:
        chance = self._chance
        start = self._partial_date() if chance.random() < 0.9 else None
        end = None
        if start and len(start) == 10 and chance.random() < 0.4:
            end = (date.fromisoformat(start) + timedelta(days=chance.randint(1, 20))).isoformat()
        return Event(
            name=" ".join(self.word(lang) for _ in range(3)),
            status=chance.choice((None, "held", "scheduled")),
            start=start,
            end=end,
            place=Place(city=chance.choice(("Astana", "Bishkek", None))),
            persons=(Person(f"{self.word(lang).title()} {self.word(lang).title()}"),),
        )

    def _evidence(self, text: str, events: Sequence[Event]) -> Iterator[Mention]:
        """Where values of the events may have been read, and how sure they are."""
        chance = self._of_evidence
        for number, event in enumerate(events):
            stated = {
                "name": event.name,
                "start": event.start,
                "end": event.end,
                "place.city": event.place.city,
                "persons[0].name": event.persons[0].name,
            }
            for path, value in stated.items():
                if value is not None and chance.random() < 0.9:
                    start = chance.randrange(len(text))
                    end = min(start + len(value), len(text))
                    sure = chance.choice((0.6, 0.89, 0.9, 0.97))
                    field = f"events[{number}].{path}"
                    yield Mention(field, "text", start, end, text[start:end], value, sure)

    def _partial_date(self) -> str:
        day = _FIRST_DAY + timedelta(days=self._chance.randint(0, 5000))
        return self._chance.choices(
            (day.isoformat(), day.isoformat()[:7], f"{day.year}-autumn", str(day.year)),
            weights=(8, 2, 1, 1),
        )[0]


class _Text:
    """A text that knows its length while it is written."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def write(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

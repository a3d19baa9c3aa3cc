"""Names of bodies, series and strategies that languages put word by word: "Geologische Verwaltung
Tadschikistans" is the "Geological Administration of Tajikistan".

The tables are `name_words` of the language files: words for bodies, for meetings, for strategies,
and for what these are about; raw materials and countries are those of the other tables. A name
counts only if every word of it is known, for two that differ in one word are two. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.text.folding import fold
from indexer.text.function_words import FUNCTION_WORDS
from indexer.text.words import spans

if TYPE_CHECKING:
    from indexer.query.concepts import Concepts

_KINDS = ("bodies", "meetings", "plans", "subjects")
_COMMODITY, _COUNTRY = "commodity", "country"
_LONGEST_COUNTRY = 3
"""Words of a country's name, articles left out."""
_REGIONS = frozenset({"eu", "sn"})
"""Adjectives of `event_names` that are of no country."""
_OF_ANY_PLAN = frozenset({"development", "national", "state"})
"""Subjects by which strategies are not told apart."""
_SHORTEST = 3
"""Letters of the first part of a compound."""
_JOINED_BY = ("", "s", "n", "en")
"""Letters between the parts of a compound."""
_JOINT = "."

_Word = tuple[str, str]
"""Kind of a word, and its id."""


class NameSense(NamedTuple):
    """What a name says."""

    words: frozenset[_Word]

    def of(self, kind: str) -> list[str]:
        """Ids of one kind; sorted."""
        return sorted(name for found, name in self.words if found == kind)

    @property
    def country(self) -> str | None:
        """The one country that it names."""
        found = self.of(_COUNTRY)
        return found[0] if len(found) == 1 else None

    @property
    def is_body(self) -> bool:
        """Whether it is a body's and says what the body is for."""
        about = self.of("subjects") or self.of(_COMMODITY)
        return len(self.of("bodies")) == 1 and bool(about) and not self.of("meetings")

    @property
    def is_series(self) -> bool:
        """Whether it is that of meetings on a raw material, or of certain countries: a mining forum
        may be any.
        """
        particular = self.of(_COMMODITY) or self.of(_COUNTRY)
        return len(self.of("meetings")) == 1 and bool(particular) and not self.of("bodies")

    @property
    def plan(self) -> str | None:
        """What a strategy is about, whoever's it is; None if this is no name of one."""
        about = [*(set(self.of("subjects")) - _OF_ANY_PLAN), *self.of(_COMMODITY)]
        if len(self.of("plans")) != 1 or not about or self.of("bodies") or self.of("meetings"):
            return None
        return _JOINT.join((*self.of("plans"), *sorted(about)))

    def in_country(self, country: str | None) -> NameSense:
        """The same of a country; None: of any."""
        kept = frozenset((kind, name) for kind, name in self.words if kind != _COUNTRY)
        return NameSense(kept | {(_COUNTRY, country)} if country else kept)

    @property
    def value(self) -> str:
        """The value of such names in the index."""
        parts = (*self.of(_COUNTRY), *(name for kind in _KINDS for name in self.of(kind)))
        return _JOINT.join((*parts, *self.of(_COMMODITY)))


class NameWords:
    """Reads names by the tables of the languages; safe to share between threads."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], concepts: Concepts) -> None:
        self._concepts = concepts
        self._tables = {
            lang: _Table(
                {kind: words["name_words"].get(kind, {}) for kind in _KINDS},
                words.get("event_names", {}).get("countries", {}),
            )
            for lang, words in languages.items()
            if "name_words" in words
        }
        self._ids = {
            *(one for table in self._tables.values() for one in table.ids),
            *concepts.names(_COMMODITY),
            *(code.lower() for code in concepts.names(_COUNTRY)),
        }
        # As `Naming` does: each view of a page asks for all its names, several times.
        self._senses = lru_cache(maxsize=5_000)(self._read_senses)

    def value(self, field: str, name: str) -> str | None:
        """The value of a body that tells its country, or of a series, the same in each language."""
        if self.made(name):
            return name
        for sense in self._senses(name).values():
            if field == "organisation" and sense.is_body and sense.country:
                return sense.value
            if field == "series" and sense.is_series:
                return sense.value
        return None

    def body(self, name: str) -> NameSense | None:
        """What the name of a body says, with a country or without."""
        return next((sense for sense in self._senses(name).values() if sense.is_body), None)

    def plan(self, name: str) -> NameSense | None:
        """What the name of a strategy says."""
        return next((sense for sense in self._senses(name).values() if sense.plan), None)

    def languages(self, name: str) -> frozenset[str]:
        """The languages in which each word of a name is known."""
        return frozenset(self._senses(name))

    def made(self, value: str) -> bool:
        """Whether this is one of the values that are made here."""
        parts = value.split(_JOINT)
        return len(parts) > 1 and self._ids.issuperset(parts)

    def _read_senses(self, name: str) -> Mapping[str, NameSense]:
        """Language → what the name says in it."""
        written = [word for _, _, word in spans(name)]
        found = {}
        for lang, table in self._tables.items():
            words = [word for word in written if fold(word) not in FUNCTION_WORDS[lang]]
            said = self._read(words, table)
            if said:
                found[lang] = NameSense(frozenset(said))
        return found

    def _read(self, words: Sequence[str], table: _Table) -> list[_Word] | None:
        """What words say one after another; None where one is not known."""
        said: list[_Word] = []
        start = 0
        while start < len(words):
            longest = min(_LONGEST_COUNTRY, len(words) - start)
            for size in range(longest, 0, -1):
                part = words[start : start + size]
                phrase = table.find_phrase(map(fold, part))
                found = self._country(part) or ((phrase,) if phrase else ())
                if not found and size == 1:
                    found = self._word(fold(part[0]), table)
                if found:
                    said += found
                    start += size
                    break
            else:
                return None
        return said

    def _country(self, words: Sequence[str]) -> tuple[_Word, ...]:
        code = self._concept(_COUNTRY, words)
        return ((_COUNTRY, code.lower()),) if code else ()

    def _concept(self, field: str, words: Sequence[str]) -> str | None:
        folded = tuple(map(fold, words))
        found = [c for c in self._concepts.find(folded, " ".join(words)) if c.field == field]
        return found[0].id if len(found) == 1 else None

    def _word(self, word: str, table: _Table) -> tuple[_Word, ...]:
        """What a word says, or the parts of a compound."""
        known = table.find(word)
        if known:
            return (known,)
        commodity = self._concept(_COMMODITY, [word])
        if commodity:
            return ((_COMMODITY, commodity),)
        for before, last in table.parts(word):
            for joint in _JOINED_BY:
                first = before.removesuffix(joint) if before.endswith(joint) else ""
                found = self._word(first, table) if len(first) >= _SHORTEST else ()
                if found:
                    return (*found, last)
        return ()


class _Table:
    """The words of one language."""

    def __init__(
        self, kinds: Mapping[str, Mapping[str, str]], countries: Mapping[str, str]
    ) -> None:
        self._whole: dict[str, _Word] = {}
        self._begun: dict[str, _Word] = {}
        self._ends: dict[str, _Word] = {}
        for kind, rows in kinds.items():
            for one, row in rows.items():
                for pattern in row.split():
                    self._add(pattern, (kind, one))
        for code, row in countries.items():
            for pattern in row.split() if code not in _REGIONS else ():
                self._add(pattern, (_COUNTRY, code))
        self.ids = {one for rows in kinds.values() for one in rows}

    def _add(self, pattern: str, word: _Word) -> None:
        letters = " ".join(map(fold, pattern.strip("*").split("_")))
        if pattern[0] == "*":
            self._ends[letters] = word
        elif pattern[-1] == "*":
            self._begun[letters] = word
        else:
            self._whole[letters] = word

    def find_phrase(self, words: Iterable[str]) -> _Word | None:
        """Words that are one in other languages: raw materials."""
        return self._whole.get(" ".join(words))

    def find(self, word: str) -> _Word | None:
        """The word itself, or the longest beginning of it."""
        begun = (self._begun.get(word[:size]) for size in range(len(word), 0, -1))
        return self._whole.get(word) or next((found for found in begun if found), None)

    def parts(self, word: str) -> Iterator[tuple[str, _Word]]:
        """What stands before the last part of a compound, and this part."""
        for size in range(_SHORTEST, len(word)):
            last = self._ends.get(word[size:])
            if last:
                yield word[:size], last

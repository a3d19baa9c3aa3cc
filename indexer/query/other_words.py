"""What the words of a query may be called in a page: in other languages, and apart.

The key `search` of config/languages has words of the field by ids that all languages share: `acts`
(what is said of raw materials) and `words`. Hyphenated words and compounds are taken apart, German
ones also where only their end is such a word (Bohrausschreibung); parts that name a raw material
find it in all languages. A Russian adjective is what a part of a compound is elsewhere: кластерная
политика, Clusterpolitik.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from indexer.query.glossary import WITH_COMPOUNDS, Glossary, Surfaces
from indexer.query.lexer import OPERATORS
from indexer.records.reference import Reference
from indexer.text import compounds, russian_compounds
from indexer.text.analysis import Analyzer
from indexer.text.folding import surfaces_of
from indexer.text.function_words import FUNCTION_WORDS
from indexer.text.russian_stems import noun_of_adjective, without_fleeting_vowel
from indexer.text.word_families import words_of_form
from indexer.text.words import spans

LONGEST = 3
"""Words that mean something together: letter of intent."""
SHORTEST = 4
"""Letters of a word that says something by itself, unless it is one of the field, a raw material or
has a capital (für, of, для; tax, tin; BGR).
"""
_SHORTEST_END = 5
"""Letters of a word that the end of a compound is taken for, or its beginning."""
_ENDINGS = ("", "n", "s", "e", "en", "es")
"""Of the plural and of cases, behind the end of a compound (Bohrlizenzen). What has -er behind it
is more often whoever does that (Buchdrucker).
"""
_UNG, _BEHIND_UNG = "ungen", ("", "en")
"""What ends so is the plural of a word in -ung: no Lunge (Mitteilungen)."""
_SHORTEST_REST = 6
"""Letters of what follows such a beginning: less is an ending (Lagerungen)."""

_FUNCTION_WORDS = frozenset().union(*FUNCTION_WORDS.values())
"""Of any language: between, nach."""
_OF_COUNTRY = "of "
"""Before a country: the id of what is of it (немецкий, German)."""
_MOST_ASKED = 8
"""Things that are looked for: a query of more is a sentence, and best known by its meaning."""
_MOST_WORDS = 80
"""Words of all ways in which they may be said: a query has a hundred at most (`MOST_LEAVES`), with
the values beside them.
"""


class OtherWords:
    """Says what is asked in other words. The words are read when they are first asked for."""

    def __init__(self, reference: Reference, analyzer: Analyzer | None = None) -> None:
        self._reference = reference
        self._given = analyzer

    @cached_property
    def _analyzer(self) -> Analyzer:
        return self._given or Analyzer(self._reference)

    @cached_property
    def _glossary(self) -> Glossary:
        glossary = Glossary(self._analyzer)
        for lang, words in self._reference.languages.items():
            for key in ("acts", "words"):
                glossary.add_all(lang, words.get("search", {}).get(key, {}))
            if lang in glossary.texts:
                adjectives = words.get("cues", {}).get("nationality_adjectives", {})
                for adjective, country in adjectives.items():
                    glossary.add(f"{_OF_COUNTRY}{country}", lang, adjective)
        for entry in self._reference.commodities.values():
            for lang in glossary.texts:
                for name in entry.names.get(lang, ()):
                    if self._of_class.keys().isdisjoint(glossary.of_words(surfaces_of(name))):
                        glossary.set_apart(lang, name)
        return glossary

    @cached_property
    def _materials(self) -> frozenset[str]:
        """Short names of raw materials in the languages that have words of the field (tin, газ)."""
        names = (
            entry.names.get(lang, ())
            for entry in self._reference.commodities.values()
            for lang in self._glossary.texts
        )
        return frozenset(
            n.lower() for some in names for n in some if not n.isupper() and len(n) < SHORTEST
        )

    @cached_property
    def _of_class(self) -> Mapping[str, Sequence[str]]:
        """Word of the field that is a class of raw materials → these."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for identity, entry in self._reference.commodities.items():
            for name in entry.classes:
                found[name].append(identity)
        return found

    @cached_property
    def _materials_of_parts(self) -> Mapping[str, Collection[str]]:
        """Part of a compound → the raw materials that it names."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for identity, entry in self._reference.commodities.items():
            for lang in WITH_COMPOUNDS:
                for surface, *more in map(surfaces_of, entry.names.get(lang, ())):
                    if more:
                        continue
                    part = self._part(surface)
                    found[part].add(identity)
                    if lang == russian_compounds.LANGUAGE and (
                        shorter := without_fleeting_vowel(part)
                    ):
                        found[shorter].add(identity)
        return found

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        """German words that may end a compound, the longest first."""
        texts = self._glossary.texts.get(compounds.LANGUAGE, {}).values()
        ends = {word for several in texts for (word, *more) in several if not more}
        return tuple(sorted((e for e in ends if len(e) >= _SHORTEST_END), key=len, reverse=True))

    @cached_property
    def _linking(self) -> tuple[str, ...]:
        lists = self._reference.languages.get(compounds.LANGUAGE, {}).get("compounds", {})
        return tuple(lists.get("linking", ()))

    def __call__(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """For each thing that the words of a query ask for, the queries that find it. What only
        binds words asks for nothing.
        """
        apart = (word for written in words for word in self._apart(written))
        each = [_as_word(word) for word in apart if surfaces_of(word)]
        return [tuple(dict.fromkeys(found)) for found in self._groups(each)]

    def _apart(self, word: str) -> list[str]:
        """The words of a hyphenated one that means nothing as a whole, without single letters; of a
        phrase it has its marks beside it, which are signs of a query (mining: an outlook).
        """
        parts = list(spans(word))
        if parts and self._glossary.of_words(surfaces_of(word)):
            return [word[parts[0][0] : parts[-1][1]]]
        return [part for _, _, part in parts if len(part) > 1]

    def _groups(self, words: Sequence[str]) -> Iterator[list[str]]:
        surfaces, position = list(map(surfaces_of, words)), 0
        while position < len(words):
            length, ids = self._longest(surfaces[position:])
            if length > 1:
                together = " ".join(words[position : position + length])
                yield [f"({together})", *self._said(ids)]
            else:
                yield from self._of_word(words[position], ids)
            position += length

    def _longest(self, surfaces: Sequence[Surfaces]) -> tuple[int, frozenset[str]]:
        """How many words mean something together, and what."""
        for length in range(min(LONGEST, len(surfaces)), 0, -1):
            together = tuple(word for several in surfaces[:length] for word in several)
            if ids := self._glossary.of_words(together):
                return length, ids
        return 1, self._of_form(surfaces[0])

    def _of_form(self, surfaces: Surfaces) -> frozenset[str]:
        """What a word means by the one that it is a form of (gebohrt: bohren)."""
        words = words_of_form(surfaces[0]) if len(surfaces) == 1 else ()
        known = (self._glossary.of_words((word,)) for word in words)
        return next(filter(None, known), frozenset())

    def _of_word(self, word: str, ids: Collection[str]) -> Iterator[list[str]]:
        if len(word) < SHORTEST and word.islower() and not ids and word not in self._materials:
            return
        if word.lower() in _FUNCTION_WORDS:
            return
        parts = () if ids else self._parts(word)
        if len(parts) < 2:
            yield [word, *_by_noun(word), *self._said(ids)]
            return
        while parts:
            end = next((e for e in range(len(parts), 1, -1) if self._of(parts[:e])), 1)
            yield from self._of_part(word, parts[:end])
            parts = parts[end:]

    def _of_part(self, word: str, parts: Sequence[str]) -> Iterator[list[str]]:
        """What a part of a compound asks for: the compound has it too."""
        part, ids = "".join(parts), self._of(parts)
        itself = [part, f"{part}*"] if len(part) >= SHORTEST else []
        itself += [f"commodity:{known}" for known in sorted(self._materials_of_parts.get(part, ()))]
        if itself or ids:
            yield [word, *itself, *self._said(ids)]

    def _of(self, parts: Sequence[str]) -> frozenset[str]:
        return self._glossary.of_parts(parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        """Stems of the parts of a compound."""
        surfaces = surfaces_of(word)
        if len(surfaces) != 1:
            return ()
        return self._parts_of(surfaces[0])

    def _parts_of(self, surface: str) -> tuple[str, ...]:
        """By the words that all compounds are made of, or by a word of the field at either end."""
        if parts := tuple(self._analyzer.split(surface)):
            return parts
        if apart := self._at_its_end(surface):
            before, end = apart
            return *(self._parts_of(before) or (self._part(before),)), self._part(end)
        if surface.startswith(self._ends):
            beginning = next(word for word in self._ends if surface.startswith(word))
            rest = self._after_link(surface.removeprefix(beginning))
            if len(rest) >= _SHORTEST_REST:
                return self._part(beginning), self._part(rest)
        return ()

    def _at_its_end(self, surface: str) -> tuple[str, str] | None:
        """What a word ends with, as it stands or in the plural or another case, and what is before
        that: enough letters for a word, or a known one (Ölpreis). Of several ends, the longest
        (Agrarpreise: no Reise).
        """
        found = []
        for ending in _BEHIND_UNG if surface.endswith(_UNG) else _ENDINGS:
            word = surface.removesuffix(ending)
            if surface.endswith(ending) and word.endswith(self._ends):  # hundreds: most have none
                end = next(end for end in self._ends if word.endswith(end))
                found.append((word.removesuffix(end), end))
        long_enough = (each for each in found if self._begins(each[0]))
        before, end = min(long_enough, key=lambda each: len(each[0]), default=("", ""))
        return (self._without_link(before), end) if end else None

    def _begins(self, beginning: str) -> bool:
        if len(beginning) >= SHORTEST:
            return True
        part = self._part(beginning)
        return bool(self._of((part,)) or part in self._materials_of_parts)

    def _part(self, word: str) -> str:
        return self._glossary.part(word)

    def _after_link(self, rest: str) -> str:
        """The end of a compound, without the sound that links it if it is known so."""
        words = (rest.removeprefix(sound) for sound in ("", *self._linking))
        return next(
            (w for w in words if self._of((self._part(w),)) or self._analyzer.split(w)), rest
        )

    def _without_link(self, beginning: str) -> str:
        """The beginning of a compound, without the sound that links it if it is known so."""
        words = (beginning.removesuffix(sound) for sound in ("", *self._linking))
        return next((w for w in words if self._of((self._part(w),))), beginning)

    def _said(self, ids: Collection[str]) -> Iterator[str]:
        """Words that mean this, in all languages, and the raw materials that are such (precious
        metal: gold, silver …).
        """
        for of_language in self._glossary.texts.values():
            for identity in sorted(ids):
                for surfaces in of_language.get(identity, ()):
                    yield surfaces[0] if len(surfaces) == 1 else f'"{" ".join(surfaces)}"'
        for identity in sorted(ids):
            yield from (f"commodity:{known}" for known in self._of_class.get(identity, ()))


def _as_word(word: str) -> str:
    """As a word of a query: of a phrase or a question, AND is a word, too."""
    return word.lower() if word in OPERATORS else word


def _by_noun(word: str) -> Iterator[str]:
    """Words that begin as the noun of a Russian adjective does."""
    surfaces = surfaces_of(word)
    noun = noun_of_adjective(surfaces[0]) if word.isalpha() and len(surfaces) == 1 else None
    if noun:
        yield f"{noun}*"


def askable(things: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The first of the things: as many as one query may ask for. One that may be said in too many
    ways is left out, not those behind it: of classes of raw materials, each is one.
    """
    left = _MOST_WORDS
    for ways in things[:_MOST_ASKED]:
        words = sum(len(way.split()) for way in ways)
        if words <= left:
            left -= words
            yield ways

"""The one analyzer: text → words with folded surface, stem and compound parts.

Stores, the reference evaluator and highlights all take their words from here, so that they agree.
Three streams of tokens come out of a text:
- surface: the folded words, one for each position;
- stem: at the same positions the stems in the language of the document. Stores index and queries
  ask for `LANG:STEM` (`de:konferenz`), so that a German stem of a query never hits an English text
  by accident;
- parts: of compounds and hyphenated words every run of their parts, written together
  (Rohstoff-Dialogplattform: rohstoff, dialog, plattform, rohstoffdialog, dialogplattform, …), and
  what words that stand apart would be as a compound (Förderung von Lithium: +lithiumforder).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from operator import add
from typing import TypeAlias, TypeVar

from indexer.records.reference import Reference
from indexer.text import compounds, russian_compounds
from indexer.text.compound_tables import german_splitter, russian_splitter, words_apart
from indexer.text.compounds import part_stem
from indexer.text.folding import fold
from indexer.text.stemming import is_cyrillic, stem
from indexer.text.words import WORD, is_hyphenated
from indexer.text.words_apart import APART, NO_ROLE, Joined, Role

ANALYZER_VERSION = 6
"""Goes up when the same text gives other tokens: indexes made before must be rebuilt."""

MOST_PARTS = 8
"""Parts of one hyphenated word that are combined; real words have fewer."""

NO_WORD = "_"
"""Token of what looks like a word but folds to nothing; it keeps its position, no query has it."""

_REMEMBERED_STRETCHES = 200_000
_LONGEST_REMEMBERED = 60
"""Characters; longer stretches are sentences without blanks or encoded data, seen once."""
_REMEMBERED_WORDS = 200_000


_Place: TypeAlias = tuple[str, int, int]
"""Token of a part; first and last word of the compound or hyphenated word that it stands in."""

_Stretch: TypeAlias = tuple[str, str, str, tuple[int, ...], tuple[_Place, ...], Role]
"""What stands between two blanks, mostly one word with its punctuation: its tokens of the streams
surface, stem and parts, a blank before each, where its words start, the places of the parts, and
what it does among others.

A plain tuple: the garbage collector takes no interest in those that hold only strings.
"""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a text; `surface` and `stem` are parallel."""

    surface: str
    stem: str
    parts: str
    """Token strings: a blank before and after each token."""
    offsets: Sequence[tuple[int, ...]]
    """Where the words start in each stretch between two blanks."""
    places: Sequence[tuple[_Place, ...]]
    """The parts of each stretch, its words counted from 0."""
    apart: Sequence[Joined] = ()
    """Tokens of what is said by several stretches; the first and the last of these."""

    def starts(self, text: str) -> list[int]:
        """Where the words start in the text that was analysed."""
        return [
            start + offset
            for start, offsets in zip(_stretch_starts(text), self.offsets, strict=True)
            for offset in offsets
        ]

    def runs_of_part(self, token: str) -> list[tuple[int, int]]:
        """First and last word of every compound or hyphenated word with this token of a part."""
        found: list[tuple[int, int]] = []
        number = 0
        for offsets, places in zip(self.offsets, self.places, strict=True):
            if places:  # as few have
                found += [(number + a, number + b) for part, a, b in places if part == token]
            number += len(offsets)
        apart = [(first, last) for joined, first, last in self.apart if joined == token]
        if apart:
            counts = list(accumulate(map(len, self.offsets), initial=0))
            found += [(counts[first], counts[last + 1] - 1) for first, last in apart]
        return found


def _stretch_starts(text: str) -> list[int]:
    """Where what stands between blanks starts."""
    stretches = text.split()
    lengths = accumulate(map(len, stretches), initial=0)
    starts = list(map(add, lengths, range(len(stretches))))  # if single blanks part them
    if starts and starts[-1] + len(stretches[-1]) != len(text):
        place = 0
        for number, stretch in enumerate(stretches):
            starts[number] = text.index(stretch, place)
            place = starts[number] + len(stretch)
    return starts


_NOTHING = Analysis(" ", " ", " ", (), ())

_Word: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Surface, stem, and the stems of the parts of a compound (else empty)."""


_WITH_COMPOUNDS = frozenset({compounds.LANGUAGE, russian_compounds.LANGUAGE, None})
"""Languages whose words are split; a text of unknown language may be in one of them."""
_Made = TypeVar("_Made")


class _Vocabulary(dict[str, _Made]):
    """Stretches as written → what is made of them, filled on demand."""

    def __init__(self, make: Callable[[str], _Made]) -> None:
        self._make = make

    def __missing__(self, written: str) -> _Made:
        made = self._make(written)
        if len(written) <= _LONGEST_REMEMBERED:
            if len(self) > _REMEMBERED_STRETCHES:
                self.clear()
            self[written] = made
        return made


def _surface(written: str) -> str:
    """A stretch's tokens of the surface."""
    # It is remembered itself: its words would be twice.
    words = [fold.__wrapped__(match[1]) or NO_WORD for match in WORD.finditer(written)]
    return "".join([f" {word}" for word in words])


class Analyzer:
    """Analyses texts and query words; safe to share between threads.

    Vocabulary and lists of German compounds come from the tables and from the key `compounds` of
    config/languages/de.yaml.
    """

    def __init__(self, reference: Reference) -> None:
        self._german, self._russian = german_splitter(reference), russian_splitter(reference)
        # Queries and documents ask for the same words again and again.
        self._split = lru_cache(maxsize=_REMEMBERED_WORDS)(self._split_by_script)
        self._apart = words_apart(reference)
        self._known: dict[str | None, _Vocabulary[_Stretch]] = {}
        self._surfaces = _Vocabulary(_surface)

    def analyse(self, text: str, lang: str | None) -> Analysis:
        """All words of `text`, which is in language `lang` (None: unknown).

        No word, and nothing that holds words together, reaches across a blank.
        """
        known = self._known.get(lang)
        if known is None:
            known = self._known[lang] = _Vocabulary(partial(self.stretch, lang=lang))
        # Most of the time of indexing is spent here: no step of its own for each word.
        stretches = [known[written] for written in text.split()]
        if not stretches:
            return _NOTHING
        surface, stem, parts, offsets, places, roles = zip(*stretches, strict=True)
        finder = self._apart.get(lang or "")
        apart = tuple(finder.find(roles)) if finder else ()
        if apart:
            parts += tuple([f" {token}" for token, _, _ in apart])
        return Analysis(
            f"{''.join(surface)} ",
            f"{''.join(stem)} ",
            f"{''.join(parts)} ",
            offsets,
            places,
            apart,
        )

    def stretch(self, written: str, lang: str | None) -> _Stretch:
        """The words of what stands between two blanks."""
        found = [match.span(1) for match in WORD.finditer(written)]
        words = [self.word(written[start:end], lang) for start, end in found]
        if len(words) == 1 and not words[0][2]:  # as most are
            role = self._role(written, words, (), lang)
            return f" {words[0][0]}", f" {words[0][1]}", "", (found[0][0],), (), role
        places = _parts(words, _hyphenated(written, found))
        return (
            "".join(f" {surface}" for surface, _, _ in words),
            "".join(f" {stem}" for _, stem, _ in words),
            "".join(f" {token}" for token, _, _ in places),
            tuple([start for start, _ in found]),
            tuple(places),
            self._role(written, words, places, lang),
        )

    def _role(
        self, written: str, words: Sequence[_Word], places: Sequence[_Place], lang: str | None
    ) -> Role:
        """What a stretch does among others: one word, or words that hyphens hold together."""
        finder = self._apart.get(lang or "")
        together = len(words) == 1 or any(
            last - first == len(words) - 1 for _, first, last in places
        )
        if finder is None or not words or not together:
            return NO_ROLE
        parts = [p for surface, _, split in words for p in split or (part_stem(surface),)]
        known = len(parts) > 1
        if lang == russian_compounds.LANGUAGE:
            part = self._russian.part(parts[-1])
            known = part is not None and not known
            parts[-1] = part or parts[-1]
        elif lang == compounds.LANGUAGE:
            known = known or self._german.knows(parts[0])
        *_, last = WORD.finditer(written)
        return finder.role(written, last[1], _keys(parts), known=known)

    def surface(self, text: str) -> str:
        """The token string of the surface, without stems and parts, which cost more where words are
        new.
        """
        known = self._surfaces
        return f"{''.join([known[written] for written in text.split()])} "

    def word(self, written: str, lang: str | None) -> _Word:
        """Surface, stem and parts of one word."""
        surface = fold(written) or NO_WORD
        split = lang in _WITH_COMPOUNDS
        return surface, stem(surface, lang), self.split(surface) if split else ()

    def _split_by_script(self, surface: str) -> tuple[str, ...]:
        splitter = self._russian if is_cyrillic(surface) else self._german
        return splitter.split(surface)

    def compound_tokens(self, surfaces: Sequence[str]) -> tuple[str, ...]:
        """Tokens of the parts stream that a query's compound or hyphenated word is found by."""
        written = "".join(surfaces)
        return tuple(dict.fromkeys((written, part_stem(written), "".join(self.parts(surfaces)))))

    def parts(self, surfaces: Iterable[str]) -> tuple[str, ...]:
        """Stems of the parts of a compound or hyphenated word of a query; of another, its own."""
        return tuple(
            [p for surface in surfaces for p in self.split(surface) or (part_stem(surface),)]
        )

    def tokens_apart(self, surfaces: Sequence[str]) -> tuple[str, ...]:
        """Tokens of the parts stream by which the words are found that say the same apart."""
        written, parts = "".join(surfaces), self.parts(surfaces)
        if len(parts) > 1:
            return (APART + "".join(parts),)
        if is_cyrillic(written):
            return ()
        guesses = ["".join(guess) for guess in self._german.guesses(written)]
        if any(finder.ends_with_adjoining(written) for finder in self._apart.values()):
            guesses.append(part_stem(written))
        return tuple([APART + guess for guess in dict.fromkeys(guesses)])

    def binds(self, surface: str) -> bool:
        """Whether a folded word only binds others, in one of the languages (of, für, по)."""
        return any(finder.binds(surface) for finder in self._apart.values())

    def adjoins(self, surface: str) -> bool:
        """Whether a folded word is also written together with the one before it (waste water)."""
        return any(finder.adjoins(surface) for finder in self._apart.values())

    def split(self, surface: str) -> tuple[str, ...]:
        """Stems of the parts of a folded German or Russian compound; empty if it is none."""
        return self._split(surface) if surface[:1].isalpha() else ()


def _keys(parts: Sequence[str]) -> tuple[str, ...]:
    """By what other words may be joined to one: its parts from the first on, and the last one."""
    begun = accumulate(parts[:MOST_PARTS])
    return tuple(dict.fromkeys((*begun, parts[-1])))


def _parts(words: Sequence[_Word], hyphenated: Sequence[int]) -> list[_Place]:
    found: list[_Place] = []
    in_runs: set[int] = set()
    for first, last in _runs(hyphenated):
        in_runs.update(range(first, last + 1))
        tokens = _run_tokens(words[first : last + 1])
        found.extend((token, first, last) for token in tokens)
    found.extend(
        (token, index, index)
        for index, (_, _, parts) in enumerate(words)
        if parts and index not in in_runs
        for token in _sequences(parts)
    )
    return sorted(found, key=lambda part: part[1])


def stem_token(surface: str, lang: str | None) -> str:
    """What stores index of the stem of a folded word in a language."""
    return f"{lang or ''}:{stem(surface, lang)}"


def stem_tokens(surfaces: Iterable[str], lang: str | None) -> tuple[str, ...]:
    """The same of several words."""
    return tuple([stem_token(surface, lang) for surface in surfaces])


def _hyphenated(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of the words that a hyphen holds together with the word before them."""
    return [
        number
        for number, (one, other) in enumerate(pairwise(words), start=1)
        if is_hyphenated(text, one[1], other[0])
    ]


def _runs(hyphenated: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last word of every hyphenated word, from the words that follow a hyphen."""
    first = previous = -1
    for index in hyphenated:
        if index != previous + 1:
            if previous >= 0:
                yield first, previous
            first = index - 1
        previous = index
    if previous >= 0:
        yield first, previous


def _run_tokens(words: Sequence[_Word]) -> list[str]:
    """Tokens of a hyphenated word: of its parts, and of its words written together."""
    surfaces = [surface for surface, _, _ in words][:MOST_PARTS]
    parts = [p for surface, _, split in words for p in split or (part_stem(surface),)]
    tokens = dict.fromkeys(_sequences(parts[:MOST_PARTS]))
    for start in range(len(surfaces)):
        for end in range(start + 2, len(surfaces) + 1):
            written = "".join(surfaces[start:end])
            tokens.update({written: None, part_stem(written): None})
    return list(tokens)


def _sequences(parts: Sequence[str]) -> list[str]:
    """Every run of neighbouring parts, written together."""
    count = len(parts)
    return [
        "".join(parts[start:end]) for start in range(count) for end in range(start + 1, count + 1)
    ]

"""An analysed document, as the reference evaluator sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from indexer.query.compiled import Tokens, Words
from indexer.query.record import PassageText, SearchRecord
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.words import WORD

FEW = 8
"""Marks of a passage that are looked up one by one."""

Uneven: TypeAlias = Sequence[tuple[int, int]]
KeptTokens: TypeAlias = tuple[str, str, Uneven | None]
"""Token strings of the streams stem and parts, and where `Analysis.uneven` says that words are."""


class AnalysedText:
    """A passage or a name with its token strings: tokens with a blank before and after each.

    Whether words stand side by side is then one search for a substring, and stores can keep the
    strings, so that a hit is marked without analysing the document again.
    """

    def __init__(
        self,
        text: str,
        lang: str | None,
        analyzer: Analyzer,
        kept: KeptTokens | None = None,
    ) -> None:
        self.text = text
        self.lang = lang
        self._analyzer = analyzer
        self._analysis: Analysis | None = None
        self.stem, self.parts, self._uneven = kept or (
            self.analysis.stem,
            self.analysis.parts,
            None,
        )

    @property
    def analysis(self) -> Analysis:
        """The words themselves."""
        if self._analysis is None:
            self._analysis = self._analyzer.analyse(self.text, self.lang)
        return self._analysis

    @property
    def surface(self) -> str:
        """The token string of the surface; of a kept text it is made anew."""
        return self.analysis.surface

    def kept(self) -> KeptTokens:
        """What a store keeps of it."""
        return self.stem, self.parts, self.uneven

    @property
    def uneven(self) -> Uneven:
        """See `Analysis.uneven`."""
        if self._uneven is None:
            self._uneven = self.analysis.uneven()
        return self._uneven

    def standing(self, words: Words) -> list[Tokens]:
        """The alternatives that stand here."""
        stem, parts = self.stem, self.parts
        return [
            tokens
            for tokens, needle, certain in words.sought(self.lang)
            if needle in (parts if tokens.stream == "parts" else stem)
            and (certain or tokens.needle in self.surface)
        ]

    def runs(self, alternative: Tokens) -> list[tuple[int, int]]:
        """First and last word of every place where an alternative stands."""
        if alternative.stream == "parts":
            return self.analysis.runs_of_part(alternative.tokens[0])
        tokens = self.stem if alternative.stream == "stem" else self.surface
        further = len(alternative.tokens) - 1
        return [(n, n + further) for n in _word_numbers(tokens, alternative.needle)]

    def runs_of_prefix(self, prefix: str) -> list[tuple[int, int]]:
        """The words that begin so."""
        return [(number, number) for number in _word_numbers(self.surface, f" {prefix}")]

    def spans(self, runs: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Offsets (start, end) in the text of runs of words."""
        if len(runs) > FEW:
            # One walk through the text; to look each up by itself would take the square of its length.
            places = [found.span(1) for found in WORD.finditer(self.text)]
            yield from ((places[first][0], places[last][1]) for first, last in runs)
            return
        for first, last in runs:
            start, end = self._place(first)
            yield start, end if first == last else self._place(last)[1]

    def _place(self, number: int) -> tuple[int, int]:
        """Start and end of a word in the text."""
        stretch, word = _stretch_of(number, self.uneven)
        place = len(self.text) - len(self.text.split(None, stretch)[stretch])
        for found in islice(WORD.finditer(self.text, place), word, None):
            return found.span(1)
        raise IndexError(number)


def _stretch_of(number: int, uneven: Uneven) -> tuple[int, int]:
    """The stretch that a word stands in, and which of its words it is."""
    further = 0
    for stretch, words in uneven:
        word = number - stretch - further
        if word < words:
            if word >= 0:
                return stretch, word
            break
        further += words - 1
    return number - further, 0


def _word_numbers(tokens: str, needle: str) -> list[int]:
    """Numbers of the words at which a needle begins in a token string."""
    found: list[int] = []
    place = tokens.find(needle)
    number = counted = 0
    while place >= 0:
        number += tokens.count(" ", counted, place)
        found.append(number)
        counted = place
        place = tokens.find(needle, place + 1)
    return found


class AnalysedPassage(AnalysedText):
    """A passage of the title, the teaser or the text."""

    def __init__(
        self,
        passage: PassageText,
        lang: str | None,
        analyzer: Analyzer,
        kept: KeptTokens | None = None,
    ) -> None:
        super().__init__(passage.text, lang, analyzer, kept)
        self.passage = passage
        self.field = "title" if passage.part == "title" else "text"


class PageView:
    """A search record whose words are analysed when they are first asked for.

    `kept`: token strings of the passages, from `AnalysedText.kept`, where a store kept them.
    """

    def __init__(
        self,
        record: SearchRecord,
        analyzer: Analyzer,
        kept: Sequence[KeptTokens] | None = None,
    ) -> None:
        self.record = record
        self._analyzer = analyzer
        self._kept = kept
        self._texts: dict[str, Sequence[AnalysedText]] = {}

    @cached_property
    def passages(self) -> list[AnalysedPassage]:
        """Passages in reading order."""
        lang, analyzer = self.record.lang, self._analyzer
        kept: Sequence[KeptTokens | None] = self._kept or [None] * len(self.record.passages)
        return [
            AnalysedPassage(passage, lang, analyzer, tokens)
            for passage, tokens in zip(self.record.passages, kept, strict=True)
        ]

    def texts(self, field: str) -> Sequence[AnalysedText]:
        """The analysed texts of a word field: passages for title and text, else names."""
        found = self._texts.get(field)
        if found is None:
            found = self._texts[field] = self._of_field(field)
        return found

    def _of_field(self, field: str) -> Sequence[AnalysedText]:
        if field in ("title", "text"):
            return [passage for passage in self.passages if passage.field == field]
        names = self.record.names.get(field, ())
        return [AnalysedText(name, self.record.lang, self._analyzer) for name in names]

"""An analysed document, as the reference evaluator sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from indexer.query.compiled import Stream, Tokens
from indexer.query.record import PassageText, SearchRecord
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.words import WORD

KeptTokens: TypeAlias = tuple[str, str, str, Sequence[int]]
"""Token strings of the streams surface, stem and parts, and where each word starts."""


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
        self._lang = lang
        self._analyzer = analyzer
        surface, stem, parts, self._starts = kept or self._tokens()
        self.surface = f" {surface} "
        self.stem = f" {stem} "
        self.parts = f" {parts} "

    def _tokens(self) -> KeptTokens:
        analysis = self.analysis
        return (
            " ".join(analysis.surface),
            " ".join(analysis.stems),
            " ".join([token for token, _, _ in analysis.parts]),
            analysis.starts,
        )

    @cached_property
    def analysis(self) -> Analysis:
        """The words with their offsets."""
        return self._analyzer.analyse(self.text, self._lang)

    def stream(self, name: Stream) -> str:
        """The token string of a stream."""
        if name == "surface":
            return self.surface
        return self.stem if name == "stem" else self.parts

    def kept(self) -> KeptTokens:
        """What a store keeps of it."""
        return self.surface[1:-1], self.stem[1:-1], self.parts[1:-1], self._starts

    def runs(self, alternative: Tokens) -> Iterator[tuple[int, int]]:
        """First and last word of every place where an alternative stands."""
        if alternative.stream == "parts":
            for token, first, last in self.analysis.parts:
                if token == alternative.tokens[0]:
                    yield first, last
            return
        further = len(alternative.tokens) - 1
        for number in _word_numbers(self.stream(alternative.stream), alternative.needle):
            yield number, number + further

    def runs_of_prefix(self, prefix: str) -> Iterator[tuple[int, int]]:
        """The words that begin so."""
        for number in _word_numbers(self.surface, f" {prefix}"):
            yield number, number

    def spans(self, runs: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Offsets (start, end) in the text of runs of words."""
        for first, last in runs:
            end = WORD.match(self.text, self._starts[last])
            if end is not None:
                yield self._starts[first], end.end(1)


def _word_numbers(tokens: str, needle: str) -> Iterator[int]:
    """Numbers of the words at which a needle begins in a token string."""
    place = tokens.find(needle)
    number = counted = 0
    while place >= 0:
        number += tokens.count(" ", counted, place)
        yield number
        counted = place
        place = tokens.find(needle, place + 1)


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
        self._names: dict[str, list[AnalysedText]] = {}

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
        if field in ("title", "text"):
            return [passage for passage in self.passages if passage.field == field]
        if field not in self._names:
            self._names[field] = [
                AnalysedText(name, self.record.lang, self._analyzer)
                for name in self.record.names.get(field, ())
            ]
        return self._names[field]

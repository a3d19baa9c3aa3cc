"""An analysed document, as the reference evaluator sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from indexer.query.compiled import Sought, Words
from indexer.query.record import SearchRecord
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.words import WORD

FEW = 8
"""Marks of a passage that are looked up one by one."""

PASSAGE_BREAK = "¶"
"""Stands between passages, so that no phrase reaches from one into the next."""

PASSAGE_FIELDS = ("title", "text")
"""The fields whose texts are passages of the page; the other word fields have names."""

Uneven: TypeAlias = Sequence[tuple[int, int]]
KeptTokens: TypeAlias = tuple[str, str, Sequence[Uneven]]
"""Token strings of the streams stem and parts, and where `Analysis.uneven` of each passage says
that words are."""

Run: TypeAlias = tuple[int, int]
"""First and last word of what stands side by side in a passage."""
Span: TypeAlias = tuple[int, int]
"""Start and end in a text."""


class AnalysedTexts:
    """Passages of a page, or names, with the token strings of all of them.

    In a token string a blank stands before and after each token, and PASSAGE_BREAK between
    passages. Whether words stand side by side is then one search for a substring in the whole
    page, and stores can keep the strings, so that a hit is marked without analysing it again.
    """

    def __init__(
        self,
        texts: Sequence[str],
        lang: str | None,
        analyzer: Analyzer,
        kept: KeptTokens | None = None,
        first: int = 0,
    ) -> None:
        self.texts = texts
        self.first = first
        """Number of the first passage in the record; here they are counted from 0."""
        self._lang = lang
        self._analyzer = analyzer
        self._analyses: dict[int, Analysis] = {}
        self._uneven: Sequence[Uneven] | None = None
        if kept:
            self.stem, self.parts, self._uneven = kept
        else:
            self.stem = PASSAGE_BREAK.join([found.stem for found in self._all()])
            self.parts = PASSAGE_BREAK.join([found.parts for found in self._all()])

    def only(self, start: int, end: int) -> AnalysedTexts:
        """Some of the passages."""
        stem, parts = (
            PASSAGE_BREAK.join(tokens.split(PASSAGE_BREAK)[start:end])
            for tokens in (self.stem, self.parts)
        )
        uneven = [self._uneven_of(number) for number in range(start, end)]
        found = AnalysedTexts(
            self.texts[start:end], self._lang, self._analyzer, (stem, parts, uneven), start
        )
        found._analyses = {n - start: a for n, a in self._analyses.items() if start <= n < end}
        return found

    @cached_property
    def surface(self) -> str:
        """The token string of the surface; where tokens were kept it is made anew."""
        return PASSAGE_BREAK.join([found.surface for found in self._all()])

    @cached_property
    def _stem_breaks(self) -> list[int]:
        return _breaks(self.stem)

    @property
    def language_stems(self) -> str:
        """The token string of the stems as stores index them: LANG:STEM."""
        before = f" {self._lang or ''}:"
        tokens = self.stem.rstrip().replace(" ", before)
        return f"{tokens} ".replace(f"{before}{PASSAGE_BREAK}", f" {PASSAGE_BREAK}")

    def kept(self) -> KeptTokens:
        """What a store keeps."""
        return self.stem, self.parts, [self._uneven_of(n) for n in range(len(self.texts))]

    def standing(self, words: Words) -> list[Sought]:
        """The alternatives that stand here."""
        found = []
        for sought in words.sought(self._lang):
            stream, _, needle, stems = sought
            if stems is not None:
                if stems in self.stem and needle in self.surface:
                    found.append(sought)
            elif needle in (self.parts if stream == "parts" else self.stem):
                found.append(sought)
        return found

    def runs(self, sought: Sought) -> list[tuple[int, Run]]:
        """Every place where an alternative stands: number of the passage, and the words there."""
        stream, tokens, needle, _ = sought
        if stream == "parts":
            holding = _runs(self.parts, needle, _breaks(self.parts))
            numbers = dict.fromkeys([number for number, _ in holding])
            return [(n, run) for n in numbers for run in self._analysis(n).runs_of_part(tokens[0])]
        if stream == "stem":
            return _runs(self.stem, needle, self._stem_breaks, len(tokens) - 1)
        return _runs(self.surface, needle, _breaks(self.surface), len(tokens) - 1)

    def runs_of_prefix(self, prefix: str) -> list[tuple[int, Run]]:
        """The words that begin so."""
        return _runs(self.surface, f" {prefix}", _breaks(self.surface))

    def spans(self, number: int, runs: Collection[Run]) -> list[Span]:
        """Where runs of words stand in the text of a passage."""
        text = self.texts[number]
        if len(runs) > FEW:
            # One walk through the text; to look each up by itself would take the square of its length.
            places = [found.span(1) for found in WORD.finditer(text)]
            return [(places[first][0], places[last][1]) for first, last in runs]
        uneven = self._uneven_of(number)
        found = []
        for first, last in runs:
            start, end = _place(text, first, uneven)
            found.append((start, end if first == last else _place(text, last, uneven)[1]))
        return found

    def _analysis(self, number: int) -> Analysis:
        found = self._analyses.get(number)
        if found is None:
            text = self.texts[number]
            found = self._analyses[number] = self._analyzer.analyse(text, self._lang)
        return found

    def _all(self) -> list[Analysis]:
        return [self._analysis(number) for number in range(len(self.texts))]

    def _uneven_of(self, number: int) -> Uneven:
        return self._uneven[number] if self._uneven else self._analysis(number).uneven()


def _runs(
    tokens: str, needle: str, breaks: Sequence[int], further: int = 0
) -> list[tuple[int, Run]]:
    """(passage, words) where a needle stands in a token string with its `_breaks`.

    `further`: words of the needle after its first one.
    """
    found = []
    passage = word = counted = 0
    place = tokens.find(needle)
    while place >= 0:
        if passage < len(breaks) and breaks[passage] < place:
            passage = bisect_left(breaks, place, passage)
            counted = breaks[passage - 1] + 1
            word = 0
        word += tokens.count(" ", counted, place)
        found.append((passage, (word, word + further)))
        counted = place
        place = tokens.find(needle, place + 1)
    return found


def _breaks(tokens: str) -> list[int]:
    """Where the passages of a token string part."""
    found = []
    place = tokens.find(PASSAGE_BREAK)
    while place >= 0:
        found.append(place)
        place = tokens.find(PASSAGE_BREAK, place + 1)
    return found


def _place(text: str, number: int, uneven: Uneven) -> Span:
    """Start and end of a word in a text."""
    stretch, word = _stretch_of(number, uneven) if uneven else (number, 0)
    place = len(text) - len(text.split(None, stretch)[stretch])
    if not word and (only := WORD.search(text, place)):  # as in most stretches
        return only.span(1)
    return next(islice(WORD.finditer(text, place), word, None)).span(1)


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


class PageView:
    """A search record whose words are analysed when they are first asked for.

    `kept`: token strings of its passages, from `AnalysedTexts.kept`, where a store kept them.
    """

    def __init__(
        self,
        record: SearchRecord,
        analyzer: Analyzer,
        kept: KeptTokens | None = None,
    ) -> None:
        self.record = record
        self._analyzer = analyzer
        self._kept = kept
        self._texts: dict[tuple[str, ...], AnalysedTexts] = {}

    @property
    def passages(self) -> AnalysedTexts:
        """Title and text."""
        return self.texts(PASSAGE_FIELDS)

    @property
    def titles(self) -> int:
        """How many passages are the title, which comes first: 1 or 0."""
        passages = self.record.passages
        return 1 if passages and passages[0].part == "title" else 0

    def texts(self, fields: tuple[str, ...]) -> AnalysedTexts:
        """The analysed texts of word fields: PASSAGE_FIELDS, one of them, or one with names."""
        found = self._texts.get(fields)
        if found is None:
            found = self._texts[fields] = self._of_fields(fields)
        return found

    def _of_fields(self, fields: tuple[str, ...]) -> AnalysedTexts:
        record = self.record
        if fields == PASSAGE_FIELDS:
            texts: Sequence[str] = [passage.text for passage in record.passages]
            return AnalysedTexts(texts, record.lang, self._analyzer, self._kept)
        (field,) = fields
        if field == "title":
            return self.passages.only(0, self.titles)
        if field == "text":
            return self.passages.only(self.titles, len(record.passages))
        return AnalysedTexts(record.names.get(field, ()), record.lang, self._analyzer)

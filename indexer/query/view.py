"""An analysed document, as the reference evaluator sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from indexer.query.compiled import CompiledNode, Prefix, TokenPattern, Words
from indexer.query.fields import PASSAGE_FIELDS
from indexer.query.record import Details, SearchRecord
from indexer.records.document import PassageVector
from indexer.records.errors import MeaningUnavailable
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.sentences import sentence_starts
from indexer.text.words import WordStarts, pack, runs_in

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder
    from indexer.query.evaluator import Explanation
    from indexer.query.same_passage import MatchedLeaf

PASSAGE_BREAK = "|"
"""Separates passages, so that no phrase spans two of them.

ASCII, as most stems are: the replies of the cluster are parsed faster if a string is pure ASCII.
"""

FEW_QUESTIONS = 8
"""So often where words stand is looked up in the token strings; of a page that is asked more often,
as by many watches, an index is made.
"""

StoredTokens: TypeAlias = tuple[str, str, Sequence[WordStarts]]
"""Token strings of the streams stem and parts, and where the words of each passage start."""

WordRun: TypeAlias = tuple[int, int]
"""First and last of adjacent words in a passage."""
Occurrence: TypeAlias = tuple[int, int, int]
"""Number of a passage in the record; first and last word of a match in it."""


class AnalysedTexts:
    """Passages of a page, or names, with the token strings of all of them.

    In a token string blanks surround each token, and PASSAGE_BREAK separates passages. A search
    for adjacent words is then a search for a substring in the whole page. Stores keep the strings,
    so that a hit is marked without another analysis.
    """

    def __init__(
        self,
        texts: Sequence[str],
        lang: str | None,
        analyzer: Analyzer,
        stored_tokens: tuple[str, str, Sequence[WordStarts] | None] | None = None,
        first: int = 0,
    ) -> None:
        self.texts = texts
        self._first = first
        """Number of the first passage in the record."""
        self._lang = lang
        self._analyzer = analyzer
        self._analyses: dict[int, Analysis] = {}
        self._starts: Sequence[WordStarts] | None = None
        self._questions = 0
        if stored_tokens:
            self.stem, self.parts, self._starts = stored_tokens
        else:
            analyses = self._analyse_all()
            self.stem = PASSAGE_BREAK.join([found.stem for found in analyses])
            self.parts = PASSAGE_BREAK.join([found.parts for found in analyses])

    def between(self, start: int, end: int) -> AnalysedTexts:
        """Some of the passages."""
        stem, parts = (
            PASSAGE_BREAK.join(tokens.split(PASSAGE_BREAK)[start:end])
            for tokens in (self.stem, self.parts)
        )
        texts = self.texts[start:end]
        starts = self._starts and self._starts[start:end]  # else made if ever needed
        found = AnalysedTexts(texts, self._lang, self._analyzer, (stem, parts, starts), start)
        found._analyses = {n - start: a for n, a in self._analyses.items() if start <= n < end}
        return found

    @cached_property
    def surface(self) -> str:
        """The token string of the surface; stores don't keep it."""
        analysed, make = self._analyses, self._analyzer.surface
        return PASSAGE_BREAK.join(
            [analysed[n].surface if n in analysed else make(t) for n, t in enumerate(self.texts)]
        )

    @cached_property
    def _stem_breaks(self) -> list[int]:
        return _find_breaks(self.stem)

    @cached_property
    def _places(self) -> dict[str, list[Occurrence]]:
        """Where each stem stands, by its needle."""
        found: dict[str, list[Occurrence]] = {}
        for passage, tokens in enumerate(self.stem.split(PASSAGE_BREAK)):
            for word, token in enumerate(tokens.split()):
                found.setdefault(f" {token} ", []).append((passage, word, word))
        return found

    @cached_property
    def _signs(self) -> AbstractSet[str]:
        return self._places.keys() | {f"+ {part} " for part in self.parts.split()}

    @property
    def language_stems(self) -> str:
        """The token string of the stems as stores index them: LANG:STEM."""
        before = f" {self._lang or ''}:"
        tokens = self.stem.rstrip().replace(" ", before)
        return f"{tokens} ".replace(f"{before}{PASSAGE_BREAK}", f" {PASSAGE_BREAK}")

    def stored_tokens(self) -> StoredTokens:
        """The tokens that a store keeps."""
        return self.stem, self.parts, self._word_starts()

    def contains(self, words: Words | Prefix) -> bool:
        """Whether one of the alternatives occurs here, or a word with the prefix."""
        if isinstance(words, Prefix):
            return f" {words.prefix}" in self.surface
        return any(self._contains(pattern) for pattern in words.patterns(self._lang))

    def signs_for(self, questions: int) -> AbstractSet[str] | None:
        """The stems and parts here (`TokenPattern.sign`), to answer so many more questions; None:
        they are too few.
        """
        return None if self._questions + questions <= FEW_QUESTIONS else self._signs

    def occurrences(self, words: Words | Prefix) -> list[Occurrence]:
        """Every occurrence of one of the alternatives, or of a word with the prefix."""
        if isinstance(words, Prefix):
            found = _find_occurrences(self.surface, f" {words.prefix}", _find_breaks(self.surface))
        else:
            found = []
            self._questions += 1
            places = self._places if self._questions > FEW_QUESTIONS else None
            for pattern in words.patterns(self._lang):
                stream, tokens, needle, _ = pattern
                if places is not None and stream == "stem" and len(tokens) == 1:
                    found += places.get(needle, ())
                elif stream == "stem":  # the most frequent case: no further call
                    found += _find_occurrences(
                        self.stem, needle, self._stem_breaks, len(tokens) - 1
                    )
                elif stream == "parts":
                    if needle in self.parts:
                        found += self._occurrences_of_part(pattern)
                elif self._contains(pattern):
                    surface = self.surface
                    found += _find_occurrences(
                        surface, needle, _find_breaks(surface), len(tokens) - 1
                    )
        if self._first:
            return [(self._first + number, first, last) for number, first, last in found]
        return found

    def spans(self, number: int, runs: Iterable[WordRun]) -> list[tuple[int, int]]:
        """Start and end of runs of words in the text of a passage."""
        return runs_in(self.texts[number], self._word_starts()[number], runs)

    def _contains(self, pattern: TokenPattern) -> bool:
        stream, _, needle, stems = pattern
        if stems is not None:
            return stems in self.stem and needle in self.surface
        return needle in (self.parts if stream == "parts" else self.stem)

    def _occurrences_of_part(self, pattern: TokenPattern) -> list[Occurrence]:
        found = _find_occurrences(self.parts, pattern.needle, _find_breaks(self.parts))
        (part,) = pattern.tokens
        return [
            (number, first, last)
            for number in dict.fromkeys([number for number, _, _ in found])
            for first, last in self._analyse(number).runs_of_part(part)
        ]

    def _analyse(self, number: int) -> Analysis:
        found = self._analyses.get(number)
        if found is None:
            text = self.texts[number]
            found = self._analyses[number] = self._analyzer.analyse(text, self._lang)
        return found

    def _analyse_all(self) -> list[Analysis]:
        return [self._analyse(number) for number in range(len(self.texts))]

    def _word_starts(self) -> Sequence[WordStarts]:
        if self._starts is None:
            pairs = zip(self._analyse_all(), self.texts, strict=True)
            self._starts = [pack(analysis.starts(text)) for analysis, text in pairs]
        return self._starts


def _find_occurrences(
    tokens: str, needle: str, breaks: Sequence[int], further: int = 0
) -> list[Occurrence]:
    """Occurrences of a needle in a token string with these breaks.

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
        found.append((passage, word, word + further))
        counted = place
        place = tokens.find(needle, place + 1)
    return found


def _find_breaks(tokens: str) -> list[int]:
    """Positions of the breaks in a token string."""
    found = []
    place = tokens.find(PASSAGE_BREAK)
    while place >= 0:
        found.append(place)
        place = tokens.find(PASSAGE_BREAK, place + 1)
    return found


class PageView:
    """A search record whose words are analysed on demand.

    `stored_tokens`: those of its passages, if they come from a store.
    """

    def __init__(
        self,
        record: SearchRecord,
        analyzer: Analyzer,
        stored_tokens: StoredTokens | None = None,
    ) -> None:
        self.record = record
        self._analyzer = analyzer
        self._stored = stored_tokens
        self._details = record.details
        self._vectors: tuple[PassageVector, ...] | None = None
        self._texts: dict[tuple[str, ...], AnalysedTexts] = {}
        self._sentences: dict[int, Sequence[int]] = {}
        self.in_passages: dict[int, tuple[CompiledNode, set[int]]] = {}
        """Parts of queries (by identity; kept, that no other gets the same) that must hold within a
        passage → numbers of the passages. Watches share their topics, and each part is asked for
        again where it is told what matched.
        """
        self.in_sentences: dict[int, tuple[CompiledNode, set[tuple[int, int]] | None]] = {}
        """The same for sentences: number of the passage, and of the sentence in it; None: all."""
        self.matched_leaves: dict[int, tuple[CompiledNode, Sequence[MatchedLeaf] | None]] = {}
        """Leaves of queries (by identity, as above) → what of them makes the page match."""
        self.explanations: dict[tuple[int, ...], tuple[Sequence[MatchedLeaf], Explanation]] = {}
        """Matched leaves (by identity) → why a query matches that they make match."""

    @property
    def passages(self) -> AnalysedTexts:
        """Title and text."""
        return self.texts(PASSAGE_FIELDS)

    @property
    def details(self) -> Details:
        """Those of the record, read from JSON on demand."""
        if isinstance(self._details, str):
            self._details = Details.from_json(self._details)
        return self._details

    @property
    def titles(self) -> int:
        """Number of passages that are the title, which comes first: 1 or 0."""
        passages = self.record.passages
        return 1 if passages and passages[0].part == "title" else 0

    def sentence_starts(self, number: int) -> Sequence[int]:
        """Offsets of the sentences of a passage after the first one."""
        found = self._sentences.get(number)
        if found is None:
            text = self.record.passages[number].text
            found = self._sentences[number] = sentence_starts(text)
        return found

    def vectors(self, encoder: Encoder) -> tuple[PassageVector, ...]:
        """The meaning of its first passages; nothing, where the encoder fails."""
        if self._vectors is None:
            # numpy, which most commands don't need
            from indexer.meaning.passages import encode_page  # noqa: PLC0415
            from indexer.meaning.vectors import in_context  # noqa: PLC0415

            texts = ((passage.part, passage.text) for passage in self.record.passages)
            try:
                self._vectors = in_context(encode_page(encoder, texts))
            except MeaningUnavailable:
                self._vectors = ()
        return self._vectors

    def texts(self, fields: tuple[str, ...]) -> AnalysedTexts:
        """The analysed texts of word fields: PASSAGE_FIELDS, one of them, or a field of names."""
        found = self._texts.get(fields)
        if found is None:
            found = self._texts[fields] = self._analyse_fields(fields)
        return found

    def _analyse_fields(self, fields: tuple[str, ...]) -> AnalysedTexts:
        record = self.record
        if fields == PASSAGE_FIELDS:
            texts: Sequence[str] = [passage.text for passage in record.passages]
            return AnalysedTexts(texts, record.lang, self._analyzer, self._stored)
        (field,) = fields
        if field == "title":
            return self.passages.between(0, self.titles)
        if field == "text":
            return self.passages.between(self.titles, len(record.passages))
        return AnalysedTexts(self.details.names.get(field, ()), record.lang, self._analyzer)

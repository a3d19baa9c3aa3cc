"""An analysed document, as the reference evaluator sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from indexer.query.record import PassageText, SearchRecord
from indexer.text.analysis import Analysis, Analyzer


class AnalysedText:
    """A passage or a name with the places of its tokens."""

    def __init__(self, text: str, lang: str | None, analyzer: Analyzer) -> None:
        self.text = text
        self.analysis: Analysis = analyzer.analyse(text, lang)

    @cached_property
    def surface(self) -> Mapping[str, list[int]]:
        """Surface token → its positions."""
        return _positions(self.analysis.surface)

    @cached_property
    def stem(self) -> Mapping[str, list[int]]:
        """Stem token → its positions."""
        return _positions(self.analysis.stems)

    @cached_property
    def parts(self) -> Mapping[str, list[tuple[int, int]]]:
        """Token of the parts stream → first and last word that it comes from."""
        found: dict[str, list[tuple[int, int]]] = {}
        for token, first, last in self.analysis.parts:
            found.setdefault(token, []).append((first, last))
        return found


class AnalysedPassage(AnalysedText):
    """A passage of the title, the teaser or the text."""

    def __init__(self, passage: PassageText, lang: str | None, analyzer: Analyzer) -> None:
        super().__init__(passage.text, lang, analyzer)
        self.passage = passage


class PageView:
    """A search record whose words are analysed when they are first asked for."""

    def __init__(self, record: SearchRecord, analyzer: Analyzer) -> None:
        self.record = record
        self._analyzer = analyzer
        self._names: dict[str, list[AnalysedText]] = {}

    @cached_property
    def passages(self) -> list[AnalysedPassage]:
        """Passages in reading order."""
        return [AnalysedPassage(p, self.record.lang, self._analyzer) for p in self.record.passages]

    def texts(self, field: str) -> Sequence[AnalysedText]:
        """The analysed texts of a word field: passages for title and text, else names."""
        if field in ("title", "text"):
            return [p for p in self.passages if (p.passage.part == "title") == (field == "title")]
        if field not in self._names:
            self._names[field] = [
                AnalysedText(name, self.record.lang, self._analyzer)
                for name in self.record.names.get(field, ())
            ]
        return self._names[field]

    def tokens(self, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(stream, token) of everything in these word fields, with repetitions."""
        for field in fields:
            for text in self.texts(field):
                yield from (("surface", token) for token in text.analysis.surface)
                yield from (("stem", token) for token in text.analysis.stems)
                yield from (("parts", token) for token, _, _ in text.analysis.parts)


def _positions(tokens: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        found.setdefault(token, []).append(position)
    return found

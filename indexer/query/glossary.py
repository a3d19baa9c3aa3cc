"""Words of several languages that mean the same, by ids that the languages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from indexer.query.concepts import by_stems
from indexer.text import compounds, russian_compounds
from indexer.text.analysis import Analyzer, stem_tokens
from indexer.text.folding import surfaces_of

WITH_COMPOUNDS = (compounds.LANGUAGE, russian_compounds.LANGUAGE)

Surfaces: TypeAlias = tuple[str, ...]


class Glossary:
    """Ids by the words, and by the parts of compounds, that mean them; words by language and id."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.texts: dict[str, dict[str, list[Surfaces]]] = {}
        """Language → id → its words, folded."""
        self._by_words: dict[Surfaces, tuple[str, ...]] = {}
        """By the words themselves, and by their stems in their language."""
        self._by_parts: dict[str, tuple[str, ...]] = {}

    def add(self, identity: str, lang: str, text: str) -> None:
        """A word or phrase of a language that means this."""
        surfaces = surfaces_of(text)
        if not surfaces:
            return
        self.texts.setdefault(lang, {}).setdefault(identity, []).append(surfaces)
        for tokens in (surfaces, stem_tokens(surfaces, lang)):
            self._by_words[tokens] = (*self._by_words.get(tokens, ()), identity)
        if lang in WITH_COMPOUNDS and len(surfaces) == 1:
            part = self.part(surfaces[0])
            self._by_parts[part] = (*self._by_parts.get(part, ()), identity)

    def add_all(self, lang: str, words: Mapping[str, Iterable[str]]) -> None:
        """Words of a language by their ids."""
        for identity, texts in words.items():
            for text in texts:
                self.add(identity, lang, text)

    def part(self, surface: str) -> str:
        """A word as a part of a compound: its own parts, written together."""
        return "".join(self._analyzer.parts((surface,)))

    def of_words(self, surfaces: Surfaces) -> frozenset[str]:
        """What words of a query mean, whatever their language."""
        forms = (surfaces, *(tokens for _, tokens in by_stems(surfaces)))
        found = (self._by_words.get(tokens, ()) for tokens in forms)
        return frozenset(identity for several in found for identity in several)

    def of_parts(self, parts: Sequence[str]) -> frozenset[str]:
        """What parts of a compound mean together."""
        return frozenset(self._by_parts.get("".join(parts), ()))

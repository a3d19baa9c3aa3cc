"""Words of several languages that mean the same, by ids that the languages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from operator import eq
from typing import TypeAlias

from indexer.text import compounds, russian_compounds
from indexer.text.analysis import Analyzer, stem_tokens
from indexer.text.folding import surfaces_of
from indexer.text.stemming import languages_of

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
        self._names: dict[Surfaces, list[str]] = {}
        """Words that mean nothing of these, by their stems."""

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

    def set_apart(self, lang: str, name: str) -> None:
        """A name that means nothing of these, though one may have its stem: литий, not литьё."""
        surfaces = surfaces_of(name)
        if len(surfaces) == 1:
            self._names.setdefault(stem_tokens(surfaces, lang), []).append(surfaces[0])

    def part(self, surface: str) -> str:
        """A word as a part of a compound: its own parts, written together."""
        return "".join(self._analyzer.parts((surface,)))

    def of_words(self, surfaces: Surfaces) -> frozenset[str]:
        """What words of a query mean, whatever their language."""
        found = set(self._by_words.get(surfaces, ()))
        for lang in languages_of(surfaces):
            tokens = stem_tokens(surfaces, lang)
            found |= {
                identity
                for identity in self._by_words.get(tokens, ())
                if self._is_meant(identity, lang, tokens, surfaces)
            }
        return frozenset(found)

    def _is_meant(self, identity: str, lang: str, tokens: Surfaces, written: Surfaces) -> bool:
        """Whether a word that means this is written more like it than each name with its stem, or
        is a name itself.
        """
        names = self._names.get(tokens, ())
        words = self.texts.get(lang, {}).get(identity, ())
        own = [word[0] for word in words if stem_tokens(word, lang) == tokens]
        if not names or not own or not set(own).isdisjoint(names):
            return True
        likest = max(_likeness(written[0], word) for word in own)
        return likest > max(_likeness(written[0], name) for name in names)

    def of_parts(self, parts: Sequence[str]) -> frozenset[str]:
        """What parts of a compound mean together."""
        return frozenset(self._by_parts.get("".join(parts), ()))


def _likeness(written: str, word: str) -> tuple[int, int]:
    """Of two forms of one word the beginning is the same, and the length nearly."""
    beginning = takewhile(bool, map(eq, written, word))
    return sum(beginning), -abs(len(written) - len(word))

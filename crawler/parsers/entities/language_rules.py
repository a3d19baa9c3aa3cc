"""What patterns of one language share, whatever they find: on which texts they are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import Script, scripts_in


class LanguageRules(Protocol):
    """The patterns of one language."""

    @property
    def script(self) -> Script:
        """Of the texts that they are tried on."""

    @property
    def not_in(self) -> frozenset[str]:
        """Languages (ISO 639-1) of texts that they are not tried on."""

    @property
    def only_in(self) -> frozenset[str]:
        """Languages of texts that they are tried on alone; empty for those of any language."""


Rules = TypeVar("Rules", bound=LanguageRules)


def tried_on(text: str, language: str | None, every: Iterable[Rules]) -> Iterator[Rules]:
    """Those of some patterns that are tried on a text of a language."""
    scripts = scripts_in(text)
    for rules in every:
        if (
            rules.script in scripts
            and language not in rules.not_in
            and (not rules.only_in or language in rules.only_in)
        ):
            yield rules


class SuffixedRules:
    """Patterns of a language that puts endings behind words, tried on its own texts alone."""

    not_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        """Take the words of one language."""
        self.script = script
        self.only_in = frozenset({language})
        self._language = language
        self._cues = cues(languages, language)

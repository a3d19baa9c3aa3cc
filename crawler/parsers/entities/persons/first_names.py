"""First names that the language files know."""

from __future__ import annotations

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.russian.personal_names import nominative


class FirstNames:
    """Looks up first names of one script; Russian ones in any case."""

    def __init__(self, words: EntityWords, *, cyrillic: bool) -> None:
        self._names = words.first_names
        self._cyrillic = cyrillic

    def __contains__(self, word: str) -> bool:
        """Whether it is one; several words count as one name."""
        if fold(word) in self._names:
            return True
        return self._cyrillic and fold(nominative([word], self._names)) in self._names

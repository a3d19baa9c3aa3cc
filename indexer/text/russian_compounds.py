"""Russian compounds: золотодобыча → золот, добыч.

They are known by the word that ends them, behind a linking vowel; what stands before may be any
word (керн-о-хранилище). Adjectives stand for their noun: медеплавильный is found by плавка.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.text.folding import fold
from indexer.text.stemming import stem

LANGUAGE = "ru"
SHORTEST_BEFORE = 4
"""Letters before the last part, with the linking vowel: shorter ones are prefixes (до-добыча)."""


class RussianCompounds:
    """Splits folded words.

    `telling`: words that end compounds; `linking`: vowels before them; `forms`: word that ends
    compounds → others that stand for it.
    """

    def __init__(
        self,
        telling: Iterable[str],
        linking: Iterable[str],
        forms: Mapping[str, Iterable[str]],
    ) -> None:
        self._linking = tuple(map(fold, linking))
        self._ends = {end: end for word in telling if (end := stem(fold(word), LANGUAGE))}
        for word, several in forms.items():
            end = stem(fold(word), LANGUAGE)
            self._ends.update({stem(fold(form), LANGUAGE): end for form in several})

    def split(self, word: str) -> tuple[str, ...]:
        """Stems of the parts of a folded word, in their order; empty if it is no known compound."""
        stemmed = stem(word, LANGUAGE)
        for end, part in self._ends.items():
            before = stemmed.removesuffix(end)
            if len(before) >= SHORTEST_BEFORE and stemmed != before:
                return (stem(before, LANGUAGE), part) if before.endswith(self._linking) else ()
        return ()

    def part(self, stemmed: str) -> str | None:
        """The part that a stem is; None if it ends no compounds."""
        return self._ends.get(stemmed)

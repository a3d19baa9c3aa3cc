"""Heads of event names, and compounds and brands that end in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from crawler.parsers.entities.grammar.noun_genders import LONGEST_COMPOUND
from crawler.parsers.events.grammar.word_lists import WordLists, folded
from crawler.parsers.scripts import YE, YO

HEAD_KINDS = {
    "part_heads": "part",
    "not_event_heads": "none",
    "day_heads": "day",
    "event_heads": "gathering",
    "event_heads_weak": "weak",
    "trip_heads": "trip",
    "body_heads": "body",
    "open_heads": "open",
    "foreign_heads": "gathering",
}
"""Keys of the lists of heads → kind of candidate; where two lists hold a word the first one wins.
"""

_CLOSED_HEADS = (
    "not_event_heads",
    "day_heads",
    "event_heads",
    "event_heads_weak",
    "trip_heads",
    "body_heads",
)
_SHORT_ENDINGS = ("day_heads", "open_heads")
"""Keys whose words of four letters and less end compounds, too."""
_LAST_CAPITAL = re.compile(r"[A-Za-z0-9]([A-Z][a-z]{3,})\Z")
"""What a brand ends in behind a capital of its own (MINExpo)."""
_OF_BRANDS = frozenset({"gathering", "weak"})


class HeadIndex:
    """Heads of one language: `kinds` (form → kind of candidate), `lengths` (first word of those of
    several words → how many they have, longest first).
    """

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self.kinds = self._kinds()
        self.lengths: dict[str, tuple[int, ...]] = _lengths_by_first_word(self.kinds)
        self._suffixes = self._compound_suffixes(_CLOSED_HEADS)
        self._open_suffixes = self._compound_suffixes(("open_heads",))
        self._forms_of_holding = tuple(f"{word}-" for word in lists.phrases("forms_of_holding"))
        self.kind_of = lru_cache(maxsize=20_000)(self._kind_of)

    def _kinds(self) -> dict[str, str]:
        heads: dict[str, str] = {}
        for key, kind in HEAD_KINDS.items():
            for phrase in self._lists.phrases(key):
                uninflected = key == "foreign_heads"
                forms = {phrase.casefold()} if uninflected else self._lists.forms(phrase)
                for form in forms:
                    heads.setdefault(form.replace(YO, YE), kind)
        return heads

    def _compound_suffixes(self, keys: tuple[str, ...]) -> dict[str, str]:
        """Heads of one word as endings of compounds, where the language joins them."""
        if not self._lists.grammar.joins_compounds:
            return {}
        return {
            form: HEAD_KINDS[key]
            for key in reversed(keys)
            for phrase in self._lists.phrases(key)
            if " " not in phrase and (len(phrase) > 4 or key in _SHORT_ENDINGS)
            for form in self._lists.forms(phrase)
        }

    def _kind_of(self, word: str) -> str | None:
        """Kind of head that a word (as written) is, None if it is none."""
        low = folded(word)
        kind = self.kinds.get(low) if self._may_be_head(word) else None
        if kind is None and self._suffixes and word[:1].isupper():
            kind = _compound_kind(low, self._suffixes) or _compound_kind(low, self._open_suffixes)
        if kind is None and (brand := _LAST_CAPITAL.search(word)):
            found = self.kinds.get(folded(brand.group(1)))
            kind = found if found in _OF_BRANDS else None
        if kind is None and "-" in low and self._lists.grammar.hyphenates_heads:
            last = word.rpartition("-")[2]
            kind = self.kinds.get(low.rpartition("-")[2]) if self._may_be_head(last) else None
        if kind is None and low.startswith(self._forms_of_holding):
            kind = self.kinds.get(low.partition("-")[2])
        return None if kind == "none" else kind

    def _may_be_head(self, word: str) -> bool:
        return word[:1].isupper() or not self._lists.grammar.capitalises_nouns


def _compound_kind(low: str, suffixes: Mapping[str, str]) -> str | None:
    """Kind of the longest ending of a compound, case folded."""
    if len(low) > LONGEST_COMPOUND:
        return None
    for cut in range(1, len(low) - 2):
        kind = suffixes.get(low[cut:])
        if kind:
            return kind
    return None


def _lengths_by_first_word(heads: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First word of heads of several words → how many words they have, longest first."""
    lengths: dict[str, set[int]] = {}
    for head in heads:
        words = head.split()
        if len(words) > 1:
            lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

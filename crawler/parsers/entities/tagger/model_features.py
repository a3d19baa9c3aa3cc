"""The features of words as far as a trained model has a weight for them.

A model knows about a fourth of the features of a text's words, passes over the others, and would
have each handed over and looked up anew for each word. So they are left out where the features of a
word are made, and the others are kept once for all words, as the bytes that the library takes: it
tags in half of the time, and says the same.

Most stretches hold no span. What the features of each word are worth together is kept as well, and
adding it up shows where the library need not be asked at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from crawler.parsers.entities.spans import Spans
from crawler.parsers.entities.tagger.features import (
    BEFORE_PAIR,
    BEHIND_PAIR,
    BESIDE,
    FIRST,
    KEPT_WORDS,
    LAST,
    LONGEST_WORD,
    TokenFeatures,
    what_is_known,
)
from crawler.parsers.entities.tagger.known_features import KnownFeatures
from crawler.parsers.entities.tagger.model_file import ModelContent
from crawler.parsers.entities.tagger.tokens import Token

_CLOSE = 1e-6
"""What is worth less than no span by no more than this may be one: sums are rounded."""
_KEPT_FEATURES = 5_000
_NO_PAIRS: Mapping[str, int] = {}


class _KnownWord(NamedTuple):
    """The known features of a word, and what it says of the words around.

    `gain…`: what the same features are worth together, as in `ModelContent`.
    """

    low: str = ""
    before_pairs: Mapping[str, int] = _NO_PAIRS
    """Known pairs with the next word, as features of that one: their numbers."""
    behind_pairs: Mapping[str, int] = _NO_PAIRS
    """The same as features of the word itself."""
    itself: Sequence[bytes] = ()
    two_behind: Sequence[bytes] = ()
    next: Sequence[bytes] = ()
    last: Sequence[bytes] = ()
    two_before: Sequence[bytes] = ()
    """Of the word two places before it; `last` of the one right before."""
    gain: complex = 0
    gain_two_behind: complex = 0
    gain_next: complex = 0
    gain_last: complex = 0
    gain_two_before: complex = 0


_NOTHING = (_KnownWord(), _KnownWord())


class KnownStretch(NamedTuple):
    """What is known of the words of a stretch."""

    words: Sequence[_KnownWord]
    found: Sequence[Sequence[str]]
    """For each word what tables and patterns found there."""
    further: Sequence[Sequence[str]]
    """Features of each word that another reader gives; may be left out."""


class ModelFeatures:
    """Makes the features of tokens that a model knows; those of so many words are `kept`."""

    def __init__(
        self, features: TokenFeatures, model: ModelContent, kept: int = KEPT_WORDS
    ) -> None:
        self._features = features
        self.model = model
        self._known = known = KnownFeatures(model)
        self._word = lru_cache(kept)(self._known_word)
        self._gain = lru_cache(_KEPT_FEATURES)(lambda f: known.gain(known.numbers_of(f)))
        self._one = lru_cache(_KEPT_FEATURES)(lambda f: known.features(known.numbers_of(f)))

    def look_at(
        self, stretch: Sequence[Token], names: Spans, further: Sequence[Sequence[str]] = ()
    ) -> KnownStretch:
        """What is known of a stretch; `names` are what tables and patterns found in the text."""
        words = [self._word(token.text[:LONGEST_WORD]) for token in stretch]
        return KnownStretch(words, what_is_known(stretch, names), further)

    def rows(self, known: KnownStretch) -> list[list[bytes]]:
        """The features of each token, in the order of `TokenFeatures.of`, the further ones last."""
        words, found, further = known
        around = [*_NOTHING, *words, *_NOTHING]
        rows = []
        for at, word in enumerate(words):
            row = list(word.itself)
            for each in found[at]:
                row += self._one(each)
            row += around[at].two_behind
            row += around[at + 1].next
            row += around[at + 3].last
            row += around[at + 4].two_before
            row += self._pairs(words, found, at)
            for each in further[at] if further else ():
                row += self._one(each)
            rows.append(row)
        return rows

    def may_hold_span(self, known: KnownStretch) -> bool:
        """Whether the model may label a word of the stretch at all: as Viterbi's algorithm, for
        spans alone. No span with a gain, no label.
        """
        steps, gains = self.model.steps, self._gains(known)
        # At the start there is no step from a word before it.
        begin, inside = gains[0].real, gains[0].imag
        for gain in gains[1:]:
            if begin + steps.from_begin > -_CLOSE or inside + steps.from_inside > -_CLOSE:
                return True
            # Written out: calls of `max` would take half of the time of the look.
            begins, goes_on = steps.to_begin, steps.to_inside
            if (value := begin + steps.begin_begin) > begins:
                begins = value
            if (value := inside + steps.inside_begin) > begins:
                begins = value
            if (value := begin + steps.begin_inside) > goes_on:
                goes_on = value
            if (value := inside + steps.inside_inside) > goes_on:
                goes_on = value
            begin, inside = begins + gain.real, goes_on + gain.imag
        return max(begin, inside) > -_CLOSE

    def _gains(self, known: KnownStretch) -> list[complex]:
        """What all features of each word are worth together."""
        words, found, further = known
        around = [*_NOTHING, *words, *_NOTHING]
        gains = [
            word.gain
            + two_before.gain_two_behind
            + before.gain_next
            + behind.gain_last
            + two_behind.gain_two_before
            for two_before, before, word, behind, two_behind in zip(
                around, around[1:], words, around[3:], around[4:], strict=False
            )
        ]
        gains[0] += self._gain(FIRST)
        gains[-1] += self._gain(LAST)
        gain_of = self.model.gains.item
        for at, (word, behind) in enumerate(pairwise(words)):
            if word.behind_pairs and (pair := word.behind_pairs.get(behind.low)) is not None:
                gains[at] += gain_of(pair)
            if word.before_pairs and (pair := word.before_pairs.get(behind.low)) is not None:
                gains[at + 1] += gain_of(pair)
        for at, here in enumerate(found):
            for each in here:
                gains[at] += self._gain(each)
                if at:
                    gains[at - 1] += self._gain(f"+1{each}")
                if at + 1 < len(words):
                    gains[at + 1] += self._gain(f"-1{each}")
        for at, here in enumerate(further):
            gains[at] += sum(map(self._gain, here))
        return gains

    def _pairs(
        self, words: Sequence[_KnownWord], found: Sequence[Sequence[str]], at: int
    ) -> list[bytes]:
        """As `features.pairs`."""
        word, made = words[at], list[bytes]()
        if at:
            made += self._known_pair(words[at - 1].before_pairs, word)
            for each in found[at - 1]:
                made += self._one(f"-1{each}")
        else:
            made += self._one(FIRST)
        if at + 1 < len(words):
            made += self._known_pair(word.behind_pairs, words[at + 1])
            for each in found[at + 1]:
                made += self._one(f"+1{each}")
        else:
            made += self._one(LAST)
        return made

    def _known_pair(self, pairs: Mapping[str, int], second: _KnownWord) -> Sequence[bytes]:
        number = pairs.get(second.low)
        return () if number is None else (self.model.features[number],)

    def _known_word(self, word: str) -> _KnownWord:
        said, known = self._features.word_features(word), self._known
        numbers = [
            known.numbers(said.itself),
            *(known.numbers(said.beside(step), step) for step in BESIDE),
        ]
        pairs = (known.pairs(kind, said.low) for kind in (BEFORE_PAIR, BEHIND_PAIR))
        return _KnownWord._make(
            (said.low, *pairs, *map(known.features, numbers), *map(known.gain, numbers))
        )

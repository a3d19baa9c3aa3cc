"""The features of words as far as a trained model has a weight for them.

A model knows about a fourth of the features of a text's words. What those of each word are worth
together is kept, and added up: most stretches hold no span, and where there is one kind of spans
that is all that labels hang on (`decoding.py`).

The library, which is asked about several kinds, would have each feature handed over and looked up
anew for each word. So it is given those alone that it knows, kept once for all words, as the bytes
that it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from crawler.parsers.entities.tagger.features import (
    BEFORE_PAIR,
    BEHIND_PAIR,
    BESIDE,
    FIRST,
    KEPT_WORDS,
    LAST,
    LONGEST_WORD,
    TokenFeatures,
)
from crawler.parsers.entities.tagger.known_features import KnownFeatures
from crawler.parsers.entities.tagger.model_file import ModelContent
from crawler.parsers.entities.tagger.tokens import Token

_CLOSE = 1e-6
"""What is worth less than no span by no more than this may be one: sums are rounded."""
_KEPT_FEATURES = 5_000
_NO_PAIRS: Mapping[str, int] = {}


class _KnownWord(NamedTuple):
    """What the known features of a word are worth together, as in `ModelContent`, and what it says
    of the words around.
    """

    low: str = ""
    before_pairs: Mapping[str, int] = _NO_PAIRS
    """Known pairs with the next word, as features of that one: their numbers."""
    behind_pairs: Mapping[str, int] = _NO_PAIRS
    """The same as features of the word itself."""
    itself: complex = 0
    two_behind: complex = 0
    next: complex = 0
    last: complex = 0
    two_before: complex = 0
    """Of the word two places before it; `last` of the one right before."""


class _Features(NamedTuple):
    """The known features themselves."""

    itself: Sequence[bytes] = ()
    two_behind: Sequence[bytes] = ()
    next: Sequence[bytes] = ()
    last: Sequence[bytes] = ()
    two_before: Sequence[bytes] = ()


_NOTHING, _NONE = (_KnownWord(), _KnownWord()), (_Features(), _Features())


class KnownStretch(NamedTuple):
    """What is known of the words of a stretch."""

    surfaces: Sequence[str]
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
        self._features_of = lru_cache(kept)(self._known_features)
        self._gain = lru_cache(_KEPT_FEATURES)(known.worth_of)
        self._one = lru_cache(_KEPT_FEATURES)(lambda f: known.features(known.numbers_of(f)))

    def look_at(
        self,
        stretch: Sequence[Token],
        found: Sequence[Sequence[str]],
        further: Sequence[Sequence[str]] = (),
    ) -> KnownStretch:
        """What is known of a stretch; `found` is what was found there (`what_is_known`)."""
        surfaces = [token.text[:LONGEST_WORD] for token in stretch]
        words = list(map(self._word, surfaces))
        return KnownStretch(surfaces, words, found, further)

    def rows(self, known: KnownStretch) -> list[list[bytes]]:
        """The features of each token, in the order of `TokenFeatures.of`, the further ones last."""
        surfaces, words, found, further = known
        around = [*_NONE, *map(self._features_of, surfaces), *_NONE]
        rows = []
        for at in range(len(words)):
            row = list(around[at + 2].itself)
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

    def may_hold_span(self, gains: Sequence[complex]) -> bool:
        """Whether the model may label a word of a stretch with these gains at all: as Viterbi's
        algorithm, for spans alone. No span with a gain, no label.
        """
        steps = self.model.steps
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

    def gains(self, known: KnownStretch) -> list[complex]:
        """What all features of each word are worth together."""
        _, words, found, further = known
        around = [*_NOTHING, *words, *_NOTHING]
        gains = [
            word.itself + two_before.two_behind + before.next + behind.last + two_behind.two_before
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
        said = self._features.word(word)
        pairs = (self._known.pairs(kind, said.low) for kind in (BEFORE_PAIR, BEHIND_PAIR))
        # `near` holds all of `far`, and nothing else is known of words farther away.
        of_others = self._known.worth_beside(said.near)
        return _KnownWord._make((said.low, *pairs, self._known.worth(said.itself), *of_others))

    def _known_features(self, word: str) -> _Features:
        said, numbers = self._features.word(word), self._known.numbers
        of_others = (numbers(said.beside(step), step) for step in BESIDE)
        return _Features._make(map(self._known.features, (numbers(said.itself), *of_others)))

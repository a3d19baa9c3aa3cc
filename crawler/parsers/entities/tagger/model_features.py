"""The features of words as far as a trained model has a weight for them.

A model knows about a fourth of the features of a text's words, passes over the others, and would
have each handed over and looked up anew for each word. So they are left out where the features of a
word are made, and the others are kept once for all words, as the bytes that the library takes: it
tags in half of the time, and says the same.

Most stretches hold no span. What the features of each word are worth together is kept as well, and
adding it up shows where the library need not be asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from crawler.parsers.entities.tagger.model_file import ModelContent
from crawler.parsers.entities.tagger.tokens import Token

_CLOSE = 1e-6
"""What is worth less than no span by no more than this may be one: sums are rounded."""
_KEPT_FEATURES = 5_000


class _KnownWord(NamedTuple):
    """The known features of a word, and what it says of the words around.

    `gain…`: what the same features are worth together, as in `ModelContent`.
    """

    low: bytes = b""
    before_pair: bytes = b""
    """How a pair with the next word begins as a feature of that one; empty where none is known."""
    behind_pair: bytes = b""
    """The same as a feature of the word itself."""
    itself: tuple[bytes, ...] = ()
    two_behind: tuple[bytes, ...] = ()
    next: tuple[bytes, ...] = ()
    last: tuple[bytes, ...] = ()
    two_before: tuple[bytes, ...] = ()
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
        self._paired = {
            prefix: _first_words(model.numbers, prefix) for prefix in (BEFORE_PAIR, BEHIND_PAIR)
        }
        self._word = lru_cache(kept)(self._known_word)
        self._gain = lru_cache(_KEPT_FEATURES)(lambda feature: self._gain_of([feature]))
        self._one = lru_cache(_KEPT_FEATURES)(lambda feature: tuple(self._known([feature])))

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
            if max(begin + steps.from_begin, inside + steps.from_inside) > -_CLOSE:
                return True
            begins = begin + steps.begin_begin, inside + steps.inside_begin
            goes_on = begin + steps.begin_inside, inside + steps.inside_inside
            begin = max(steps.to_begin, *begins) + gain.real
            inside = max(steps.to_inside, *goes_on) + gain.imag
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
        for at, (word, behind) in enumerate(pairwise(words)):
            if word.behind_pair:
                gains[at] += self._gain_of_pair(word.behind_pair + behind.low)
            if word.before_pair:
                gains[at + 1] += self._gain_of_pair(word.before_pair + behind.low)
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

    def _gain_of_pair(self, pair: bytes) -> complex:
        number = self.model.numbers.get(pair)
        return 0 if number is None else self.model.gains.item(number)

    def _pairs(
        self, words: Sequence[_KnownWord], found: Sequence[Sequence[str]], at: int
    ) -> list[bytes]:
        """As `features.pairs`."""
        word, made = words[at], list[bytes]()
        if at:
            if words[at - 1].before_pair:
                made += self._known_pair(words[at - 1].before_pair + word.low)
            for each in found[at - 1]:
                made += self._one(f"-1{each}")
        else:
            made += self._one(FIRST)
        if at + 1 < len(words):
            if word.behind_pair:
                made += self._known_pair(word.behind_pair + words[at + 1].low)
            for each in found[at + 1]:
                made += self._one(f"+1{each}")
        else:
            made += self._one(LAST)
        return made

    def _known_pair(self, pair: bytes) -> Sequence[bytes]:
        number = self.model.numbers.get(pair)
        return () if number is None else (self.model.features[number],)

    def _known_word(self, word: str) -> _KnownWord:
        found = self._features.word_features(word)
        before_pair, behind_pair = (
            f"{prefix}{found.low}|".encode() if found.low in self._paired[prefix] else b""
            for prefix in (BEFORE_PAIR, BEHIND_PAIR)
        )
        said = (found.itself, *(found.beside[step] for step in BESIDE))
        itself, *beside = (tuple(self._known(each)) for each in said)
        two_behind, following, last, two_before = beside
        return _KnownWord(
            _encode(found.low),
            before_pair,
            behind_pair,
            itself,
            two_behind,
            following,
            last,
            two_before,
            *(self._gain_of(each) for each in said),
        )

    def _known(self, features: Iterable[str]) -> list[bytes]:
        """Those of the features that the model knows."""
        numbers, kept = self.model.numbers, self.model.features
        found = (numbers.get(_encode(feature)) for feature in features)
        return [kept[number] for number in found if number is not None]

    def _gain_of(self, features: Iterable[str]) -> complex:
        numbers, item = self.model.numbers, self.model.gains.item
        found = (numbers.get(_encode(feature)) for feature in features)
        return sum((item(n) for n in found if n is not None), 0j)


def _encode(feature: str) -> bytes:
    return feature.encode(errors="surrogatepass")


def _first_words(known: Iterable[bytes], prefix: str) -> frozenset[str]:
    """The first words of the pairs that are known."""
    begins = prefix.encode()
    rest = (each[len(begins) :].decode() for each in known if each.startswith(begins))
    return frozenset(pair[0] + pair[1:].partition("|")[0] for pair in rest)

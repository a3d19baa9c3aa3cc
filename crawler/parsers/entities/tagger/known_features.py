"""The features that a trained model knows, looked up as they are said of a word: by the step to it
and without its number in front, of a pair by the first word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sys import intern

from crawler.parsers.entities.tagger.features import BEFORE_PAIR, BEHIND_PAIR, BESIDE
from crawler.parsers.entities.tagger.model_file import ModelContent

_STEPS = {str(step): step for step in BESIDE}
_OPENS_STEP = "-012"
_ITSELF = 0
_NO_PAIRS: Mapping[str, int] = {}


class KnownFeatures:
    """The numbers of a model's features."""

    def __init__(self, model: ModelContent) -> None:
        self._model = model
        self._of_step: dict[int, dict[str, int]] = {step: {} for step in (_ITSELF, *BESIDE)}
        self._pairs: dict[str, dict[str, dict[str, int]]] = {BEFORE_PAIR: {}, BEHIND_PAIR: {}}
        self._beside: dict[str, list[complex]] = {}
        """What one that is said of the words around is worth there, by the places of `BESIDE`."""
        itself = self._of_step[_ITSELF]
        for number, feature in enumerate(map(bytes.decode, model.features)):
            if feature[:1] in _OPENS_STEP:
                self._add(feature, number)
            else:
                itself[intern(feature)] = number

    def _add(self, feature: str, number: int) -> None:
        pairs = self._pairs.get(feature[: len(BEFORE_PAIR)])
        prefix = BEFORE_PAIR
        if pairs is None:
            pairs, prefix = self._pairs.get(feature[: len(BEHIND_PAIR)]), BEHIND_PAIR
        if pairs is None:
            step, rest = _apart(feature)
            rest = intern(rest)
            self._of_step[step][rest] = number
            if step != _ITSELF:
                worth = self._beside.setdefault(rest, [0j] * len(BESIDE))
                worth[BESIDE.index(step)] = self._model.gains.item(number)
            return
        first, last = _words_of_pair(feature[len(prefix) :])
        pairs.setdefault(intern(first), {})[last] = number

    def pairs(self, kind: str, first: str) -> Mapping[str, int]:
        """The second words of pairs that begin with a word, and their numbers."""
        return self._pairs[kind].get(first, _NO_PAIRS)

    def numbers(self, features: Iterable[str], step: int = _ITSELF) -> list[int]:
        """Those of the features of a word from which so many steps lead to where they are said."""
        number = self._of_step[step].get
        return [n for feature in features if (n := number(feature)) is not None]

    def numbers_of(self, feature: str) -> list[int]:
        """The number of a feature with its step in front; none where it is unknown."""
        step, rest = _apart(feature)
        return self.numbers((rest,), step)

    def features(self, numbers: Iterable[int]) -> Sequence[bytes]:
        """As the library takes them, the same ones for all words."""
        every = self._model.features
        return tuple([every[number] for number in numbers])

    def worth(self, features: Iterable[str], step: int = _ITSELF) -> complex:
        """What those that are known are worth together, as in `ModelContent`; as `numbers`."""
        number, gain = self._of_step[step].get, self._model.gains.item
        return sum([gain(n) for feature in features if (n := number(feature)) is not None], 0j)

    def worth_beside(self, features: Iterable[str]) -> list[complex]:
        """The same of what a word says of those around, by the places of `BESIDE`."""
        known = [worth for f in features if (worth := self._beside.get(f)) is not None]
        return [sum(of_step, 0j) for of_step in zip(*known, strict=True)] or [0j] * len(BESIDE)

    def worth_of(self, feature: str) -> complex:
        """What a feature with its step in front is worth; nothing where it is unknown."""
        step, rest = _apart(feature)
        return self.worth((rest,), step)


def _apart(feature: str) -> tuple[int, str]:
    """The step that a feature begins with, and what it says."""
    for length in (1, 2):
        step = _STEPS.get(feature[:length])
        if step is not None:
            return step, feature[length:]
    return _ITSELF, feature


def _words_of_pair(pair: str) -> tuple[str, str]:
    """Its words; the first one may be the sign between them."""
    first, _, last = pair[1:].partition("|")
    return pair[0] + first, last

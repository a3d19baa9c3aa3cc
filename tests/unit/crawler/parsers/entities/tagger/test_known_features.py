"""A feature is looked up by where it is said as it is by its whole name."""

from __future__ import annotations

import numpy as np
import pytest

from crawler.parsers.entities.tagger.features import BEFORE_PAIR, BEHIND_PAIR
from crawler.parsers.entities.tagger.known_features import KnownFeatures
from crawler.parsers.entities.tagger.model_file import ModelContent, Steps

NAMES = ("w=kies", "-1w=kies", "2w=kies", "+1B:places", "-1|0=der|kies", "0|1=||kies", "0|1=|||")


@pytest.fixture
def known() -> KnownFeatures:
    gains = np.array([complex(number, 1) for number in range(len(NAMES))])
    features = tuple(name.encode() for name in NAMES)
    return KnownFeatures(ModelContent(features, gains, Steps(*[0.0] * 8)))


def test_by_the_step_to_the_word(known: KnownFeatures) -> None:
    said = ("w=kies", "w=unknown")
    assert [known.numbers(said, step) for step in (-2, -1, 1, 2)] == [[], [1], [], [2]]
    assert known.numbers(said) == [0]


def test_by_the_words_of_a_pair(known: KnownFeatures) -> None:
    assert known.pairs(BEFORE_PAIR, "der") == {"kies": 4}
    assert known.pairs(BEHIND_PAIR, "|") == {"kies": 5, "|": 6}
    assert not known.pairs(BEHIND_PAIR, "der")


def test_by_its_name_and_what_it_is_worth(known: KnownFeatures) -> None:
    for number, name in enumerate(NAMES[:4]):
        assert known.numbers_of(name) == [number]
        assert known.features([number]) == (name.encode(),)
    assert known.numbers_of("1w=kies") == []
    assert known.worth(("w=kies", "w=unknown")) == 0 + 1j
    assert known.worth(("w=kies", "w=unknown"), -1) == 1 + 1j
    assert (known.worth_of("+1B:places"), known.worth_of("1w=kies")) == (3 + 1j, 0)

"""Labels of words, and how likely they are, from what the features of each word are worth: what the
library does with a model of one kind of spans, without handing it each feature anew.

Viterbi's algorithm, and forward and backward sums, as in Sutton and McCallum, "An Introduction to
Conditional Random Fields" (2012), section 4.1. All is compared with a word that is in no span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from typing import TypeAlias

from crawler.parsers.entities.tagger.labels import BEGIN, INSIDE, OUTSIDE
from crawler.parsers.entities.tagger.model_file import Steps

_Sums: TypeAlias = tuple[float, float, float]
"""Of the three labels, in the order of `_LABELS`."""

_LABELS = (BEGIN, INSIDE, OUTSIDE)


def likeliest_labels(gains: Sequence[complex], steps: Steps) -> list[str]:
    """The labels of the likeliest sequence; of each word its gain as in `ModelContent`."""
    begin, inside, outside = gains[0].real, gains[0].imag, 0.0
    ways: list[tuple[str, str, str]] = []
    """Of each word but the first the likeliest label before it, for each of its own."""
    for gain in gains[1:]:
        # Written out: calls of `max` would take most of the time.
        before_begin, begins = OUTSIDE, outside + steps.to_begin
        if (value := begin + steps.begin_begin) > begins:
            before_begin, begins = BEGIN, value
        if (value := inside + steps.inside_begin) > begins:
            before_begin, begins = INSIDE, value
        before_inside, goes_on = OUTSIDE, outside + steps.to_inside
        if (value := begin + steps.begin_inside) > goes_on:
            before_inside, goes_on = BEGIN, value
        if (value := inside + steps.inside_inside) > goes_on:
            before_inside, goes_on = INSIDE, value
        before_outside, ends = OUTSIDE, outside
        if (value := begin + steps.from_begin) > ends:
            before_outside, ends = BEGIN, value
        if (value := inside + steps.from_inside) > ends:
            before_outside, ends = INSIDE, value
        ways.append((before_begin, before_inside, before_outside))
        begin, inside, outside = begins + gain.real, goes_on + gain.imag, ends
    best = max(begin, inside, outside)
    label = OUTSIDE if outside == best else BEGIN if begin == best else INSIDE
    labels = [label]
    for way in reversed(ways):
        label = way[_LABELS.index(label)]
        labels.append(label)
    return labels[::-1]


def likelihoods(labels: Sequence[str], gains: Sequence[complex], steps: Steps) -> list[float]:
    """How likely the label of each word is."""
    worth = [(exp(gain.real), exp(gain.imag)) for gain in gains]
    forward, backward = _forward(worth, steps), reversed([*_backward(worth, steps)])
    found = []
    for label, before, behind in zip(labels, forward, backward, strict=True):
        shares = before[0] * behind[0], before[1] * behind[1], before[2] * behind[2]
        found.append(shares[_LABELS.index(label)] / sum(shares))
    return found


def _forward(worth: Sequence[tuple[float, float]], steps: Steps) -> Iterator[_Sums]:
    """Of each word the sums over all that may stand before it, in parts of their whole."""
    to_begin, to_inside = exp(steps.to_begin), exp(steps.to_inside)
    begin_begin, begin_inside = exp(steps.begin_begin), exp(steps.begin_inside)
    inside_begin, inside_inside = exp(steps.inside_begin), exp(steps.inside_inside)
    from_begin, from_inside = exp(steps.from_begin), exp(steps.from_inside)
    b, i, o = *worth[0], 1.0
    for of_begin, of_inside in [*worth[1:], (0.0, 0.0)]:
        whole = b + i + o
        b, i, o = b / whole, i / whole, o / whole
        yield b, i, o
        b, i, o = (
            (b * begin_begin + i * inside_begin + o * to_begin) * of_begin,
            (b * begin_inside + i * inside_inside + o * to_inside) * of_inside,
            b * from_begin + i * from_inside + o,
        )


def _backward(worth: Sequence[tuple[float, float]], steps: Steps) -> Iterator[_Sums]:
    """Of each word, from the last one on, the sums over all that may stand behind it."""
    to_begin, to_inside = exp(steps.to_begin), exp(steps.to_inside)
    begin_begin, begin_inside = exp(steps.begin_begin), exp(steps.begin_inside)
    inside_begin, inside_inside = exp(steps.inside_begin), exp(steps.inside_inside)
    from_begin, from_inside = exp(steps.from_begin), exp(steps.from_inside)
    b = i = o = 1.0
    for of_begin, of_inside in reversed(worth):
        whole = b + i + o
        b, i, o = b / whole, i / whole, o / whole
        yield b, i, o
        begins, goes_on = b * of_begin, i * of_inside
        b, i, o = (
            begins * begin_begin + goes_on * begin_inside + o * from_begin,
            begins * inside_begin + goes_on * inside_inside + o * from_inside,
            begins * to_begin + goes_on * to_inside + o,
        )

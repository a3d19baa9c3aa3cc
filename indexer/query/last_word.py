"""The last word on passages with the words of a topic: what they mean, where terms say too much or
too little.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from indexer.meaning.packing import LONGEST_TEXT
from indexer.meaning.sense import SenseJudge
from indexer.query.compiled import AllOf, CompiledNode, OneOf, Prefix, Words
from indexer.query.leaves import occurrences_of
from indexer.query.same_passage import passages_with
from indexer.query.view import PageView

_BEFORE = LONGEST_TEXT // 3
"""Characters of a long passage that are read before the word which is judged."""


@dataclass(frozen=True, slots=True, eq=False)
class LastWord:
    """Which of the passages that hold a query mean what is wanted; those without the words that it
    judges keep what the terms told.
    """

    judge: SenseJudge
    words: CompiledNode
    """What is judged: words, or a choice of them."""
    told: bool
    """Whether the terms of the topic match these passages."""

    def of(self, numbers: Collection[int], view: PageView) -> set[int]:
        """The passages that keep it. In a language that nobody has labelled, terms decide."""
        lang = view.record.lang
        if lang is None or not self.judge.knows(lang):
            return set(numbers) if self.told else set()
        judged = passages_with(self.words, view)
        return {
            number
            for number in numbers
            if (
                self.judge.means(self._text(number, view), lang, told=self.told)
                if number in judged
                else self.told
            )
        }

    def _text(self, number: int, view: PageView) -> str:
        """The passage; of a long one, what stands around the first of the words."""
        text: str = view.record.passages[number].text
        if len(text) <= LONGEST_TEXT:
            return text
        places = [
            (first, last)
            for leaf in _leaves(self.words)
            for of_passage, first, last in occurrences_of(leaf, view) or ()
            if of_passage == number
        ]
        start = view.passages.spans(number, [min(places)])[0][0] if places else 0
        begin = max(0, min(start - _BEFORE, len(text) - LONGEST_TEXT))
        return text[begin : begin + LONGEST_TEXT]


def _leaves(node: CompiledNode) -> list[Words | Prefix]:
    if isinstance(node, AllOf | OneOf):
        return [leaf for operand in node.operands for leaf in _leaves(operand)]
    return [node] if isinstance(node, Words | Prefix) else []

"""Compiles the words of a query: to the words themselves, their stems, and the concepts that they
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    ExactValue,
    OneOf,
    Prefix,
    TokenSequence,
    Words,
)
from indexer.query.concepts import Concept, Concepts, by_stems
from indexer.query.fields import PASSAGE_FIELDS, Field
from indexer.query.syntax import Term
from indexer.text.analysis import Analyzer
from indexer.text.folding import surfaces_of
from indexer.text.words import is_hyphenated, spans

ANYWHERE = PASSAGE_FIELDS
"""Fields in which words without a field are searched."""


class WordCompiler:
    """Compiles words, phrases and prefixes."""

    def __init__(self, analyzer: Analyzer, concepts: Concepts) -> None:
        self._analyzer = analyzer
        self._concepts = concepts

    def run(self, run: Sequence[Term]) -> Iterator[CompiledNode]:
        """Adjacent words: the longest labels of concepts among them, and the other words. What only
        binds the words beside it (of) need not occur.
        """
        position = 0
        while position < len(run):
            length, concepts = self._longest_label(run[position:])
            taken = run[position : position + length]
            if concepts or not (0 < position < len(run) - 1 and self._binds(taken[0])):
                written = " ".join(term.text for term in taken)
                words = tuple(
                    self._with_neighbours(run, number, written)
                    for number in range(position, position + length)
                )
                yield self._with_concepts(words, concepts, written)
            position += length

    def phrase(self, term: Term) -> CompiledNode:
        """A phrase anywhere, and the concepts of which it is a label."""
        surfaces = surfaces_of(term.text)
        concepts = self._concepts.find(surfaces, term.text) if surfaces else []
        words = (self.text(ANYWHERE, term.text, term.text),)
        return self._with_concepts(words, concepts, term.text)

    def in_field(self, term: Term, field: Field) -> Words:
        """A word field; labels of concepts are searched only in title and text."""
        words = self.text((field.name,), term.text, term.written)
        if field.name not in ANYWHERE:
            return words
        labels = (
            tokens
            for concept in self._concepts.find(surfaces_of(term.text), term.text)
            for tokens in self._concepts.in_texts(concept)
        )
        return Words(words.fields, tuple(dict.fromkeys((*words.alternatives, *labels))), words.term)

    def text(self, fields: tuple[str, ...], text: str, term: str) -> Words:
        """The words of `text` next to each other: as they are, by stems, and as one word."""
        surfaces = surfaces_of(text)
        alternatives = list(_adjacent_tokens(surfaces))
        if surfaces and _is_one_word(text):
            if len(surfaces) > 1:
                alternatives += _adjacent_tokens(("".join(surfaces),))
            tokens = self._analyzer.compound_tokens(surfaces), self._analyzer.tokens_apart(surfaces)
            alternatives += [TokenSequence("parts", (token,)) for token in chain(*tokens)]
        return Words(fields, tuple(dict.fromkeys(alternatives)), term)

    def prefix(self, term: Term, fields: tuple[str, ...]) -> CompiledNode:
        """A prefix; words before it (Cluster-Strat*) only have to occur."""
        *whole, last = surfaces_of(term.text)
        written = f"{term.text}*"
        before = tuple(self.text(fields, word, written) for word in whole)
        prefix = Prefix(fields, last, written)
        return AllOf((*before, prefix)) if before else prefix

    def _binds(self, term: Term) -> bool:
        """Whether a word only binds those beside it; with capitals it may be a name (MIT, An)."""
        return term.text.islower() and all(map(self._analyzer.binds, surfaces_of(term.text)))

    def _with_neighbours(self, run: Sequence[Term], number: int, written: str) -> Words:
        """A word, also as a part of the one that it is written as with a word beside it."""
        words = self.text(ANYWHERE, run[number].text, written)
        joined = [
            tokens
            for one, other in pairwise(run[max(number - 1, 0) : number + 2])
            for tokens in self._as_one_word(one.text, other.text)
        ]
        return Words(words.fields, (*words.alternatives, *joined), written) if joined else words

    def _as_one_word(self, one: str, other: str) -> tuple[TokenSequence, ...]:
        """Two words as one, where they are also written so."""
        surfaces = (*surfaces_of(one), *surfaces_of(other))
        if len(surfaces) != len((one, other)) or not self._analyzer.adjoins(surfaces[1]):
            return ()
        return _adjacent_tokens(("".join(surfaces),))

    def _longest_label(self, run: Sequence[Term]) -> tuple[int, list[Concept]]:
        surfaces: list[tuple[str, ...]] = []
        for term in run:
            surfaces.append(surfaces_of(term.text))
            if sum(map(len, surfaces)) > self._concepts.longest:
                break
        for length in range(len(surfaces), 0, -1):
            words = tuple(word for term in surfaces[:length] for word in term)
            written = " ".join(term.text for term in run[:length])
            concepts = self._concepts.find(words, written) if words else []
            if concepts:
                return length, concepts
        return 1, []

    def _with_concepts(
        self, words: tuple[Words, ...], concepts: Sequence[Concept], term: str
    ) -> CompiledNode:
        """The words themselves, or the concepts of which they are a label."""
        if len(words) == 1 and not concepts:  # most words
            return words[0]
        labels = tuple(
            tokens for concept in concepts for tokens in self._concepts.in_texts(concept)
        )
        if len(words) == 1:
            alternatives = tuple(dict.fromkeys((*words[0].alternatives, *labels)))
            text: list[CompiledNode] = [Words(ANYWHERE, alternatives, term)]
        else:
            text = [AllOf(words)]
            if labels:
                text.append(Words(ANYWHERE, tuple(dict.fromkeys(labels)), term))
        values = [ExactValue(field, ids, term) for field, ids in by_field(concepts).items()]
        return text[0] if len(text) == 1 and not values else OneOf((*text, *values))


def _is_one_word(text: str) -> bool:
    """Whether a text is one word, or words joined by hyphens."""
    return all(is_hyphenated(text, one[1], other[0]) for one, other in pairwise(spans(text)))


def _adjacent_tokens(surfaces: tuple[str, ...]) -> tuple[TokenSequence, ...]:
    """Adjacent words: as they are, and by their stems in each language."""
    return TokenSequence("surface", surfaces), *by_stems(surfaces)


def by_field(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    """Ids of concepts by their field."""
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        found[concept.field] = (*found.get(concept.field, ()), concept.id)
    return found

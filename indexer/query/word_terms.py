"""Compiles the words of a query: to the words themselves, their stems, and the concepts that they
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from indexer.query.as_written import as_asked
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
from indexer.query.material_phrases import MaterialPhrases, Phrase
from indexer.query.person_words import (
    LONGEST_SHORT_NAME,
    ShortName,
    person_of_word,
    short_name,
)
from indexer.query.syntax import Term
from indexer.text.analysis import Analyzer
from indexer.text.folding import surfaces_of, umlauts_read, umlauts_spelled_out
from indexer.text.words import is_hyphenated, spans

ANYWHERE = PASSAGE_FIELDS
"""Fields in which words without a field are searched."""


class WordCompiler:
    """Compiles words, phrases and prefixes."""

    def __init__(self, analyzer: Analyzer, concepts: Concepts, phrases: MaterialPhrases) -> None:
        self._analyzer = analyzer
        self._concepts = concepts
        self._phrases = phrases
        self._word = lru_cache(maxsize=2_000)(self._compile_word)
        """Watches share many words: the same object is looked up once for a page."""

    def run(self, run: Sequence[Term]) -> Iterator[CompiledNode]:
        """Adjacent words: the longest labels of concepts among them, and the other words. What
        several say of a raw material may be said in other words.
        """
        parts, done = list(self._with_persons(run)), 0
        for first, end, phrase in self._phrases_in(run):
            inside = [part for part in parts if first <= part[0] and part[1] <= end]
            if not inside or (inside[0][0], inside[-1][1]) != (first, end):
                continue  # a longer label reaches in, or holds all of it
            yield from (node for start, _, node in parts if done <= start < first)
            words = AllOf(tuple(node for _, _, node in inside))
            yield self._also_said(words, phrase, _written(run[first:end]))
            done = end
        yield from (node for start, _, node in parts if start >= done)

    def _phrases_in(self, run: Sequence[Term]) -> Iterator[tuple[int, int, Phrase]]:
        """First word of what is said of a raw material, the word behind it, and what it says."""
        words, binds = [surfaces_of(term.text) for term in run], [self._binds(term) for term in run]
        position = 0
        while position < len(run) - 1:
            found = self._phrases.of_words(words[position:], binds[position:])
            if found:
                yield position, position + found[0], found[1]
            position += found[0] if found else 1

    def _labels_and_words(self, run: Sequence[Term]) -> Iterator[tuple[int, int, CompiledNode]]:
        """The longest labels of concepts, and the other words: the number of the first, that behind
        the last, and what they ask. What only binds the words beside it (of) need not occur.
        """
        position = 0
        while position < len(run):
            length, concepts = self._longest_label(run[position:])
            taken = run[position : position + length]
            if concepts or not (0 < position < len(run) - 1 and self._binds(taken[0])):
                end = position + length
                joined = [self._joined(run, number) for number in range(position, end)]
                if length == 1 and not joined[0]:
                    node = self._word(taken[0].text)
                else:
                    node = self._with_neighbours(taken, joined, concepts)
                yield position, end, node
            position += length

    def _with_persons(self, run: Sequence[Term]) -> Iterator[tuple[int, int, CompiledNode]]:
        """The same; who is named by an initial is one thing. An initial is a word of many pages (А,
        A): it counts beside its surname only.
        """
        done = 0
        parts = list(self._labels_and_words(run))
        for number, (first, end, node) in enumerate(parts):
            if first < done:
                continue
            named = self._person_at(run, first)
            ends = [part[1] for part in parts[number:]]
            if named is None or named[0] not in ends:
                yield first, end, node
                continue
            done, person = named
            written = _written(run[first:done])
            words: CompiledNode = self.text(ANYWHERE, written, written)
            if not person.is_marked:
                inside = parts[number : number + ends.index(done) + 1]
                words = AllOf(tuple(node for _, _, node in inside))
            yield first, done, OneOf((words, person.persons(written)))

    def _person_at(self, run: Sequence[Term], first: int) -> tuple[int, ShortName] | None:
        """Who is named by an initial from a word of the query on, and the word behind that name.
        The initial belongs to the surname behind it, if there is one.
        """
        for end in range(min(first + LONGEST_SHORT_NAME, len(run)), first + 1, -1):
            person = self._short_name(run[first:end])
            if person and not (
                run[first].text.startswith(person.surname)
                and self._short_name(run[end - 1 : end + 1])
            ):
                return end, person
        person = self._short_name(run[first : first + 1])  # F.Nazarov
        return (first + 1, person) if person else None

    def _short_name(self, run: Sequence[Term]) -> ShortName | None:
        person = short_name(_written(run))
        if person is None or self._concepts.find(surfaces_of(person.surname), person.surname):
            return None
        labels = (self._longest_label(run[first:]) for first in range(len(run)))  # U.S. Steel
        return None if any(concepts for _, concepts in labels) else person

    def _compile_word(self, text: str) -> CompiledNode:
        surfaces = surfaces_of(text)
        concepts = self._concepts.find(surfaces, text) if surfaces else []
        words = self.text(ANYWHERE, text, text)
        return self._single(self._with_concepts((words,), concepts, text), text, concepts)

    def _single(self, node: CompiledNode, text: str, concepts: Sequence[Concept]) -> CompiledNode:
        """A word that names no concept may say something of a raw material, or be a person's."""
        if concepts:
            return node
        if phrase := self._in_one_word(text):
            return self._also_said(node, phrase, text)
        person = person_of_word(text, text)
        return OneOf((node, person)) if person else node

    def phrase(self, term: Term) -> CompiledNode:
        """A phrase anywhere, as it is written, and the concepts of which it is a label."""
        surfaces = surfaces_of(term.text)
        concepts = self._concepts.find(surfaces, term.text) if surfaces else []
        words = as_asked(self.text(ANYWHERE, term.text, term.text))
        return self._with_concepts((words,), concepts, term.text)

    def in_field(self, term: Term, field: Field) -> Words:
        """A word field; labels of concepts are searched only in title and text."""
        words = self.text((field.name,), term.text, term.written)
        if field.name not in ANYWHERE:
            return words
        phrase = self._in_one_word(term.text)
        labels = (
            tokens
            for concept in self._concepts.find(surfaces_of(term.text), term.text)
            for tokens in self._concepts.in_texts(concept)
        )
        return words.with_more(labels, self._phrases.said(phrase) if phrase else ())

    def _in_one_word(self, text: str) -> Phrase | None:
        """What a compound says of a raw material."""
        return self._phrases.of_compound(surfaces_of(text)) if _is_one_word(text) else None

    def text(self, fields: tuple[str, ...], text: str, term: str) -> Words:
        """The words of `text` next to each other; what names people does not find a material."""
        surfaces, words = surfaces_of(text), self._in_all_forms(fields, text, term)
        return _unstemmed(words) if surfaces and self._concepts.names_people(surfaces) else words

    def _in_all_forms(self, fields: tuple[str, ...], text: str, term: str) -> Words:
        """Words as they are, by stems, and as one word. What they are if two letters mean an umlaut
        may be other words: it is said otherwise.
        """
        surfaces = surfaces_of(text)
        alternatives = list(_adjacent_tokens(surfaces))
        if spelled_out := umlauts_spelled_out(text):
            alternatives.append(TokenSequence("surface", spelled_out))
        if surfaces and _is_one_word(text):
            if len(surfaces) > 1:
                alternatives += _adjacent_tokens(("".join(surfaces),))
            tokens = self._analyzer.compound_tokens(surfaces), self._analyzer.tokens_apart(surfaces)
            alternatives += [TokenSequence("parts", (token,)) for token in chain(*tokens)]
        read = umlauts_read(surfaces)
        words = Words(fields, tuple(dict.fromkeys(alternatives)), term)
        return words.with_more(otherwise=[TokenSequence("surface", read)]) if read else words

    def _also_said(self, node: CompiledNode, phrase: Phrase, term: str) -> CompiledNode:
        """What is asked, or what says the same of a raw material in any language."""
        said = self._phrases.said(phrase)
        if isinstance(node, Words):
            return node.with_more(otherwise=said)
        return OneOf((node, Words(ANYWHERE, said, term, len(said))))

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

    def _with_neighbours(
        self,
        taken: Sequence[Term],
        joined: Sequence[Sequence[TokenSequence]],
        concepts: Sequence[Concept],
    ) -> CompiledNode:
        """Words that name concepts, or one that names none; also as parts of the words that they
        are written as with those beside them.
        """
        written = _written(taken)
        words = tuple(
            self.text(ANYWHERE, term.text, written).with_more(more)
            for term, more in zip(taken, joined, strict=True)
        )
        node = self._with_concepts(words, concepts, written)
        return self._single(node, written, concepts) if len(taken) == 1 else node

    def _joined(self, run: Sequence[Term], number: int) -> list[TokenSequence]:
        """What a word is written as together with one beside it."""
        return [
            tokens
            for one, other in pairwise(run[max(number - 1, 0) : number + 2])
            for tokens in self._as_one_word(one.text, other.text)
        ]

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
            text: list[CompiledNode] = [words[0].with_more(labels)]
        else:
            text = [AllOf(words)]
            if labels:
                text.append(Words(ANYWHERE, tuple(dict.fromkeys(labels)), term))
        values = [ExactValue(field, ids, term) for field, ids in by_field(concepts).items()]
        return text[0] if len(text) == 1 and not values else OneOf((*text, *values))


def _unstemmed(words: Words) -> Words:
    """The words as they are, with and without the s of the genitive: their stems are those of other
    words.
    """
    asked = [each for each in words.asked if each.stream == "surface"]
    others = [each for each in words.otherwise if each.stream == "surface"]
    asked = [form for each in asked for form in (each, _other_case(each))]
    others = [form for each in others for form in (each, _other_case(each))]
    return Words(words.fields, tuple(asked), words.term).with_more(otherwise=others)


def _other_case(name: TokenSequence) -> TokenSequence:
    *before, last = name.tokens
    other = last[:-1] if last.endswith("s") else f"{last}s"
    return TokenSequence("surface", (*before, other))


def _written(run: Sequence[Term]) -> str:
    return " ".join(term.text for term in run)


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

"""Compiles the query tree to tokens, concepts and days.

A word of a query has no language: it is searched as it is (folded) and by its stems in all
languages. The longest run of words, or a phrase, that is a label of a concept also finds documents
with that concept, and the concept's labels in every language.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.meaning.packing import REMEDY, Vector
from indexer.meaning.sense import SenseJudge, find_sense
from indexer.query.as_written import as_written, bounded, umlauts_as_written
from indexer.query.close_words import of_several_words
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    ExactValue,
    OneOf,
    Prefix,
    SamePassage,
    Without,
    Words,
)
from indexer.query.concepts import concepts_of
from indexer.query.evaluator import holds
from indexer.query.fields import MERGED_FIELDS, Field, did_you_mean, find_field, meant_by
from indexer.query.intervals import date_interval, range_interval
from indexer.query.last_word import LastWord
from indexer.query.material_phrases import MaterialPhrases
from indexer.query.naming import Naming
from indexer.query.other_words import OtherWords, askable
from indexer.query.parser import parse_query
from indexer.query.person_words import person_otherwise
from indexer.query.record import record_of
from indexer.query.same_passage import may_match
from indexer.query.sure import SURE_EVENT, beside_sure, of_sure_values
from indexer.query.syntax import And, Asterisk, Node, Not, Or, Query, Range, Term
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.query.word_terms import ANYWHERE, WordCompiler, by_field
from indexer.records.document import Passage, StoredDocument
from indexer.records.errors import MeaningUnavailable, QueryError
from indexer.records.reference import Reference
from indexer.records.values import is_language
from indexer.text.analysis import Analyzer
from indexer.text.folding import surfaces_of

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder

CONCEPT_FIELDS = {
    "country": ("country",),
    "place": ("place", "country"),
    "commodity": ("commodity",),
    "organisation": ("organisation",),
    "strategy": ("strategy",),
}
"""Field of a query → fields of the concepts that it accepts."""


_LONGER_CODE = re.compile(r"[a-z]{3}")
"""ISO 639-3, of which there are too many to know them."""
_WORD = re.compile(r"[\w-]*\w")
_SIGNS = re.compile(r"[:*]")
"""Of what is no words: a value, a beginning."""
_SAID_OTHERWISE = 0.5
"""What other words weigh in the meaning of a text: since questions are turned, 0.5 is better than
0.3 (docs/experiments.md).
"""
_QUESTIONS = 32
"""Whose meaning is kept: the pages of a result ask for the same one."""


class QueryCompiler:
    """Compiles queries against reference tables and topics; safe to share between threads."""

    def __init__(
        self,
        reference: Reference,
        topics: Mapping[str, Topic],
        encoder: Encoder | None = None,
        homes: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`homes`: source → its name: that of a body, its pages may put it in short."""
        self.homes = homes
        self.analyzer = Analyzer(reference)
        self.concepts = concepts_of(reference)
        self.naming = Naming(self.concepts)
        phrases = MaterialPhrases(reference, self.analyzer, self.concepts)
        self._words = WordCompiler(self.analyzer, self.concepts, phrases)
        self._languages = {
            str(name).casefold(): lang
            for lang, words in reference.languages.items()
            for name in (words.get("name", lang), *words.get("other_names", ()))
        }
        self._topics = dict(topics)
        self.encoder = encoder
        self.other_words = OtherWords(reference, self.analyzer)
        """What words of a query may be called in pages."""
        self._things = lru_cache(_QUESTIONS)(self._compile_things)
        self.meaning = lru_cache(_QUESTIONS)(self._encoded)
        """Text → what it means; MeaningUnavailable without an encoder."""
        self._compiled_topics: dict[str, CompiledNode] = {}
        self._special: dict[str, Callable[[Term, Field], CompiledNode]] = {
            "topic": self._compile_topic,
            "about": self._compile_about,
            "lang": self._compile_lang,
            "country": self._compile_known_concept,
            "commodity": self._compile_known_concept,
            "place": self._compile_concept,
            "sure": lambda term, field: SURE_EVENT,
            **dict.fromkeys(MERGED_FIELDS, self._compile_name),
        }

    def compile(self, query: Query) -> CompiledQuery:
        """Compile a query.

        Errors are QueryError: unknown-field, address, unknown-value, bad-date, bad-range,
        range-not-allowed, prefix-not-allowed, no-meaning.
        """
        return CompiledQuery(query.text, bounded(self._compile_node(beside_sure(query.root))))

    def view(self, document: StoredDocument, only: Sequence[Passage] | None = None) -> PageView:
        """The view of a document, or of some of its passages as a small document."""
        home = self.homes.get(document.source)
        record = record_of(document, only, self.naming, home)
        return PageView(record, self.analyzer)

    def label(self, field: str, value: str) -> str:
        """Label of a value of a field: English name of a concept or topic, else the value."""
        if field == "topic" and value in self._topics:
            return self._topics[value].name
        return self.concepts.names(field).get(value, value)

    def _compile_node(self, node: Node) -> CompiledNode:
        match node:
            case And(operands):
                every = self._compile_all(operands)
                return every[0] if len(every) == 1 else AllOf(tuple(every))
            case Or(operands):
                return OneOf(tuple(self._compile_node(operand) for operand in operands))
            case Not(operand):
                return Without(umlauts_as_written(self._compile_node(operand)))
            case _:
                return self._compile_leaf(node)

    def _compile_leaf(self, node: Term | Range | Asterisk) -> CompiledNode:
        match node:
            case Range():
                found: CompiledNode = range_interval(node)
            case Asterisk():
                return Everything()
            case Term(None):
                return self._compile_all((node,))[0]
            case _:
                found = self._compile_field(node)
        return of_sure_values(found) if node.sure else found

    def _compile_all(self, operands: Sequence[Node]) -> list[CompiledNode]:
        """Operands that must all match; adjacent words may be labels of concepts."""
        found: list[CompiledNode] = []
        position = 0
        while position < len(operands):
            run = _leading_words(operands, position)
            if run:
                found.extend(self._words.run(run))
                position += len(run)
            else:
                found.append(self._compile_single(operands[position]))
                position += 1
        return found

    def _compile_single(self, node: Node) -> CompiledNode:
        if isinstance(node, Term) and node.field is None:
            if node.kind == "prefix":
                return self._words.prefix(node, ANYWHERE)
            return self._words.phrase(node)
        return self._compile_node(node)

    def _compile_field(self, term: Term) -> CompiledNode:
        field = find_field(term.field or "", term.position)
        if term.kind == "prefix" and not field.words:
            raise QueryError(
                f"{field.name}: takes whole values, without *",
                position=term.position,
                reason="prefix-not-allowed",
            )
        if term.kind == "prefix":
            return self._words.prefix(term, (field.name,))
        if field.days or field.moments:
            return date_interval(field, term)
        special = self._special.get(field.name)
        if special:
            return special(term, field)
        return (
            self._words.in_field(term, field) if field.words else self._compile_value(term, field)
        )

    def _compile_value(self, term: Term, field: Field) -> CompiledNode:
        value = field.form(term.text.lower()) if field.closed else term.text
        if field.closed and value not in field.closed:
            raise _unknown_value_error(term, field, list(field.closed))
        if field.shape and not re.fullmatch(field.shape, value):
            raise QueryError(
                f"{field.name}: {term.text!r} is not written like one",
                position=term.value_position,
                reason="unknown-value",
                hint=f"{field.name}: such as {field.such_as}",
            )
        return ExactValue(field.name, (value,), term.written)

    def _compile_lang(self, term: Term, field: Field) -> CompiledNode:
        value = self._languages.get(term.text.casefold(), term.text.lower())
        if not (is_language(value) or _LONGER_CODE.fullmatch(value)):
            codes = ", ".join(sorted(set(self._languages.values())))
            raise QueryError(
                f"{field.name}: does not know {term.text!r}"
                f"{did_you_mean(term.text.casefold(), list(self._languages))}",
                position=term.value_position,
                reason="unknown-value",
                hint=f"{field.name}: {codes}, another code (ISO 639), or a name of a language",
                meant=meant_by(term.text.casefold(), self._languages),
            )
        return ExactValue("lang", (value,), term.written)

    def _compile_known_concept(self, term: Term, field: Field) -> CompiledNode:
        found = self.concepts.resolve(CONCEPT_FIELDS[field.name], term.text)
        if not found:
            raise _unknown_value_error(term, field, self.concepts.known(field.name))
        return ExactValue(field.name, tuple(concept.id for concept in found), term.written)

    def _compile_concept(self, term: Term, field: Field) -> CompiledNode:
        """A concept by id or label, or any name with these words."""
        written = term.written
        found = self.concepts.resolve(CONCEPT_FIELDS[field.name], term.text)
        names = self._words.text((field.name,), term.text, written)
        if not found:
            return names
        labels = (tokens for concept in found for tokens in self.concepts.as_names(concept))
        values = (ExactValue(name, ids, written) for name, ids in by_field(found).items())
        return OneOf((*values, names.with_more(labels)))

    def _compile_name(self, term: Term, field: Field) -> CompiledNode:
        """A value of a field whose names are merged, or any of its names with these words."""
        value = self.naming.value(field.name, term.text)
        node: CompiledNode = (
            self._compile_concept(term, field)
            if field.name in CONCEPT_FIELDS
            else self._words.in_field(term, field)
        )
        values = ExactValue(field.name, (value,), term.written)
        if field.name != "person":
            return OneOf((values, node))
        words = self._words.text(("person",), value, term.written)
        otherwise = person_otherwise(term.text, term.written)
        return OneOf((values, node, words, *([otherwise] if otherwise else ())))

    def _compile_about(self, term: Term, field: Field) -> CompiledNode:
        """A text whose meaning is looked for; its words, where the encoder fails."""
        if self.encoder is None:
            raise QueryError(
                f"{field.name}: needs the extra `meaning`, which is not installed or switched off",
                position=term.position,
                reason="no-meaning",
                hint=f"{REMEDY}, then `radar rebuild`",
            )
        try:
            vector = self.meaning(term.text)
        except MeaningUnavailable:
            return self._compile_words(term)
        things = partial(self._things, term.text)
        return About(vector, term.written, self.encoder, things, partial(_share_said, things))

    def _encoded(self, text: str) -> Vector:
        if self.encoder is None:
            raise MeaningUnavailable("there is no encoder")
        # numpy, which only questions need
        from indexer.meaning.vectors import drawn_towards  # noqa: PLC0415

        said = self._said_otherwise(text)
        vector, *others = self.encoder.encode([text, said] if said else [text])
        if others:
            vector = drawn_towards(vector, others[0], _SAID_OTHERWISE)
        return self.encoder.as_question(vector)

    def _said_otherwise(self, text: str) -> str:
        """The words of a text beside what they may be called in all languages; nothing where that
        is no more. A text is nearer to what is worded alike, in its own language first.
        """
        things = list(askable(self.other_words(_WORD.findall(text))))
        if all(len(ways) == 1 for ways in things):
            return ""
        plain = (way for ways in things for way in ways if not _SIGNS.search(way))
        return " ".join(way.strip('()"') for way in plain)

    def _compile_things(self, text: str) -> tuple[CompiledNode, ...]:
        """What the words of a text ask for."""
        things = askable(self.other_words(_WORD.findall(text)))
        queries = (parse_query(" OR ".join(ways)) for ways in things)
        return tuple(may_match(self._compile_node(query.root)) for query in queries)

    def _compile_words(self, term: Term) -> CompiledNode:
        """All words of a text, wherever they stand."""
        texts = surfaces_of(term.text) or [term.text]
        words = [dataclasses.replace(term, field=None, text=text, kind="word") for text in texts]
        return AllOf(tuple(self._compile_all(words)))

    def _compile_topic(self, term: Term, field: Field) -> CompiledNode:
        topic = self._topics.get(term.text)
        if topic is None:
            raise _unknown_value_error(term, field, list(self._topics))
        if topic.id not in self._compiled_topics:
            excluded = self._compile_topic_queries(topic, topic.exclude)
            certain = self._compile_certain(topic, excluded)
            ambiguous = tuple(_without(excluded, n) for n in self._compile_ambiguous(topic))
            told = OneOf((certain, *ambiguous), by_first=True)
            self._compiled_topics[topic.id] = SamePassage(self._with_last_word(topic, told))
        return self._compiled_topics[topic.id]

    def _with_last_word(self, topic: Topic, told: CompiledNode) -> CompiledNode:
        """What the terms tell, as far as it means what is wanted; and what else does that has the
        words.
        """
        model = find_sense(topic.last_word) if topic.last_word and self.encoder else None
        if model is None or self.encoder is None:
            return told
        judge = SenseJudge(model, self.encoder)
        words = _by_meaning(OneOf(self._compile_topic_queries(topic, topic.judged)))
        besides = AllOf((words, Without(told)))
        return OneOf(
            (
                SamePassage(told, last_word=LastWord(judge, words, told=True)),
                SamePassage(besides, last_word=LastWord(judge, words, told=False)),
            ),
            by_first=True,
        )

    def _compile_certain(self, topic: Topic, excluded: tuple[CompiledNode, ...]) -> CompiledNode:
        """The terms that tell their sense. What is excluded silences them in the same sentence, or
        (`within`) in the same passage.
        """
        certain = _without(excluded, OneOf(self._compile_topic_terms(topic, topic.terms)))
        return certain if topic.within == "passage" else SamePassage(certain, sentence=True)

    def _compile_ambiguous(self, topic: Topic) -> Iterator[CompiledNode]:
        """The terms that count beside a context, or where their words are close together."""
        if not topic.ambiguous:
            return
        told = self._compile_topic_queries(topic, topic.context)
        if topic.near is not None:
            queries = self._compile_topic_queries(topic, topic.ambiguous)
            several = (found for q in queries if (found := of_several_words(q)) is not None)
            told += tuple(SamePassage(query, sentence=True, gap=topic.near) for query in several)
        if told:
            yield AllOf((OneOf(self._compile_topic_terms(topic, topic.ambiguous)), OneOf(told)))

    def _compile_topic_terms(
        self, topic: Topic, queries: Mapping[str, Iterable[str]]
    ) -> tuple[CompiledNode, ...]:
        """Those that must match within a sentence, if the topic asks for that."""
        terms = self._compile_topic_queries(topic, queries)
        if topic.within == "passage":
            return terms
        return tuple(SamePassage(term, sentence=True) for term in terms)

    def _compile_topic_queries(
        self, topic: Topic, queries: Mapping[str, Iterable[str]]
    ) -> tuple[CompiledNode, ...]:
        texts = dict.fromkeys(text for several in queries.values() for text in several)
        return tuple(self._compile_topic_query(topic, text) for text in texts)

    def _compile_topic_query(self, topic: Topic, text: str) -> CompiledNode:
        try:
            node = self._compile_node(beside_sure(_without_topics(parse_query(text))))
        except QueryError as error:
            raise QueryError(
                f"topic {topic.id!r}, term {text!r}: {error.message}",
                position=error.position,
                reason=error.reason,
                hint=error.hint,
            ) from error
        return as_written(node)  # a topic lists what says the same


def _share_said(things: Callable[[], Sequence[CompiledNode]], view: PageView) -> float:
    """How many of some things a document says, of all."""
    asked = things()
    return sum(holds(thing, view) for thing in asked) / len(asked) if asked else 0.0


def _without(excluded: tuple[CompiledNode, ...], node: CompiledNode) -> CompiledNode:
    return AllOf((node, Without(OneOf(excluded)))) if excluded else node


def _by_meaning(node: CompiledNode) -> CompiledNode:
    """The words, with a reason that says what told their sense."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return dataclasses.replace(node, operands=tuple(map(_by_meaning, operands)))
        case Words(term=term) | Prefix(term=term):
            return dataclasses.replace(node, term=f"{term} (by its meaning)")
        case _:
            return node


_NOT_IN_TOPICS = frozenset({"topic", "about"})
"""A topic could hold itself; a meaning has no words by which a watch finds its passages."""


def _without_topics(query: Query) -> Node:
    """The tree of a topic's term; topics inside topics could be circular."""
    waiting: list[Node] = [query.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And | Or):
            waiting += node.operands
        elif isinstance(node, Not):
            waiting.append(node.operand)
        elif isinstance(node, Term) and node.field in _NOT_IN_TOPICS:
            raise QueryError(
                f"topics can't contain {node.field}:",
                position=node.position,
                reason="unknown-field",
            )
    return query.root


def _leading_words(operands: Sequence[Node], start: int) -> list[Term]:
    run: list[Term] = []
    for node in operands[start:]:
        if not (isinstance(node, Term) and node.field is None and node.kind == "word"):
            break
        run.append(node)
    return run


def _unknown_value_error(term: Term, field: Field, known: list[str]) -> QueryError:
    hint = f"{field.name}: " + ", ".join(known) if len(known) <= 12 else ""
    return QueryError(
        f"{field.name}: does not know {term.text!r}{did_you_mean(term.text, known)}",
        position=term.value_position,
        reason="unknown-value",
        hint=hint,
        meant=meant_by(term.text, known),
    )

"""From the query tree to tokens, concepts and days.

A word of a query has no language: it is looked for as it is (folded) and by its stems in all
languages. The longest run of words, or a phrase, that is a label of a concept also finds what
extraction took for that concept, and the concept's labels in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from indexer.document import Passage, StoredDocument
from indexer.errors import QueryError
from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    Interval,
    OneOf,
    Prefix,
    Tokens,
    Value,
    Without,
    Words,
)
from indexer.query.concepts import Concept, Concepts, surfaces_of
from indexer.query.days import FIRST_DAY, LAST_DAY, days_of
from indexer.query.fields import Field, did_you_mean, find_field
from indexer.query.parser import parse_query
from indexer.query.record import record_of
from indexer.query.syntax import And, Node, Not, Or, Query, Range, Term
from indexer.query.syntax import Everything as EverythingTyped
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.reference import Reference
from indexer.text.analysis import Analyzer, stem_token
from indexer.text.stemming import languages_of
from indexer.text.words import joined, spans

ANYWHERE = ("title", "text")
CONCEPT_FIELDS = {
    "country": ("country",),
    "place": ("place", "country"),
    "commodity": ("commodity",),
    "organisation": ("organisation",),
    "strategy": ("strategy",),
}
"""Field of a query → fields of the concepts that it takes."""


class QueryCompiler:
    """Compiles queries against reference tables and topics; safe to share between threads."""

    def __init__(self, reference: Reference, topics: Mapping[str, Topic]) -> None:
        self.analyzer = Analyzer(reference)
        self.concepts = Concepts(reference)
        self._languages = {
            str(words.get("name", lang)).casefold(): lang
            for lang, words in reference.languages.items()
        }
        self._topics = dict(topics)
        self._compiled_topics: dict[str, CompiledNode] = {}
        self._special: dict[str, Callable[[Term, Field], CompiledNode]] = {
            "topic": self._topic,
            "lang": self._lang,
            "country": self._closed_concept,
            "commodity": self._closed_concept,
            "place": self._open_concept,
            "strategy": self._open_concept,
            "organisation": self._open_concept,
        }

    def compile(self, query: Query) -> CompiledQuery:
        """Errors are QueryError: unknown-field, unknown-value, bad-date, bad-range,

        range-not-allowed, prefix-not-allowed.
        """
        return CompiledQuery(query.text, self._node(query.root))

    def view(self, document: StoredDocument, only: Sequence[Passage] | None = None) -> PageView:
        """A document, or some of its passages as a small document, as compiled queries see it."""
        return PageView(record_of(document, only), self.analyzer)

    def label(self, field: str, value: str) -> str:
        """What to call a value of a field: English name of a concept or topic, else the value."""
        if field == "topic" and value in self._topics:
            return self._topics[value].name
        return self.concepts.name(field, value)

    def _node(self, node: Node) -> CompiledNode:
        match node:
            case And(operands):
                every = self._all(operands)
                return every[0] if len(every) == 1 else AllOf(tuple(every))
            case Or(operands):
                return OneOf(tuple(self._node(operand) for operand in operands))
            case Not(operand):
                return Without(self._node(operand))
            case _:
                return self._leaf(node)

    def _leaf(self, node: Term | Range | EverythingTyped) -> CompiledNode:
        match node:
            case Range():
                return self._range(node)
            case EverythingTyped():
                return Everything()
            case Term(None):
                return self._all((node,))[0]
            case _:
                return self._field(node)

    def _all(self, operands: Sequence[Node]) -> list[CompiledNode]:
        """Operands that must all hold; among words side by side labels of concepts are found."""
        found: list[CompiledNode] = []
        position = 0
        while position < len(operands):
            run = _run_of_words(operands, position)
            if run:
                found.extend(self._words(run))
                position += len(run)
            else:
                found.append(self._single(operands[position]))
                position += 1
        return found

    def _single(self, node: Node) -> CompiledNode:
        if isinstance(node, Term) and node.field is None:
            return self._prefix(node, ANYWHERE) if node.kind == "prefix" else self._phrase(node)
        return self._node(node)

    def _words(self, run: Sequence[Term]) -> Iterator[CompiledNode]:
        position = 0
        while position < len(run):
            length, concepts = self._longest_label(run[position:])
            taken = run[position : position + length]
            written = " ".join(term.text for term in taken)
            words = tuple(self._text(ANYWHERE, term.text, written) for term in taken)
            yield self._with_concepts(words, concepts, written)
            position += length

    def _longest_label(self, run: Sequence[Term]) -> tuple[int, list[Concept]]:
        surfaces: list[tuple[str, ...]] = []
        for term in run:
            surfaces.append(surfaces_of(term.text))
            if sum(map(len, surfaces)) > self.concepts.longest:
                break
        for length in range(len(surfaces), 0, -1):
            words = tuple(word for term in surfaces[:length] for word in term)
            written = " ".join(term.text for term in run[:length])
            concepts = self.concepts.find(words, written) if words else []
            if concepts:
                return length, concepts
        return 1, []

    def _phrase(self, term: Term) -> CompiledNode:
        surfaces = surfaces_of(term.text)
        concepts = self.concepts.find(surfaces, term.text) if surfaces else []
        words = (self._text(ANYWHERE, term.text, term.text),)
        return self._with_concepts(words, concepts, term.text)

    def _with_concepts(
        self, words: tuple[Words, ...], concepts: Sequence[Concept], term: str
    ) -> CompiledNode:
        """The words themselves, or the concepts that they are a label of."""
        labels = tuple(tokens for concept in concepts for tokens in self.concepts.in_texts(concept))
        if len(words) == 1:
            alternatives = tuple(dict.fromkeys((*words[0].alternatives, *labels)))
            text: list[CompiledNode] = [Words(ANYWHERE, alternatives, term)]
        else:
            text = [AllOf(words)]
            if labels:
                text.append(Words(ANYWHERE, tuple(dict.fromkeys(labels)), term))
        values = [Value(field, ids, term) for field, ids in _by_field(concepts).items()]
        return text[0] if len(text) == 1 and not values else OneOf((*text, *values))

    def _text(self, fields: tuple[str, ...], text: str, term: str) -> Words:
        """The words of `text` side by side: as they are, by stems, and written together."""
        found = [(start, end) for start, end, _ in spans(text)]
        surfaces = surfaces_of(text)
        alternatives = list(_side_by_side(surfaces))
        if all(joined(text, one[1], other[0]) for one, other in pairwise(found)) and surfaces:
            together = "".join(surfaces)
            if len(surfaces) > 1:
                alternatives += _side_by_side((together,))
            alternatives += (Tokens("parts", (t,)) for t in self.analyzer.joined(surfaces))
        return Words(fields, tuple(dict.fromkeys(alternatives)), term)

    def _prefix(self, term: Term, fields: tuple[str, ...]) -> CompiledNode:
        """The beginning of a word; words before it (Cluster-Strat*) just have to occur."""
        *whole, last = surfaces_of(term.text)
        written = f"{term.text}*"
        before = tuple(self._text(fields, word, written) for word in whole)
        prefix = Prefix(fields, last, written)
        return AllOf((*before, prefix)) if before else prefix

    def _field(self, term: Term) -> CompiledNode:
        field = find_field(term.field or "", term.position)
        if term.kind == "prefix" and not field.words:
            raise QueryError(
                f"{field.name}: takes whole values, without *",
                position=term.position,
                reason="prefix-not-allowed",
            )
        if term.kind == "prefix":
            return self._prefix(term, (field.name,))
        if field.days:
            return self._days(field, term)
        special = self._special.get(field.name)
        if special:
            return special(term, field)
        return self._title_or_text(term, field) if field.words else self._value(term, field)

    def _title_or_text(self, term: Term, field: Field) -> CompiledNode:
        """A word field; labels of concepts are looked for in title and text only."""
        words = self._text((field.name,), term.text, _written(term))
        if field.name not in ANYWHERE:
            return words
        labels = (
            tokens
            for concept in self.concepts.find(surfaces_of(term.text), term.text)
            for tokens in self.concepts.in_texts(concept)
        )
        return Words(words.fields, tuple(dict.fromkeys((*words.alternatives, *labels))), words.term)

    def _value(self, term: Term, field: Field) -> CompiledNode:
        value = term.text if not field.closed else term.text.lower()
        if field.closed and value not in field.closed:
            raise _unknown_value(term, field, list(field.closed))
        return Value(field.name, (value,), _written(term))

    def _lang(self, term: Term, field: Field) -> CompiledNode:
        value = self._languages.get(term.text.casefold(), term.text.lower())
        if not (value.isascii() and value.isalpha() and 2 <= len(value) <= 3):
            raise _unknown_value(term, field, [*self._languages, *self._languages.values()])
        return Value("lang", (value,), _written(term))

    def _closed_concept(self, term: Term, field: Field) -> CompiledNode:
        found = self.concepts.resolve(CONCEPT_FIELDS[field.name], term.text)
        if not found:
            raise _unknown_value(term, field, self.concepts.known(field.name))
        return Value(field.name, tuple(concept.id for concept in found), _written(term))

    def _open_concept(self, term: Term, field: Field) -> CompiledNode:
        """A concept by id or label, else whatever has a name with these words."""
        written = _written(term)
        found = self.concepts.resolve(CONCEPT_FIELDS[field.name], term.text)
        names = self._text((field.name,), term.text, written)
        if not found:
            return names
        labels = (tokens for concept in found for tokens in self.concepts.as_names(concept))
        alternatives = tuple(dict.fromkeys((*names.alternatives, *labels)))
        values = (Value(name, ids, written) for name, ids in _by_field(found).items())
        return OneOf((*values, Words(names.fields, alternatives, written)))

    def _topic(self, term: Term, field: Field) -> CompiledNode:
        topic = self._topics.get(term.text)
        if topic is None:
            raise _unknown_value(term, field, list(self._topics))
        if topic.id not in self._compiled_topics:
            terms = self._topic_queries(topic, topic.terms)
            excluded = self._topic_queries(topic, topic.exclude)
            node: CompiledNode = OneOf(terms)
            if excluded:
                node = AllOf((node, Without(OneOf(excluded))))
            self._compiled_topics[topic.id] = node
        return self._compiled_topics[topic.id]

    def _topic_queries(
        self, topic: Topic, queries: Mapping[str, Iterable[str]]
    ) -> tuple[CompiledNode, ...]:
        texts = dict.fromkeys(text for several in queries.values() for text in several)
        return tuple(self._topic_query(topic, text) for text in texts)

    def _topic_query(self, topic: Topic, text: str) -> CompiledNode:
        try:
            return self._node(_without_topics(parse_query(text)))
        except QueryError as error:
            raise QueryError(
                f"topic {topic.id!r}, term {text!r}: {error.message}",
                position=error.position,
                reason=error.reason,
                hint=error.hint,
            ) from error

    def _days(self, field: Field, term: Term) -> CompiledNode:
        days = days_of(term.text)
        if days is None:
            raise _bad_date(term.text, term.position)
        return Interval(_date_field(field), *days, _written(term))

    def _range(self, node: Range) -> CompiledNode:
        field = find_field(node.field, node.position)
        if not field.days:
            raise QueryError(
                f"{field.name}: is no date, ranges are for published and event_date",
                position=node.position,
                reason="range-not-allowed",
            )
        low = _bound(node.low, node.position, (FIRST_DAY, FIRST_DAY))[0]
        high = _bound(node.high, node.position, (LAST_DAY, LAST_DAY))[1]
        if low > high:
            raise QueryError(
                "this range ends before it begins", position=node.position, reason="bad-range"
            )
        term = f"{field.name}:[{node.low or '*'} TO {node.high or '*'}]"
        return Interval(_date_field(field), low, high, term)


def published_between(low: str | None, high: str | None) -> Interval:
    """The restriction of a search to publication dates, partial ones included."""
    return Interval(
        "published",
        _bound(low, 0, (FIRST_DAY, FIRST_DAY))[0],
        _bound(high, 0, (LAST_DAY, LAST_DAY))[1],
        "published",
    )


def _without_topics(query: Query) -> Node:
    """The tree of a topic's term; topics inside topics could go round in circles."""
    waiting: list[Node] = [query.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And | Or):
            waiting += node.operands
        elif isinstance(node, Not):
            waiting.append(node.operand)
        elif isinstance(node, Term) and node.field == "topic":
            raise QueryError(
                "topics can't stand inside topics", position=node.position, reason="unknown-field"
            )
    return query.root


def _run_of_words(operands: Sequence[Node], start: int) -> list[Term]:
    run: list[Term] = []
    for node in operands[start:]:
        if not (isinstance(node, Term) and node.field is None and node.kind == "word"):
            break
        run.append(node)
    return run


def _side_by_side(surfaces: Sequence[str]) -> Iterator[Tokens]:
    """Words next to each other: as they are, and by their stems in each language."""
    yield Tokens("surface", tuple(surfaces))
    for lang in dict.fromkeys(lang for word in surfaces for lang in languages_of(word)):
        yield Tokens("stem", tuple(stem_token(word, lang) for word in surfaces))


def _by_field(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        found[concept.field] = (*found.get(concept.field, ()), concept.id)
    return found


def _written(term: Term) -> str:
    value = f'"{term.text}"' if term.kind == "phrase" else term.text
    return f"{term.field}:{value}"


def _date_field(field: Field) -> Literal["published", "event_date"]:
    return "published" if field.name == "published" else "event_date"


def _bound(partial: str | None, position: int, default: tuple[int, int]) -> tuple[int, int]:
    if partial is None:
        return default
    days = days_of(partial)
    if days is None:
        raise _bad_date(partial, position)
    return days


def _bad_date(text: str, position: int) -> QueryError:
    return QueryError(
        f"{text!r} is no date",
        position=position,
        reason="bad-date",
        hint="2015-06-08, 2015-06, 2015-autumn or 2015",
    )


def _unknown_value(term: Term, field: Field, known: list[str]) -> QueryError:
    hint = f"{field.name}: " + ", ".join(known) if len(known) <= 12 else ""
    return QueryError(
        f"{field.name}: does not know {term.text!r}{did_you_mean(term.text, known)}",
        position=term.position,
        reason="unknown-value",
        hint=hint,
    )

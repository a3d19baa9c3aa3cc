"""Translates compiled queries to tantivy; its own query parser never sees what a user typed."""

from __future__ import annotations

from collections.abc import Iterator

from tantivy import FieldType, Occur, Query, Schema, Searcher, SearchResult

from indexer.meaning.nearness import Nearness
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    Everything,
    ExactValue,
    Interval,
    Near,
    OneOf,
    Prefix,
    SamePassage,
    TokenSequence,
    Without,
    Words,
)
from indexer.query.days import FIRST_DAY, LAST_DAY
from indexer.query.same_passage import undecided
from indexer.records.document import DocumentId
from indexer.stores.entry import (
    EVENT_DAYS,
    OTHERWISE_BOOST,
    STREAMS,
    TITLE_BOOST,
    overlap_tokens,
    token_field,
)
from indexer.stores.meanings import WEIGHT, unanswered

FEW = 10
"""Values that are looked up one by one: of a set the engine makes a bitmap of the whole index."""


MOST_WORDS = 5_000
"""Whose queries are kept: more than the words of the field in all languages."""


class KnownWords:
    """Which words are in one state of an index, and the queries for them. Most searches for what is
    near a query ask for the same words of the field, with a hundred of other languages.
    """

    def __init__(self) -> None:
        self.there: dict[tuple[str, str], bool] = {}
        self.made: dict[CompiledNode, Query | None] = {}

    def bound(self) -> None:
        """Begin anew where there are too many."""
        if len(self.made) > MOST_WORDS:
            self.made.clear()
            self.there.clear()


class TantivyQueries:
    """Makes queries for one state of an index.

    Words score by BM25, and the best alternative counts. Values, dates and prefixes only filter.
    Alternatives that the index does not contain are left out: most stems of most languages.
    """

    def __init__(self, schema: Schema, searcher: Searcher, known: KnownWords | None = None) -> None:
        self._schema = schema
        self._searcher = searcher
        self._known = known or KnownWords()
        self._known.bound()
        self._made: dict[CompiledNode, Query | None] = {}

    def query(self, node: CompiledNode) -> Query | None:
        """The query for a compiled node; None if nothing can match it. It is kept: each facet with
        a filter is counted by the same one beside other filters.
        """
        made = self._known.made if isinstance(node, Words) else self._made
        try:
            return made[node]
        except KeyError:
            found = made[node] = self._make(node)
            return found

    def _make(self, node: CompiledNode) -> Query | None:
        match node:
            case AllOf(operands):
                return self._all_of(operands)
            case OneOf(operands):
                found = [query for operand in operands if (query := self.query(operand))]
                return _one_of(found)
            case Without():
                return self._all_of((node,))
            case Everything():
                return _filter(Query.all_query())
            case Words() | Near():
                return self._scored(node)
            case SamePassage():
                raise undecided(node)
            case About():
                raise unanswered(node)
            case _:
                return _filter(self._exact(node))

    def _all_of(self, operands: tuple[CompiledNode, ...]) -> Query | None:
        clauses = []
        for operand in operands:
            if isinstance(operand, Without):
                query = self.query(operand.operand)
                if query is not None:
                    clauses.append((Occur.MustNot, query))
                continue
            query = self.query(operand)
            if query is None:
                return None
            clauses.append((Occur.Must, query))
        if all(occur is Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, _filter(Query.all_query())))
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _scored(self, node: Words | Near) -> Query | None:
        if isinstance(node, Words):
            return self._words(node)
        return _one_of([self._near(*each) for each in node.found.items()])

    def _words(self, words: Words) -> Query | None:
        found = []
        for field in words.fields:
            asked = list(self._alternatives(field, words.asked))
            otherwise = _best_of(list(self._alternatives(field, words.otherwise)))
            if otherwise is not None:
                asked.append(Query.boost_query(otherwise, OTHERWISE_BOOST))
            query = _best_of(asked)
            if query is not None:
                boosted = field == "title"
                found.append(Query.boost_query(query, TITLE_BOOST) if boosted else query)
        return _best_of(found)

    def _alternatives(self, field: str, alternatives: tuple[TokenSequence, ...]) -> Iterator[Query]:
        names = {stream: token_field(field, stream) for stream in STREAMS}
        for alternative in alternatives:
            name = names[alternative.stream]
            tokens = alternative.tokens
            if not all(self._is_there(name, token) for token in tokens):
                continue
            if len(tokens) == 1:
                yield Query.term_query(self._schema, name, tokens[0])
            else:
                yield Query.phrase_query(self._schema, name, list(tokens))

    def _near(self, document: DocumentId, nearness: Nearness) -> Query:
        query = Query.term_query(self._schema, "id", document)
        return Query.const_score_query(query, WEIGHT * nearness.score)

    def _is_there(self, name: str, token: str) -> bool:
        known = self._known.there
        there = known.get((name, token))
        if there is None:
            there = known[name, token] = self._searcher.doc_freq(name, token) > 0
        return there

    def _exact(self, node: Prefix | ExactValue | Interval) -> Query:
        match node:
            case Prefix(fields, prefix):
                return Query.boolean_query(
                    [(Occur.Should, self._beginning(field, prefix)) for field in fields]
                )
            case ExactValue(field, values) if 0 < len(values) <= FEW:
                each = [
                    (Occur.Should, Query.term_query(self._schema, field, value, "basic"))
                    for value in values
                ]
                return each[0][1] if len(each) == 1 else Query.boolean_query(each)
            case ExactValue(field, values):
                return Query.term_set_query(self._schema, field, list(values))
            case Interval("published", first, last):
                return Query.boolean_query(
                    [
                        (Occur.Must, self._between("published_first", FIRST_DAY, last)),
                        (Occur.Must, self._between("published_last", first, LAST_DAY)),
                    ]
                )
            case Interval("new", first, last):
                return self._between("first_seen", first, last)
            case Interval(field, first, last):
                days = overlap_tokens(first, last)
                return Query.term_set_query(self._schema, EVENT_DAYS[field], days)

    def _beginning(self, field: str, prefix: str) -> Query:
        # Folded words consist of letters and digits, which have no special meaning in a regex.
        return Query.regex_query(self._schema, token_field(field, "surface"), f"{prefix}.*")

    def _between(self, field: str, low: int, high: int) -> Query:
        return Query.range_query(self._schema, field, FieldType.Integer, low, high)


def _one_of(queries: list[Query]) -> Query | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _best_of(queries: list[Query]) -> Query | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.disjunction_max_query(queries)


def below(schema: Schema, field: str, key: int) -> Query:
    """Documents whose sort key is lower than `key`: those after it, latest first."""
    return _filter(Query.range_query(schema, field, FieldType.Integer, 0, key, include_upper=False))


def count_of(found: SearchResult) -> int:
    """Number of all hits of a search that was to count them."""
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _filter(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)

"""Compiled queries in terms of tantivy; its own query parser never sees what a user typed."""

from __future__ import annotations

from tantivy import FieldType, Occur, Query, Schema

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    Everything,
    Interval,
    OneOf,
    Prefix,
    Tokens,
    Value,
    Without,
    Words,
)
from indexer.query.days import FIRST_DAY, LAST_DAY
from indexer.stores.entry import TITLE_BOOST, overlap_tokens, token_field


def tantivy_query(schema: Schema, node: CompiledNode) -> Query:
    """Words score by BM25, the best alternative counts; values, dates and prefixes only filter."""
    match node:
        case AllOf(operands):
            return _all_of(schema, operands)
        case OneOf(operands):
            return Query.boolean_query(
                [(Occur.Should, tantivy_query(schema, operand)) for operand in operands]
            )
        case Without():
            return _all_of(schema, (node,))
        case Everything():
            return _filter(Query.all_query())
        case Words():
            return _words(schema, node)
        case _:
            return _filter(_exact(schema, node))


def _all_of(schema: Schema, operands: tuple[CompiledNode, ...]) -> Query:
    clauses = []
    for operand in operands:
        if isinstance(operand, Without):
            clauses.append((Occur.MustNot, tantivy_query(schema, operand.operand)))
        else:
            clauses.append((Occur.Must, tantivy_query(schema, operand)))
    if all(occur is Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, _filter(Query.all_query())))
    return Query.boolean_query(clauses)


def _words(schema: Schema, words: Words) -> Query:
    found = []
    for field in words.fields:
        for alternative in words.alternatives:
            query = _tokens(schema, field, alternative)
            found.append(Query.boost_query(query, TITLE_BOOST) if field == "title" else query)
    return found[0] if len(found) == 1 else Query.disjunction_max_query(found)


def _tokens(schema: Schema, field: str, alternative: Tokens) -> Query:
    name = token_field(field, alternative.stream)
    if len(alternative.tokens) == 1:
        return Query.term_query(schema, name, alternative.tokens[0])
    return Query.phrase_query(schema, name, list(alternative.tokens))


def _exact(schema: Schema, node: Prefix | Value | Interval) -> Query:
    match node:
        case Prefix(fields, prefix):
            # Folded words hold letters and digits only, nothing that means something in a regex.
            return Query.boolean_query(
                [
                    (
                        Occur.Should,
                        Query.regex_query(schema, token_field(field, "surface"), f"{prefix}.*"),
                    )
                    for field in fields
                ]
            )
        case Value(field, values):
            return Query.term_set_query(schema, field, list(values))
        case Interval("published", first, last):
            return Query.boolean_query(
                [
                    (Occur.Must, _between(schema, "published_first", FIRST_DAY, last)),
                    (Occur.Must, _between(schema, "published_last", first, LAST_DAY)),
                ]
            )
        case Interval(_, first, last):
            return Query.term_set_query(schema, "event_days", overlap_tokens(first, last))


def _between(schema: Schema, field: str, low: int, high: int) -> Query:
    return Query.range_query(schema, field, FieldType.Integer, low, high)


def below(schema: Schema, field: str, key: int) -> Query:
    """Documents whose sort key is lower than `key`: what comes after it, latest first."""
    return _filter(Query.range_query(schema, field, FieldType.Integer, 0, key, include_upper=False))


def _filter(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)

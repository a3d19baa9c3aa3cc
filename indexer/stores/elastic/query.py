"""Translates compiled queries to Elasticsearch; its own query parsers never see what a user typed.

Scores equal those of the embedded store: words score by BM25, the best alternative of a term
counts, and words in the title weigh more. Values, dates and prefixes only filter.
"""

from __future__ import annotations

from typing import Any, TypeAlias

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
    has_words,
)
from indexer.query.moments import moment_of
from indexer.query.same_passage import ID, undecided
from indexer.records.document import iso_instant
from indexer.stores.entry import (
    EVENT_DAYS,
    OTHERWISE_BOOST,
    TITLE_BOOST,
    overlap_tokens,
    token_field,
)
from indexer.stores.meanings import WEIGHT, unanswered

Clause: TypeAlias = dict[str, Any]

_EVERYTHING: Clause = {"match_all": {}}
_SCORE = "params.scores[doc['id'].value]"
"""A clause for each of five hundred documents, with its weight, takes the engine twice as long."""


def scoring_clause(node: CompiledNode) -> Clause:
    """The query for an order by relevance."""
    match node:
        case Words():
            return _words_clause(node)
        case AllOf(operands):
            return _all_of_clause(operands)
        case OneOf(operands):
            clauses = [scoring_clause(operand) for operand in operands]
            return {"bool": {"should": clauses, "minimum_should_match": 1}}
        case Near(found):
            scores = {document: WEIGHT * near.score for document, near in found.items()}
            script = {"source": _SCORE, "params": {"scores": scores}}
            return {"script_score": {"query": filter_clause(node), "script": script}}
        case _:
            return {"constant_score": {"filter": filter_clause(node), "boost": 0.0}}


def filter_clause(node: CompiledNode) -> Clause:
    """The query without scores: for filters and for an order by date."""
    match node:
        case Words():
            return _words_clause(node)
        case AllOf(operands):
            must_not = [filter_clause(o.operand) for o in operands if isinstance(o, Without)]
            must = [filter_clause(o) for o in operands if not isinstance(o, Without)]
            return {"bool": {"filter": must or [_EVERYTHING], "must_not": must_not}}
        case OneOf(operands):
            clauses = [filter_clause(operand) for operand in operands]
            return {"bool": {"should": clauses, "minimum_should_match": 1}}
        case Without(operand):
            return {"bool": {"filter": [_EVERYTHING], "must_not": [filter_clause(operand)]}}
        case Everything():
            return _EVERYTHING
        case SamePassage():
            raise undecided(node)
        case About():
            raise unanswered(node)
        case _:
            return _exact_clause(node)


def _all_of_clause(operands: tuple[CompiledNode, ...]) -> Clause:
    clauses: dict[str, list[Clause]] = {"must": [], "filter": [], "must_not": []}
    for operand in operands:
        if isinstance(operand, Without):
            clauses["must_not"].append(filter_clause(operand.operand))
        elif has_words(operand):
            clauses["must"].append(scoring_clause(operand))
        else:
            clauses["filter"].append(filter_clause(operand))
    if not clauses["must"] and not clauses["filter"]:
        clauses["filter"].append(_EVERYTHING)
    return {"bool": {occur: found for occur, found in clauses.items() if found}}


def _words_clause(words: Words) -> Clause:
    found = [
        _token_clause(field, alternative, boost * (TITLE_BOOST if field == "title" else 1.0))
        for field in words.fields
        for several, boost in ((words.asked, 1.0), (words.otherwise, OTHERWISE_BOOST))
        for alternative in several
    ]
    return found[0] if len(found) == 1 else {"dis_max": {"queries": found}}


def _token_clause(field: str, alternative: TokenSequence, boost: float) -> Clause:
    name = token_field(field, alternative.stream)
    if len(alternative.tokens) == 1:
        return {"term": {name: {"value": alternative.tokens[0], "boost": boost}}}
    phrase = " ".join(alternative.tokens)
    return {"match_phrase": {name: {"query": phrase, "boost": boost}}}


def _exact_clause(node: Prefix | ExactValue | Interval | Near) -> Clause:
    match node:
        case Near(found):
            return {"ids": {"values": list(found)}}
        case Prefix(fields, prefix):
            begins = [{"prefix": {token_field(field, "surface"): prefix}} for field in fields]
            return {"bool": {"should": begins, "minimum_should_match": 1}}
        case ExactValue(field, values) if field == ID:
            return {"ids": {"values": list(values)}}
        case ExactValue(field, values):
            return {"terms": {field: list(values)}}
        case Interval():
            return _interval_clause(node)


def _interval_clause(node: Interval) -> Clause:
    match node:
        case Interval("published", first, last):
            return {
                "bool": {
                    "filter": [
                        {"range": {"published_first": {"lte": last}}},
                        {"range": {"published_last": {"gte": first}}},
                    ]
                }
            }
        case Interval("new", first, last):
            bounds = {"gte": iso_instant(moment_of(first)), "lte": iso_instant(moment_of(last))}
            return {"range": {"first_seen": bounds}}
        case Interval(field, first, last):
            return {"terms": {EVENT_DAYS[field]: overlap_tokens(first, last)}}

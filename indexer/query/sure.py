"""`sure:yes`: of what a query asks of events, only values that are sure answer.

It acts on all that stands beside it, that is in the same brackets and in brackets within them. What
is excluded (NOT, -) is excluded whether sure or not: `sure:yes` never finds a page more. Where
nothing beside it asks for an event, it asks for a page with one that is sure.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    ExactValue,
    Interval,
    OneOf,
    Prefix,
    Words,
)
from indexer.query.fields import FIELD, sure_field
from indexer.query.syntax import And, Asterisk, Node, Not, Or, Range, Term
from indexer.records.errors import QueryError

SURE_EVENT = ExactValue(sure_field("has"), ("event",), "sure:yes")
"""The page has an event whose name is sure: that it takes place, and is called so."""

HAS_OF_EVENTS = frozenset({"event", "date", "place", "person", "organisation"})
"""Values of `has` that events give."""


def beside_sure(root: Node) -> Node:
    """The tree with the terms and ranges marked that stand beside `sure:yes`, and without it where
    one of them answers for it; QueryError where it has another value.
    """
    match root:
        case And(operands):
            if not any(map(_is_sure, operands)):
                return And(tuple(map(beside_sure, operands)))
            sure = next(operand for operand in operands if _is_sure(operand))
            others = tuple(beside_sure(o) for o in operands if not _is_sure(o))
            return _answered(And(others) if others else sure, sure)
        case Or(operands):
            return Or(tuple(map(beside_sure, operands)))
        case Not(operand):
            return Not(beside_sure(operand))
        case _:
            _is_sure(root)
            return root


def of_sure_values(node: CompiledNode) -> CompiledNode:
    """A compiled term or range, asked of the sure values of events."""
    match node:
        case AllOf(operands):
            return AllOf(tuple(map(of_sure_values, operands)))
        case OneOf(operands):
            return OneOf(tuple(map(of_sure_values, operands)))
        case Words(fields, alternatives, term):
            return Words(tuple(map(sure_field, fields)), alternatives, _told(term))
        case Prefix(fields, prefix, term):
            return Prefix(tuple(map(sure_field, fields)), prefix, _told(term))
        case ExactValue(field, values, term):
            return ExactValue(sure_field(field), values, _told(term))
        case Interval("event_date", first, last, term):
            return Interval("sure_event_date", first, last, _told(term))
        case _:
            raise TypeError(f"no value of events: {node}")


def _answered(node: Node, sure: Node) -> Node:
    """The node with its terms marked; where it can match without an event, with `sure:yes`."""
    if _asks_events(node) or node == sure:
        return _mark(node)
    match node:
        case Or(operands):
            return Or(tuple(_answered(operand, sure) for operand in operands))
        case And(operands):
            either = next((o for o in operands if _may_ask_events(o)), None)
            if either is None:
                return And((*operands, sure))
            return And(tuple(_answered(o, sure) if o is either else _mark(o) for o in operands))
        case _:
            return And((node, sure))


def _may_ask_events(node: Node) -> bool:
    """Whether one of several that may match asks for something of an event."""
    return isinstance(node, Or) and any(
        _asks_events(operand) or _may_ask_events(operand) for operand in node.operands
    )


def _told(term: str) -> str:
    """The term as it is told: the same value may be there without being sure."""
    return f"{term} sure:yes"


def _mark(node: Node) -> Node:
    match node:
        case And(operands):
            return And(tuple(map(_mark, operands)))
        case Or(operands):
            return Or(tuple(map(_mark, operands)))
        case Term() | Range() if _asks_events(node):
            return replace(node, sure=True)
        case _:
            return node


def _asks_events(node: Node) -> bool:
    """Whether every page that matches has to state something of an event."""
    match node:
        case And(operands):
            return any(map(_asks_events, operands))
        case Or(operands):
            return all(map(_asks_events, operands))
        case Not() | Asterisk() | Term(None):
            return False
        case _ if node.field == "has":
            return isinstance(node, Term) and node.text.lower() in HAS_OF_EVENTS
        case _:
            return node.field in FIELD and FIELD[node.field].of_events


def _is_sure(node: Node) -> bool:
    """Whether it is `sure:yes`."""
    if not (isinstance(node, Term) and node.field == "sure") or node.kind == "prefix":
        return False
    if node.text.lower() != "yes":
        raise QueryError(
            f"sure: takes only yes, not {node.text!r}"
            " (did you mean sure:yes, or -sure:yes for pages without a sure event?)",
            position=node.value_position,
            reason="unknown-value",
            hint="without sure:yes every value answers, sure or not",
        )
    return True

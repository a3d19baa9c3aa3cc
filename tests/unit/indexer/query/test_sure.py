"""What `sure:yes` does to what stands beside it."""

from __future__ import annotations

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledNode, ExactValue, Interval, OneOf
from indexer.query.fields import FIELDS, sure_field
from indexer.query.sure import SURE_EVENT, beside_sure, of_sure_values
from indexer.query.syntax import And, Node, Not, Or, Range, Term
from indexer.query.topics import Topic
from indexer.records.errors import QueryError
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {"t": Topic("t", "T", {"de": ("event:Erz sure:yes",)})})


def compile_root(query: str) -> CompiledNode:
    return COMPILER.compile(parse_query(query)).root


def shown(node: Node) -> str:
    """The tree, with ! behind the terms that are to be sure."""
    match node:
        case And(operands):
            return f"({' '.join(map(shown, operands))})"
        case Or(operands):
            return f"({'|'.join(map(shown, operands))})"
        case Not(operand):
            return f"-{shown(operand)}"
        case Term(field, text) if field is None:
            return text
        case Term() | Range():
            return f"{node.field}{'!' if node.sure else ''}"
        case _:
            return "*"


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("series:x sure:yes", "(series!)"),
        ("sure:YES series:x", "(series!)"),
        ('series:x sure:"yes"', "(series!)"),
        ("event_date:[2026 TO *] lang:de sure:yes", "(event_date! lang)"),
        ("sure:yes", "sure"),
        ("sure:yes sure:yes", "sure"),
        ("erz sure:yes", "(erz sure)"),
        ("* sure:yes", "(* sure)"),
        ("erz OR sure:yes", "(erz|sure)"),
        ("series:x -place:y sure:yes", "(series! -place)"),
        ("-place:y sure:yes", "(-place sure)"),
        ("erz -(series:x sure:yes)", "(erz -(series!))"),
        ("-sure:yes series:x", "(-sure series)"),
        ("(series:x OR place:y) sure:yes", "((series!|place!))"),
        ("(series:x OR erz) sure:yes", "((series!|(erz sure)))"),
        ("a ((series:x b) OR c) sure:yes", "(a ((series! b)|(c sure)))"),
        ("(a OR (b OR series:x)) sure:yes", "(((a sure)|((b sure)|series!)))"),
        ("series:x OR (place:y sure:yes)", "(series|(place!))"),
        ("has:event sure:yes", "(has!)"),
        ("has:commodity sure:yes", "(has sure)"),
        ("topic:t title:x sure:yes", "(topic title sure)"),
    ],
)
def test_it_acts_within_its_brackets_and_not_on_what_is_excluded(query: str, tree: str) -> None:
    assert shown(beside_sure(parse_query(query).root)) == tree


@pytest.mark.parametrize("query", ["sure:no", "series:x sure:true", "-sure:no", "a OR (b sure:ja)"])
def test_it_has_no_other_value(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        beside_sure(parse_query(query).root)
    assert caught.value.reason == "unknown-value"
    assert caught.value.position == query.index("sure:") + len("sure:")
    assert "did you mean sure:yes" in caught.value.message


@pytest.mark.parametrize(
    ("query", "reason"),
    [("sure:yes*", "prefix-not-allowed"), ("sure:[a TO b]", "range-not-allowed")],
)
def test_it_is_a_whole_value(query: str, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        compile_root(query)
    assert caught.value.reason == reason


def test_what_is_asked_for_says_that_it_has_to_be_sure() -> None:
    assert compile_root("event_month:2026-03 sure:yes") == ExactValue(
        "sure_event_month", ("2026-03",), "event_month:2026-03 sure:yes"
    )
    days = compile_root("event_date:[2026 TO *] sure:yes")
    assert isinstance(days, Interval)
    assert (days.field, days.term) == ("sure_event_date", "event_date:[2026 TO *] sure:yes")
    assert compile_root("sure:yes") == SURE_EVENT


def test_every_field_of_events_can_be_asked_for() -> None:
    fields = [field for field in FIELDS if field.of_events]
    values = {"event_date": "2026", "has": "event", "status": "held", "country": "KZ"}
    for field in fields:
        value = values.get(field.name) or field.such_as or "Astana"
        found = compile_root(f"{field.name}:{value} sure:yes")
        leaves = found.operands if isinstance(found, OneOf) else (found,)
        fields_of = (
            getattr(leaf, "fields", None) or (getattr(leaf, "field", ""),) for leaf in leaves
        )
        named = {name for names in fields_of for name in names}
        assert sure_field(field.name) in named
        assert all(name.startswith("sure_") for name in named)


def test_terms_of_topics_may_have_it() -> None:
    assert "sure_event" in str(compile_root("topic:t"))


def test_what_no_event_states_is_refused() -> None:
    with pytest.raises(TypeError, match="no value of events"):
        of_sure_values(compile_root("published:2026"))

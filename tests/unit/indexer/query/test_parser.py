import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import QueryCompiler, as_phrase, parse_query
from indexer.query.parser import DEEPEST_QUERY, LONGEST_QUERY, MOST_LEAVES
from indexer.query.syntax import And, Asterisk, Node, Not, Or, Range, Term
from indexer.records.errors import QueryError
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})


def shape(node: Node) -> str:
    """A query tree in brackets, for reading."""
    match node:
        case And(operands):
            return f"and({', '.join(map(shape, operands))})"
        case Or(operands):
            return f"or({', '.join(map(shape, operands))})"
        case Not(operand):
            return f"not({shape(operand)})"
        case Range(field, low, high):
            return f"{field}[{low}..{high}]"
        case Asterisk():
            return "*"
        case Term(field, text, kind):
            return f"{field + '=' if field else ''}{text}{'' if kind == 'word' else '~' + kind}"


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b", "and(a, b)"),
        ("a AND b", "and(a, b)"),
        ("a OR b c", "or(a, and(b, c))"),
        ("a b OR c", "or(and(a, b), c)"),
        ("(a OR b) c", "and(or(a, b), c)"),
        ("NOT a b", "and(not(a), b)"),
        ("-a OR NOT b", "or(not(a), not(b))"),
        ("NOT NOT a", "a"),
        ("a or not b", "and(a, or, not, b)"),
        ("-(a b)", "not(and(a, b))"),
        ("Cluster-Strategie", "Cluster-Strategie"),
        ("a - b", "and(a, b)"),
        ('"zwei Worte" x', "and(zwei Worte~phrase, x)"),
        ("„zwei Worte“ «три слова»", "and(zwei Worte~phrase, три слова~phrase)"),
        ("Roh*", "Roh~prefix"),
        ("*", "*"),
        ("commodity:lithium", "commodity=lithium"),
        ('country:"Kirgisische Republik"', "country=Kirgisische Republik~phrase"),
        ("-lang:ru", "not(lang=ru)"),
        ("published:[2015-01 TO *]", "published[2015-01..None]"),
        ("event_date:[ 2015  TO 2016 ]", "event_date[2015..2016]"),
        ("12:30", "12:30"),
        ("C5+1 & Co", "and(C5+1, Co)"),
        ("title:Roh*", "title=Roh~prefix"),
    ],
)
def test_queries_are_read_as_the_contract_says(query: str, tree: str) -> None:
    assert shape(parse_query(query).root) == tree


@pytest.mark.parametrize(
    ("query", "reason", "position"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("& +", "empty", 0),
        ("(a", "unbalanced-bracket", 0),
        ("a (b (c)", "unbalanced-bracket", 2),
        ("a)", "unbalanced-bracket", 1),
        (")", "unbalanced-bracket", 0),
        ("()", "operand-missing", 0),
        ("a AND", "operand-missing", 5),
        ("OR a", "operand-missing", 0),
        ("a OR OR b", "operand-missing", 5),
        ("NOT", "operand-missing", 3),
        ('a "b', "unbalanced-quote", 2),
        ('""', "no-words", 0),
        ("ab*", "prefix-too-short", 0),
        ("a lit*hium", "asterisk-inside", 5),
        ("*lithium*", "asterisk-inside", 0),
        ("a lithium|copper", "bar", 9),
        ("a || b", "bar", 2),
        ("title:lithium|copper", "bar", 13),
        ("title:*erz", "asterisk-inside", 6),
        ('a "lit*hium"', "asterisk-inside", 6),
        ('title:"neues Lithium*"', "asterisk-inside", 20),
        ("lang:", "value-missing", 5),
        ("lang:(de ru)", "value-missing", 5),
        ("published:[2015", "bad-range", 10),
        ("published:[2015 to 2016]", "bad-range", 10),
        ("[2015 TO 2016]", "unexpected-bracket", 0),
        ("x" * 5000, "too-long", LONGEST_QUERY),
        ("(" * (DEEPEST_QUERY + 1) + "a", "too-deep", DEEPEST_QUERY),
        ("a " * (MOST_LEAVES + 1), "too-many-terms", 2 * MOST_LEAVES),
    ],
)
def test_mistakes_are_told_with_their_place(query: str, reason: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert (caught.value.reason, caught.value.position) == (reason, position)


def test_the_limits_themselves_are_allowed() -> None:
    assert parse_query("x" * LONGEST_QUERY).root == Term(None, "x" * LONGEST_QUERY, "word", 0)
    deep = parse_query("(" * DEEPEST_QUERY + "a" + ")" * DEEPEST_QUERY).root
    assert deep == Term(None, "a", "word", DEEPEST_QUERY)
    many = parse_query("a " * MOST_LEAVES).root
    assert isinstance(many, And)
    assert len(many.operands) == MOST_LEAVES
    signs = LONGEST_QUERY - 1
    negated = parse_query("-" * signs + "a").root
    term = Term(None, "a", "word", signs)
    assert negated == (Not(term) if signs % 2 else term)


PIECES = [
    *("(", ")", "[", "]", '"', "-", "*", ":", "AND", "OR", "NOT", "TO", " ", "\n", "\0", "lithium"),
    *("Blei", "Cluster-Strategie", "литий", "country:", "published:", "[2015 TO *]", "2015-06"),
    *("commodity:", "topic:", "has:", "event_date:", "'", "„", "“", "\u0301", "ʻ", "中", "ﷺ"),
    "\ud800",
]


def is_query_or_mistake(text: str) -> bool:
    """Whether the text is a query, or its mistake has a place, a reason and a message."""
    try:
        COMPILER.compile(parse_query(text))
    except QueryError as error:
        return bool(0 <= error.position <= len(text) and error.reason and error.message)
    return True


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_whatever_is_typed_is_a_query_or_a_query_error(text: str) -> None:
    assert is_query_or_mistake(text)


def test_many_random_queries_end_well() -> None:
    """The fuzz of the trial grammar, 20,000 inputs, as a fast loop."""
    chance = random.Random(5)
    for _ in range(5_000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 60)))
        assert is_query_or_mistake(text), text


def test_an_asterisk_in_names_and_in_prose_is_a_mark_of_that_text() -> None:
    assert shape(parse_query(as_phrase("Verein der Hüttenleute*n")).root) == shape(
        parse_query('"Verein der Hüttenleute n"').root
    )
    assert parse_query('about:"Die Bergleute* sind gemeint"')

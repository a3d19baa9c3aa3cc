from collections.abc import Sequence

import pytest

from indexer.meaning.encoder import Encoder
from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledNode, ExactValue, OneOf, TokenSequence, Words
from indexer.query.fields import FIELDS, Field
from indexer.query.topics import Topic
from indexer.records.errors import QueryError
from indexer.records.reference import load_reference

REFERENCE = load_reference()
COMPILER = QueryCompiler(REFERENCE, {"t": Topic("t", "T", {"de": ("Erz",)}, {})})


def compile_root(query: str) -> CompiledNode:
    return COMPILER.compile(parse_query(query)).root


def values(query: str) -> dict[str, tuple[str, ...]]:
    """Exact values that a query looks for."""
    node = compile_root(query)
    operands = node.operands if isinstance(node, OneOf) else (node,)
    return {o.field: o.values for o in operands if isinstance(o, ExactValue)}


def looked_for(query: str) -> set[tuple[str, ...]]:
    """Token sequences that a query looks for in texts."""
    node = compile_root(query)
    operands = node.operands if isinstance(node, OneOf) else (node,)
    return {a.tokens for o in operands if isinstance(o, Words) for a in o.alternatives}


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("lithium", "commodity", "lithium"),
        ("литием", "commodity", "lithium"),
        ("литиевые", "commodity", "lithium"),
        ("Seltenen Erden", "commodity", "ree"),
        ('"rare earths"', "commodity", "ree"),
        ("Казахстане", "country", "KZ"),
        ("Kirgisischen Republik", "country", "KG"),
        ("OʻZBEKISTON", "country", "UZ"),
        ("Бишкеке", "place", "bishkek"),
        ("Deutsche Rohstoffagentur", "organisation", "dera"),
        ("кластерной стратегией", "strategy", "kz-cluster"),
    ],
)
def test_labels_are_known_in_their_forms(query: str, field: str, value: str) -> None:
    assert value in values(query)[field]


def test_the_meaning_of_a_text_is_drawn_towards_what_its_words_may_be_called() -> None:
    class Asked(Encoder):
        asked: tuple[str, ...] = ()

        def encode(self, texts: Sequence[str]) -> list[bytes]:
            self.asked = tuple(texts)
            return [bytes([number, 1] * 256) for number in range(len(texts))]

    encoder = Asked()
    compiler = QueryCompiler(REFERENCE, {}, encoder)
    drawn = compiler.meaning("mine closure")
    asked, otherwise = encoder.asked
    assert asked == "mine closure"
    assert {"mine", "bergwerk", "рудник", "schliessung"} <= {*otherwise.split()}
    assert drawn != bytes([0, 1] * 256)
    assert compiler.meaning("Qwrtz") == bytes([0, 1] * 256)
    assert encoder.asked == ("Qwrtz",)


def test_the_meaning_of_a_text_is_that_of_a_question() -> None:
    class Turning(Encoder):
        def encode(self, texts: Sequence[str]) -> list[bytes]:
            return [bytes(512) for _ in texts]

        def as_question(self, vector: bytes) -> bytes:
            return vector[:-1] + b"\1"

    assert QueryCompiler(REFERENCE, {}, Turning()).meaning("Qwrtz") == bytes(511) + b"\1"


def test_the_longest_run_of_words_is_the_label() -> None:
    node = compile_root("Abbau Seltener Erden Kasachstan")
    assert "commodity" in str(node)
    assert "'ree'" in str(node)
    assert "'KZ'" in str(node)


def test_a_label_is_looked_for_in_every_language() -> None:
    tokens = looked_for("Lithium")
    assert ("ru:лит",) in tokens
    assert ("kk:литий",) in tokens
    assert ("fr:lithium",) in tokens


def test_ordinary_words_are_not_looked_for_by_other_labels() -> None:
    assert ("en:lead",) not in looked_for("свинец")
    assert ("de:blei",) in looked_for("свинец")
    assert ("de:talk",) not in looked_for("тальк")
    assert values("lead") == {"commodity": ("lead",)}
    assert values("leading") == {}


def test_short_capitals_are_labels_only_in_capitals() -> None:
    assert "ree" in values("SEE").get("commodity", ())
    assert values("see") == {}


def test_what_shares_a_stem_with_another_name_is_looked_for_as_it_is_spelled() -> None:
    assert values("Германия") == {"country": ("DE",)}
    assert values("Германии") == {"country": ("DE",)}
    assert ("индий",) in looked_for("Indium")
    assert ("ru:инд",) not in looked_for("Indium")


def test_title_and_text_look_for_labels_but_not_for_values() -> None:
    node = compile_root("title:lithium")
    assert isinstance(node, Words)
    assert TokenSequence("stem", ("ru:лит",)) in node.alternatives
    assert node.fields == ("title",)


@pytest.mark.parametrize(
    ("query", "reason", "told"),
    [
        ("titel:x", "unknown-field", "did you mean 'title'"),
        ("http://example.org", "address", "an address is no query"),
        ("commodity:lithum", "unknown-value", "did you mean 'lithium'"),
        ("country:Kazachstan", "unknown-value", "did you mean 'Kazakhstan'"),
        ("kind:artikel", "unknown-value", "did you mean 'article'"),
        ("has:evnt", "unknown-value", "did you mean 'event'"),
        ("topic:x", "unknown-value", "'x'"),
        ("lang:deutsh", "unknown-value", "did you mean 'deutsch'"),
        ("status:over", "unknown-value", "'over'"),
        ("event_month:13", "unknown-value", "'13'"),
        ("event_month:2015-13", "unknown-value", "'2015-13'"),
        ("year:15", "unknown-value", "'15'"),
        ("story:that", "unknown-value", "'that'"),
        ("published:soon", "bad-date", "'soon'"),
        ("published:[2015 TO 201]", "bad-date", "'201'"),
        ("published:[2016 TO 2015]", "bad-range", "ends before"),
        ("commodity:[a TO b]", "range-not-allowed", "commodity"),
        ("country:Kas*", "prefix-not-allowed", "country"),
        ("sure:no", "unknown-value", "did you mean sure:yes"),
    ],
)
def test_values_that_can_not_be_are_told(query: str, reason: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        compile_root(f"x {query}")
    of_value = reason in ("unknown-value", "bad-date", "bad-range")
    assert caught.value.reason == reason
    assert caught.value.position == 2 + (query.index(":") + 1 if of_value else 0)
    assert told in caught.value.message


@pytest.mark.parametrize("field", [field for field in FIELDS if field.shape])
def test_the_value_that_stands_for_others_is_one(field: Field) -> None:
    node = compile_root(f"{field.name}:{field.such_as}")
    assert isinstance(node, ExactValue)
    assert (node.field, node.values) == (field.name, (field.such_as,))


def test_open_fields_take_any_words() -> None:
    for field in ("organisation", "person", "series", "event"):
        node = compile_root(f"{field}:Unbekannt")
        nodes = node.operands if isinstance(node, OneOf) else (node,)
        words = [alternative for alternative in nodes if isinstance(alternative, Words)]
        assert all(alternative.fields == (field,) for alternative in words)
        assert TokenSequence("surface", ("unbekannt",)) in words[0].alternatives


def test_names_are_asked_for_by_their_value_too() -> None:
    for field, value in (("person", "unbekant"), ("series", "unbekant"), ("strategy", "kz-2050")):
        text = "Unbekannt" if value == "unbekant" else "Kasachstan-2050"
        node = compile_root(f"{field}:{text}")
        assert isinstance(node, OneOf)
        assert node.operands[0] == ExactValue(field, (value,), f"{field}:{text}")


def test_values_of_a_closed_kind_are_taken_as_they_are() -> None:
    assert values("source:x") == {"source": ("x",)}


@pytest.mark.parametrize("said", ["moved", "postponed", "Rescheduled"])
def test_a_status_is_asked_for_in_other_words(said: str) -> None:
    node = compile_root(f"status:{said}")
    assert isinstance(node, ExactValue)
    assert node.values == ("moved",)


def test_a_topic_must_not_name_topics_and_its_mistakes_say_where() -> None:
    for term in ("topic:t", "(a", "colour:red"):
        broken = QueryCompiler(REFERENCE, {"b": Topic("b", "B", {"en": (term,)}, {})})
        with pytest.raises(QueryError) as caught:
            broken.compile(parse_query("topic:b"))
        assert "topic 'b'" in caught.value.message
        assert term in caught.value.message


def test_values_have_names_for_people() -> None:
    assert COMPILER.label("country", "KZ") == "Kazakhstan"
    assert COMPILER.label("commodity", "ree") == "rare earths"
    assert COMPILER.label("source", "x") == "x"
    assert COMPILER.label("topic", "t") == "T"

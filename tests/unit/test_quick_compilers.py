"""A compiler is shared by those whose tables and topics are the same."""

from __future__ import annotations

from indexer.query.topics import Topic
from indexer.records.reference import NO_REFERENCE, load_reference
from tests.quick_compilers import compiler
from tests.word_encoder import WordEncoder


def test_the_same_tables_and_topics_have_one_compiler_and_others_another() -> None:
    topic = Topic("copper", "Copper", {"en": ("copper",)})
    first = compiler(NO_REFERENCE, {"copper": topic}, None)
    assert compiler(NO_REFERENCE, {"copper": Topic("copper", "Copper", topic.terms)}, None) is first
    others = (
        compiler(NO_REFERENCE, {}, None),
        compiler(NO_REFERENCE, {"copper": Topic("copper", "Copper", {"en": ("lead",)})}, None),
        compiler(load_reference(), {"copper": topic}, None),
        compiler(NO_REFERENCE, {"copper": topic}, WordEncoder()),
    )
    assert first not in others
    assert len({*map(id, others)}) == len(others)

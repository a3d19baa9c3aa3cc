import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.needs import Needs, needs_of
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})


def needs(query: str) -> Needs:
    return needs_of(COMPILER.compile(parse_query(query)))


def test_what_a_query_needs() -> None:
    assert needs("kind:event").each == ({"kind:event"},)
    assert needs("kind:event published:2015").each == ({"kind:event"},)
    assert needs("kind:event OR lang:de").each == ({"kind:event", "lang:de"},)
    for query in ("*", "-kind:event", "published:2015", "Roh*", "kind:event OR Roh*"):
        assert needs(query).each == (), query


def test_a_phrase_needs_its_longest_words() -> None:
    first, second = needs('"in Verhandlungen mit"').each
    assert "surface:verhandlungen" in first
    assert "surface:mit" in second
    assert not {"surface:in"} & (first | second)


def test_a_name_has_keys_of_its_own() -> None:
    (keys,) = needs("person:Weber").each
    assert "person surface:weber" in keys
    (keys,) = needs("title:Weber").each
    assert "surface:weber" in keys


def test_a_language_selects_less_than_a_word() -> None:
    """The shortest set of keys would be that of the language, which every other page is in."""
    narrowest, language = needs("lang:ru AND кластер").each
    assert "surface:кластер" in narrowest
    assert language == {"lang:ru"}


@pytest.mark.parametrize(
    ("query", "decided"),
    [
        ("Wald", True),
        ("Wald OR kind:event", True),
        ("Wald kind:event -Haus", True),
        ("Wald -(Haus OR Garten)", True),
        ("-Haus", True),
        ("person:Weber", True),
        ("*", False),
        ('"Wald und Haus"', False),
        ("title:Wald", False),
        ("text:Wald", False),
        ("Wald -title:Haus", False),
        ("Wald -(Haus Garten)", False),
        ("(Wald Haus) OR Garten", False),
        ("(Wald -Haus) OR Garten", False),
        ("Wald published:2015", False),
        ("Wald Roh*", False),
    ],
)
def test_what_decides_a_query(query: str, decided: bool) -> None:
    assert needs(query).decide is decided


def test_what_a_query_excludes() -> None:
    assert "surface:haus" in needs("Wald -Haus").none
    assert not needs("Wald -(Haus Garten)").none
    assert not needs("(Wald -Haus) OR Garten").none

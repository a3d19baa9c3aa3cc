import random

from benchmarks.documents import DocumentMaker, Vocabulary
from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.query.prefilter import Prefilter, required_words
from indexer.records.reference import load_reference

REFERENCE = load_reference()
COMPILER = QueryCompiler(REFERENCE, {})


def required_keys(query: str) -> set[tuple[str, str]] | None:
    found = required_words(COMPILER.compile(parse_query(query)).root)
    return None if found is None else set(found)


def test_what_a_query_needs() -> None:
    assert required_keys("kind:event") == {("kind", "event")}
    assert required_keys("kind:event published:2015") == {("kind", "event")}
    assert required_keys("kind:event OR lang:de") == {("kind", "event"), ("lang", "de")}
    for query in ("*", "-kind:event", "published:2015", "Roh*", "kind:event OR Roh*"):
        assert required_keys(query) is None, query
    phrase = required_keys('"in Verhandlungen"')
    assert phrase is not None
    assert ("surface", "verhandlungen") in phrase
    assert ("surface", "in") not in phrase


def test_no_match_is_lost() -> None:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(80), length=25)
    chance = random.Random(2)
    queries = {}
    for _ in range(150):
        words = [maker.word(chance.choice(("de", "en", "ru"))) for _ in range(3)]
        text = chance.choice(
            ("{0} {1}", '"{0} {1}"', "{0} -{1}", "({0} OR {1}) {2}", "{0}", "-{0}")
        )
        query = text.format(*words)
        queries[query] = COMPILER.compile(parse_query(query))
    prefilter = Prefilter(queries)
    spared = 0
    for document in maker.documents(40):
        view = COMPILER.view(document)
        candidates = prefilter.candidates(view)
        spared += len(queries) - len(candidates)
        for query, compiled in queries.items():
            assert query in candidates or not holds(compiled.root, view), query
    assert spared > 40 * len(queries) / 4


def test_a_language_selects_less_than_a_word() -> None:
    """The shortest set of keys would be that of the language, which every other page is in."""
    compiler = QueryCompiler(load_reference(), {})
    keys = required_words(compiler.compile(parse_query("lang:ru AND кластер")).root)
    assert keys is not None
    assert ("lang", "ru") not in keys
    assert ("surface", "кластер") in keys
    alone = required_words(compiler.compile(parse_query("lang:ru")).root)
    assert alone == {("lang", "ru")}

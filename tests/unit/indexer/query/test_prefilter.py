import random
from datetime import UTC, datetime

from benchmarks.documents import DocumentMaker, Vocabulary
from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.query.prefilter import Prefilter
from indexer.query.topics import Topic
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

REFERENCE = load_reference()
COMPILER = QueryCompiler(REFERENCE, {})
FORMS = (
    "{0}",
    "-{0}",
    "{0} {1}",
    '"{0} {1}"',
    '"{0} {1}" OR {2}',
    "{0} -{1}",
    "{0} -({1} OR {2})",
    "{0} -({1} {2})",
    "({0} OR {1}) {2}",
    "({0} {1}) OR {2}",
    "({0} -{1}) OR {2}",
    "({0} -{1}) ({2} OR {1})",
    "title:{0}",
    "text:{0} -title:{1}",
    "lang:de {0}",
    "-lang:de {0}",
    "kind:event OR {0}",
    "country:KZ -{0}",
    "has:event {0}",
    "commodity:lithium {0}",
    "person:{0} OR {1}",
    "event:{0} {1}",
    "published:2015 {0}",
    "sure:yes country:KZ",
)


def test_what_matches_is_a_candidate_and_most_others_are_not() -> None:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(80), length=25)
    chance = random.Random(2)
    queries = {}
    for place in range(480):
        words = [maker.word(chance.choice(("de", "en", "ru"))) for _ in range(3)]
        query = FORMS[place % len(FORMS)].format(*words)
        queries[query] = COMPILER.compile(parse_query(query))
    prefilter = Prefilter(queries)
    spared = needless = 0
    for document in maker.documents(40):
        view = COMPILER.view(document)
        candidates = prefilter.candidates(view)
        spared += len(queries) - len(candidates)
        wanted = {query for query, compiled in queries.items() if holds(compiled.root, view)}
        assert wanted <= candidates
        needless += len(candidates - wanted)
    assert spared > 40 * len(queries) / 4
    assert needless < spared / 20


def test_names_and_words_of_the_text_are_told_apart() -> None:
    queries = ("organisation:Testwerk", "title:Testwerk", "text:Testwerk", "Testwerk")
    text = "Das Testwerk in Altdorf ruht."
    view = COMPILER.view(_document(Page(url=_URL, lang="de", title="Nichts Neues", text=text)))
    prefilter = Prefilter({q: COMPILER.compile(parse_query(q)) for q in queries})
    assert prefilter.candidates(view) == {"title:Testwerk", "text:Testwerk", "Testwerk"}


def test_what_one_passage_must_not_have_another_may() -> None:
    topic = Topic("tin", "Tin", {"de": ("Zinn",)}, exclude={"de": ("Blei",)})
    compiler = QueryCompiler(REFERENCE, {topic.id: topic})
    prefilter = Prefilter({"tin": compiler.compile(parse_query("topic:tin"))})
    text = "Blei wird teurer.\n\nZinn wird billiger."
    assert prefilter.candidates(compiler.view(_document(Page(url=_URL, lang="de", text=text))))
    text = "Blei wird teurer."
    assert not prefilter.candidates(compiler.view(_document(Page(url=_URL, lang="de", text=text))))


def test_a_query_of_one_set_of_keys_is_found_by_them_though_they_do_not_decide_it() -> None:
    topic = Topic("tin", "Tin", {"de": ("Zinn", "Zink")})
    compiler = QueryCompiler(REFERENCE, {topic.id: topic})
    queries = {q: compiler.compile(parse_query(q)) for q in ("topic:tin", "title:Zinn")}
    prefilter = Prefilter(queries)
    page = Page(url=_URL, lang="de", title="Neues", text="Zinn wird billiger.")
    assert prefilter.candidates(compiler.view(_document(page))) == set(queries)


_URL = "https://a.example/1"


def _document(page: Page) -> StoredDocument:
    return StoredDocument(document_id(_URL), _URL, "a", 1, datetime(2026, 1, 1, tzinfo=UTC), page)

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import OneOf, TokenSequence, Words
from indexer.query.evaluator import Explanation, matches
from indexer.query.record import Details
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.records.document import Event, Mention, Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.passages import passages
from indexer.text.words import WORD

TOPIC = Topic(
    "clusters", "Clusters", {"de": ("Clusterstrategie", "Cluster*")}, {"en": ("computer",)}
)
COMPILER = QueryCompiler(load_reference(), {"clusters": TOPIC})

TITLE = "Delegation in Astana"
FIRST = "Die Delegation besuchte Astana am 8. Juni 2015."
SECOND = "Im Herbst folgt Bischkek, dort geht es um Lithium."


def mention(field: str, part: str, surface: str, value: str) -> Mention:
    text = {"title": TITLE, "text": f"{FIRST}\n\n{SECOND}"}[part]
    start = text.index(surface)
    return Mention(field, part, start, start + len(surface), surface, value)  # type: ignore[arg-type]


PAGE = Page(
    "https://example.org/",
    lang="de",
    title=TITLE,
    text=f"{FIRST}\n\n{SECOND}",
    places=("astana", "bishkek"),
    events=(
        Event("Delegationsreise", start="2015-06-08", status="held"),
        Event("Folgetreffen", start="2015-autumn", status="scheduled"),
    ),
    mentions=(
        mention("places", "title", "Astana", "astana"),
        mention("places", "text", "Bischkek", "bishkek"),
        mention("commodities", "text", "Lithium", "lithium"),
        mention("events[0].start", "text", "8. Juni 2015", "2015-06-08"),
        mention("events[1].start", "text", "Herbst", "2015-autumn"),
    ),
)
DOCUMENT = StoredDocument(
    document_id("https://example.org/"),
    "https://example.org/",
    "example",
    1,
    datetime(2026, 1, 1, tzinfo=UTC),
    PAGE,
)


def explain(query: str, only: str | None = None) -> Explanation | None:
    kept = None if only is None else [p for p in passages(PAGE) if p.text == only]
    return matches(COMPILER.compile(parse_query(query)), COMPILER.view(DOCUMENT, kept))


def marks(explanation: Explanation | None) -> list[str]:
    assert explanation is not None
    return [p.text[a:b] for p in explanation.passages for a, b in p.marks]


def test_terms_are_told_as_they_were_typed() -> None:
    explanation = explain('"besuchte Astana" OR kupfer OR commodity:литий')
    assert explanation is not None
    assert explanation.terms == ("besuchte Astana", "commodity:литий")
    assert marks(explanation) == ["besuchte Astana", "Lithium"]


@pytest.mark.parametrize(
    ("lang", "text", "term"),
    [
        ("en", "The lithium mine opened.", "lithium"),
        ("ru", "Добыча лития началась.", "литий"),
        ("de", "Der Lithiumabbau beginnt.", "Lithium"),
    ],
)
def test_of_names_of_one_concept_the_page_s_own_is_told(lang: str, text: str, term: str) -> None:
    """Whoever reads an English page is not told that it has a Russian word."""
    terms: dict[str, tuple[str, ...]] = {
        "ru": ("литий OR сурьма",),
        "de": ("Lithium",),
        "en": ("lithium",),
    }
    compiler = QueryCompiler(load_reference(), {"metals": Topic("metals", "Metals", terms)})
    view = compiler.view(replace(DOCUMENT, page=Page(PAGE.url, lang=lang, text=text)))
    explanation = matches(compiler.compile(parse_query("topic:metals")), view)
    assert explanation is not None
    assert [each.casefold() for each in explanation.terms] == [term.casefold()]


def test_terms_that_found_different_words_are_all_told() -> None:
    explanation = explain("lithium AND Herbst AND Delegation*")
    assert explanation is not None
    assert explanation.terms == ("lithium", "Herbst", "Delegation*")


def test_only_what_made_it_match_is_marked() -> None:
    assert marks(explain("(Delegation kupfer) OR Herbst")) == ["Herbst"]
    assert marks(explain("Herbst -kupfer")) == ["Herbst"]


def test_a_restricted_view_knows_only_its_passages() -> None:
    assert explain("lithium", FIRST) is None
    assert explain("commodity:lithium", FIRST) is None
    assert explain("commodity:lithium", SECOND)
    assert explain("place:bishkek", FIRST) is None
    assert explain("-lithium", FIRST)
    assert explain("Delegation", SECOND) is None


def test_events_of_a_restricted_view_are_those_with_a_mention_in_it() -> None:
    assert explain("event_date:2015-06-08", FIRST)
    assert explain("event_date:2015-06-08", SECOND) is None
    assert explain("status:scheduled event:Folgetreffen", SECOND)
    assert explain("status:held", SECOND) is None
    assert marks(explain("event_date:2015-10")) == ["Herbst"]


def test_the_source_and_language_hold_for_every_passage() -> None:
    assert explain("source:example lang:de", FIRST)
    assert explain("source:other") is None


def test_a_topic_is_explained_by_its_terms_and_left_by_its_exclusions() -> None:
    def about(text: str) -> Explanation | None:
        stored = replace(DOCUMENT, page=Page(None, lang="de", text=text))
        return matches(COMPILER.compile(parse_query("topic:clusters")), COMPILER.view(stored))

    found = about("Neue Cluster-Strategien")
    assert found is not None
    assert found.terms == ("Clusterstrategie", "Cluster*")
    assert about("Cluster im Computer") is None


def test_marks_that_overlap_become_one() -> None:
    assert marks(explain('Astana OR place:astana OR "Delegation in Astana" OR in')) == [
        "Delegation in Astana",
        "Astana",
    ]


def test_details_survive_their_json_form() -> None:
    details = COMPILER.view(DOCUMENT).details
    assert details.events
    assert details.spans
    assert Details.from_json(details.to_json()) == details


def stored_view(view: PageView) -> PageView:
    """The same, made of what stores keep."""
    record = view.record._replace(details=view.details.to_json())
    return PageView(record, COMPILER.analyzer, view.passages.stored_tokens())


def test_kept_tokens_give_the_same_explanation() -> None:
    compiled = COMPILER.compile(parse_query("Delegation OR lithium OR Herb*"))
    view = COMPILER.view(DOCUMENT)
    kept = stored_view(view)
    assert matches(compiled, kept) == matches(compiled, view)


PIECES = (
    "Erz",
    "Erze",
    "Rohstoff",
    "Dialog",
    "dialogs",
    "7",
    "中",
    "литий",
    "o",
    "–",
    "-",
    "'s",
    "Öl",
)


@given(
    st.lists(st.sampled_from([*PIECES, " ", " ", "\n", "\u00a0"]), max_size=20).map("".join),
    st.lists(st.sampled_from(PIECES[:9]), min_size=1, max_size=3),
    st.sampled_from(["de", "en", "ru", "kk", None]),
)
def test_marks_are_whole_words_that_the_query_finds(
    text: str, words: list[str], lang: str | None
) -> None:
    """Each word alone, marked by stored tokens, by new ones, and found by brute force."""
    view = COMPILER.view(replace(DOCUMENT, page=Page(None, lang=lang, text=text)))
    kept = stored_view(view)
    for query in (*words, '"' + " ".join(words) + '"'):
        compiled = COMPILER.compile(parse_query(query))
        found = matches(compiled, view)
        assert matches(compiled, kept) == found
        marked = [(p.start, p.marks) for p in found.passages] if found else []
        assert marked == mark_plainly(compiled.root, view)


def mark_plainly(root: object, view: PageView) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    leaves = root.operands if isinstance(root, OneOf) else (root,)
    marked = []
    for passage in view.record.passages:
        analysis = COMPILER.analyzer.analyse(passage.text, view.record.lang)
        places = [match.span(1) for match in WORD.finditer(passage.text)]
        runs = {
            run
            for words in leaves
            if isinstance(words, Words)
            for alternative in words.alternatives
            for run in plain_runs(alternative, analysis, view.record.lang)
        }
        spans: list[tuple[int, int]] = []
        for start, end in sorted((places[first][0], places[last][1]) for first, last in runs):
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        if spans:
            marked.append((passage.start, tuple(spans)))
    return marked


def plain_runs(
    alternative: TokenSequence, analysis: Analysis, lang: str | None
) -> list[tuple[int, int]]:
    if alternative.stream == "parts":
        return analysis.runs_of_part(alternative.tokens[0])
    tokens = analysis.surface.split()
    if alternative.stream == "stem":
        tokens = [f"{lang}:{stem}" for stem in analysis.stem.split()]
    length = len(alternative.tokens)
    starts = range(len(tokens) - length + 1)
    return [
        (n, n + length - 1) for n in starts if tuple(tokens[n : n + length]) == alternative.tokens
    ]


@pytest.mark.parametrize(
    ("lang", "word"), [("de", "kupfer"), ("ru", "мыс"), ("kk", "мыс"), (None, "kupfer")]
)
def test_words_are_marked_by_kept_tokens_alone(
    monkeypatch: pytest.MonkeyPatch, lang: str | None, word: str
) -> None:
    """Whether the language has stems or not: to analyse a long page again takes its time."""
    page = Page(None, lang=lang, text="Тау, мыс und Kupfer.\n\nМыс; Kupfer")
    kept = stored_view(COMPILER.view(replace(DOCUMENT, page=page)))
    compiled = COMPILER.compile(parse_query(f"text:{word}"))
    monkeypatch.delattr(Analyzer, "analyse")
    assert [mark.lower() for mark in marks(matches(compiled, kept))] == [word, word]


def test_fingerprints_are_those_of_the_page() -> None:
    explanation = explain("lithium")
    assert explanation is not None
    assert {p.fingerprint for p in explanation.passages} <= {p.fingerprint for p in passages(PAGE)}


def test_evidence_is_marked_in_the_passage_that_holds_it_whole() -> None:
    """In each of many; what reaches over the end of one, or stands outside of the text, in none."""
    page = Page(
        None,
        lang="de",
        title="Gold",
        teaser="Gold",
        text="\n\n".join(["das Gold"] * 50),
        mentions=(
            Mention("commodities", "title", 0, 4, "Gold", "gold"),
            Mention("commodities", "teaser", 0, 4, "Gold", "gold"),
            *(
                Mention("commodities", "text", place + 4, place + 8, "Gold", "gold")
                for place in range(490, -10, -10)
            ),
            Mention("commodities", "text", 24, 34, "Gold das", "gold"),
            Mention("commodities", "markup", 4, 8, "Gold", "gold"),
        ),
    )
    found = matches(
        COMPILER.compile(parse_query("commodity:gold")),
        COMPILER.view(replace(DOCUMENT, page=page)),
    )
    assert found is not None
    assert [(p.part, p.start, p.marks) for p in found.passages] == [
        ("title", 0, ((0, 4),)),
        ("teaser", 0, ((0, 4),)),
        *(("text", place, ((4, 8),)) for place in range(0, 500, 10)),
    ]


def test_many_marks_of_a_long_text_stand_where_few_do() -> None:
    text = " ".join(f"Zinn/Blei, ({n}) «Kupfer» und Kupfer;" for n in range(3_000))
    page = Page("https://example.org/", lang="de", text=text)
    found = matches(
        COMPILER.compile(parse_query("Kupfer")), COMPILER.view(replace(DOCUMENT, page=page))
    )
    assert found is not None
    marked = [passage.text[a:b] for passage in found.passages for a, b in passage.marks]
    assert len(marked) == text.count("Kupfer")
    assert set(marked) == {"Kupfer"}

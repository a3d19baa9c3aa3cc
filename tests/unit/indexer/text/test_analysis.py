"""Words of a query against sentences, without any engine: compounds, hyphens, inflected forms."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import matches
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.text.analysis import Analyzer
from indexer.text.words import is_hyphenated, spans

COMPILER = QueryCompiler(load_reference(), {})


def found(query: str, text: str, lang: str | None) -> list[str]:
    """What the query marks in the text."""
    page = Page("https://example.org/", text=text, lang=lang)
    stored = StoredDocument(
        document_id("x"), "https://example.org/", "s", 1, datetime(2026, 1, 1, tzinfo=UTC), page
    )
    explanation = matches(COMPILER.compile(parse_query(query)), COMPILER.view(stored))
    passages = explanation.passages if explanation else ()
    return [p.text[a:b] for p in passages for a, b in p.marks]


@pytest.mark.parametrize(
    ("query", "text", "lang", "mark"),
    [
        # German compounds and hyphens
        ("Rohstoffdialog", "Die Rohstoff-Dialogplattform tagt.", "de", "Rohstoff-Dialogplattform"),
        ("Rohstoffdialog", "Das Rohstoffdialogforum tagt.", "de", "Rohstoffdialogforum"),
        ("Clusterstrategie", "Die Cluster-Strategie steht.", "de", "Cluster-Strategie"),
        ("Cluster-Strategie", "Die Clusterstrategie steht.", "de", "Clusterstrategie"),
        ("Clusterstrategie", "Neue Cluster-Strategien entstehen.", "de", "Cluster-Strategien"),
        ("Strategie", "Die Clusterstrategie steht.", "de", "Clusterstrategie"),
        ("Vorkommen", "Neue Lithiumvorkommen wurden erkundet.", "de", "Lithiumvorkommen"),
        ("Kupfer", "Das Kupfererzkonzentrat wird verschifft.", "de", "Kupfererzkonzentrat"),
        ("Handelskammer", "Die Handels-Kammer lud ein.", "de", "Handels-Kammer"),
        ("Fussballverband", "Der Fußball-Verband lud ein.", "de", "Fußball-Verband"),
        ("Fußball-Verband", "Der Fußballverband lud ein.", "de", "Fußballverband"),
        ("Uran", "Der Uranabbau ruht.", "de", "Uranabbau"),
        # German inflection
        ("Sitzung", "Mehrere Sitzungen fanden statt.", "de", "Sitzungen"),
        ("Lagerstätte", "Die Lagerstätten liegen im Osten.", "de", "Lagerstätten"),
        ("Lagerstatte", "Die Lagerstätten liegen im Osten.", "de", "Lagerstätten"),
        ('"Seltene Erde"', "Der Abbau Seltener Erden beginnt.", "de", "Seltener Erden"),
        ("Fluß", "Am Fluss liegt die Mine.", "de", "Fluss"),
        # English
        ("conference", "Two conferences were held.", "en", "conferences"),
        ("mining", "They mined and mine copper.", "en", "mined"),
        ('"rare earth"', "Exports of rare earths fell.", "en", "rare earths"),
        ("ferroalloys", "A ferro-alloys plant opened.", "en", "ferro-alloys"),
        ("co-operation", "Cooperation goes on.", "en", "Cooperation"),
        ("Kazakhstan", "Kazakhstan's plans grow.", "en", "Kazakhstan"),
        # Russian
        ("литий", "Запасы лития растут.", "ru", "лития"),
        ("месторождение", "На месторождениях работают.", "ru", "месторождениях"),
        (
            '"кластерная стратегия"',
            "О кластерной стратегии говорили.",
            "ru",
            "кластерной стратегии",
        ),
        ("план", "Говорили о плане развития.", "ru", "плане"),
        ("Казахстан", "Заседание прошло в Казахстане.", "ru", "Казахстане"),
        ("уран", "Добыча урана растёт.", "ru", "урана"),
        ("Иран", "Переговоры с Ираном.", "ru", "Ираном"),
        ("план", "Работы по планам.", "ru", "планам"),
        ("растет", "Добыча растёт.", "ru", "растёт"),
        ("бизнесфорум", "Прошёл бизнес-форум.", "ru", "бизнес-форум"),
        ("Казахстан-2050", "Стратегия «Казахстан-2050» принята.", "ru", "Казахстан-2050"),
        # numbers and formulas
        ("CO2", "Der CO₂-Ausstoß sinkt.", "de", "CO₂"),
        ("U-235", "U235 wird angereichert.", "en", "U235"),
        ("U235", "Natururan enthält U-235.", "de", "U-235"),
        # languages without a stemmer: the words themselves
        ("Қазақстан", "Қазақстан Республикасы", "kk", "Қазақстан"),
        ("Ozbekiston", "Oʻzbekiston hukumati", "uz", "Oʻzbekiston"),
        ("中国", "他来自中国。", "zh", "中国"),
    ],
)
def test_a_word_is_found_in_its_forms(query: str, text: str, lang: str, mark: str) -> None:
    assert any(mark in marked for marked in found(query, text, lang))


@pytest.mark.parametrize(
    ("query", "text", "lang"),
    [
        ("Erz", "Mit Herz und Schmerz verzichten.", "de"),
        ("Eisen", "Die Eisenbahn und die Reisen.", "de"),
        ("Blei", "Sie bleiben beim Bleistift.", "de"),
        ("Rohstoffdialog", "Der Rohstoffpreis und der Dialog.", "de"),
        ("Dialogrohstoff", "Der Rohstoffdialog.", "de"),
        ('"Seltene Erden"', "Erden, die seltene Farben haben", "de"),
        ("Silber", "Ein Silberstreif oder Zilber", "ru"),
        ("свинец", "They lead the way", "en"),
        ("уран", "Атлас издан на Урале.", "ru"),
        ("uranium", "Рудники Урала", "ru"),
    ],
)
def test_what_only_looks_similar_is_not_found(query: str, text: str, lang: str) -> None:
    assert found(query, text, lang) == []


@given(st.text(max_size=200), st.sampled_from(["de", "en", "ru", "kk", None]))
def test_the_streams_are_parallel_and_hold_no_blanks(text: str, lang: str | None) -> None:
    analysis = COMPILER.analyzer.analyse(text, lang)
    assert COMPILER.analyzer.surface(text) == analysis.surface
    number = len(list(spans(text)))
    assert analysis.starts(text) == [start for start, _, _ in spans(text)]
    assert len(analysis.surface.split(" ")) == len(analysis.stem.split(" ")) == number + 2
    for stream in (analysis.surface, analysis.stem, analysis.parts):
        assert stream.split() == stream.split(" ")[1:-1]
    for token in analysis.parts.split():
        assert all(first <= last < number for first, last in analysis.runs_of_part(token))


def test_two_analyzers_agree_whatever_they_saw_before() -> None:
    one, other = Analyzer(load_reference()), Analyzer(load_reference())
    one.analyse("Cluster Strategie Clusterstrategie", "en")
    text = "Cluster-Strategie und Clusterstrategie"
    assert one.analyse(text, "de") == other.analyse(text, "de")


@given(st.lists(st.sampled_from(["Erz", "s", "g", "'s", "’", "-", "‑", " ", "ö", "_", "7"])))
def test_just_a_hyphen_between_two_words_holds_them_together(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = list(spans(text))
    analysis = COMPILER.analyzer.analyse(text, "de")
    runs = [run for token in analysis.parts.split() for run in analysis.runs_of_part(token)]
    together = {(n, n + 1) for first, last in runs for n in range(first, last)}
    assert together == {
        (number, number + 1)
        for number, (one, other) in enumerate(pairwise(words))
        if is_hyphenated(text, one[1], other[0])
    }

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawler.parsers.entities.tagger.models import TaggerKind, TaggerModels
from crawler.parsers.entities.tagger.word_clusters import CLUSTERS
from crawler.parsers.events.part_tagger import theme_tagger, title_tagger, venue_tagger
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from crawler.parsers.events.part_tagger.span_tagger import SpanTagger, runs_of, tagger_kind
from indexer.records.reference import Reference
from tests.event_texts import annotate

KIND = tagger_kind("nothing is tagged")
TEXT = "Zur Zinntagung kam Pförtnerin Petra Gros mit Anna Wolf."


@pytest.fixture(scope="module")
def features(reference: Reference) -> SentenceFeatures:
    return SentenceFeatures(reference.languages, "de", lambda word: False)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("O O", []),
        ("B< I< O", [(0, 1)]),
        ("B< B<", [(0, 0), (1, 1)]),
        ("B< B> I>", [(0, 0), (1, 2)]),
        ("B< I>", [(0, 0), (1, 1)]),
        ("I< I<", [(0, 1)]),
    ],
)
def test_spans_among_the_labels(labels: str, wanted: list[tuple[int, int]]) -> None:
    assert list(runs_of(labels.split())) == wanted


def test_spans_of_a_sentence(features: SentenceFeatures, small_titles: Path) -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    tagger = SpanTagger(features, "de", TaggerModels(small_titles, KIND))
    (span,) = tagger.spans(page, page.sentences[0])
    assert (TEXT[span.start : span.end], span.label) == ("Pförtnerin", "<")
    assert 0.5 < span.likely <= 1
    assert span.overlaps(span.end - 1, span.end + 5)
    assert not span.overlaps(span.end, span.end + 5)


def test_how_likely_each_word_stands_in_a_part(
    features: SentenceFeatures, small_titles: Path
) -> None:
    tagger = SpanTagger(features, "de", TaggerModels(small_titles, KIND))
    page = annotate(f"{TEXT} Es kam Regen.", "de", "2031-05-02")
    likely = {token.text: p for token, p in tagger.inside(page, page.sentences[0])}
    assert list(likely)[:2] == ["Zur", "Zinntagung"]
    assert likely.pop("Pförtnerin") > 0.5 > max(likely.values())
    # Also where no word is likely at all.
    assert tagger.spans(page, page.sentences[1]) == []
    assert next(token.text for token, _ in tagger.inside(page, page.sentences[1])) == "Es"


def test_when_it_is_believed(features: SentenceFeatures, small_titles: Path) -> None:
    choice = SpanTagger(features, "de", TaggerModels(small_titles, KIND)).choice
    assert choice is not None
    assert (choice.alone, choice.over_rules, choice.right) == (0.4, 0.6, 0.75)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_nothing_without_a_model(
    features: SentenceFeatures, small_titles: Path, language: str
) -> None:
    models = TaggerModels(small_titles, KIND) if language == "fr" else None
    tagger = SpanTagger(features, language, models)
    page = annotate(TEXT, "de", "2031-05-02")
    assert tagger.spans(page, page.sentences[0]) == []
    assert tagger.inside(page, page.sentences[0]) == []
    assert tagger.choice is None


@pytest.mark.parametrize("damage", ["version", "file", "threshold"])
def test_files_that_do_not_fit_are_refused_with_the_remedy(
    small_titles: Path, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    for file in small_titles.parent.iterdir():
        shutil.copy(file, tmp_path)
    models = tmp_path / "models.json"
    given = json.loads(models.read_text())
    if damage == "version":
        given["version"] += 1
    elif damage == "threshold":
        del given["languages"]["de"]["over_rules"]
    else:
        (tmp_path / "de.crfsuite").write_bytes(b"cut")
    models.write_text(json.dumps(given))
    assert TaggerModels(models, KIND).of("de") is None
    assert "nothing is tagged" in caplog.text
    assert "benchmarks.part_tagger_training" in caplog.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (title_tagger.TITLES, title_tagger.KIND),
        (venue_tagger.VENUES, venue_tagger.KIND),
        (theme_tagger.THEMES, theme_tagger.KIND),
    ],
)
def test_the_shipped_files_fit(path: Path, kind: TaggerKind) -> None:
    languages = json.loads(path.read_text())["languages"]
    models = TaggerModels(path, kind)
    assert set(languages) == {"de", "en", "ru"}
    assert all(models.of(language) is not None for language in languages)


def test_the_shipped_files_are_small() -> None:
    models = (title_tagger.TITLES, venue_tagger.VENUES, theme_tagger.THEMES)
    folders = (CLUSTERS, *(path.parent for path in models))
    files = [f for folder in folders for f in folder.iterdir() if f.suffix != ".py"]
    assert sum(file.stat().st_size for file in files if file.is_file()) < 10_000_000

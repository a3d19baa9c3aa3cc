from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.entities.tagger.word_clusters import CLUSTERS
from crawler.parsers.events.part_tagger.title_tagger import (
    BEFORE,
    BEHIND,
    KIND,
    TITLES,
    TitleTagger,
    runs_of,
)
from indexer.records.reference import Reference
from tests.event_texts import annotate


@pytest.fixture
def tagger(reference: Reference, small_titles: Path) -> TitleTagger:
    models = TaggerModels(small_titles, KIND)
    return TitleTagger(reference.languages, "de", lambda word: False, models)


def tagged(tagger: TitleTagger, text: str) -> list[tuple[str, str] | None]:
    page = annotate(text, "de", "2031-05-02")
    (sentence,) = page.sentences
    titles = tagger.tag(page, sentence)
    return [t and (text[t.start : t.end], t.side) for t in titles]


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
def test_titles_among_the_labels(labels: str, wanted: list[tuple[int, int]]) -> None:
    assert list(runs_of(labels.split())) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zur Zinntagung kam Pförtnerin Petra Gros mit Anna Wolf.", [("Pförtnerin", BEFORE), None]),
        ("Zur Zinntagung kam Anna Wolf mit Pförtnerin Petra Gros.", [None, ("Pförtnerin", BEFORE)]),
        (
            "Zur Zinntagung kam Petra Gros als Pförtnerin mit Anna Wolf.",
            [("Pförtnerin", BEHIND), None],
        ),
    ],
)
def test_a_title_is_of_the_person_on_its_side(
    tagger: TitleTagger, text: str, wanted: list[tuple[str, str] | None]
) -> None:
    assert tagged(tagger, text) == wanted


def test_nothing_without_persons_or_without_a_model(
    tagger: TitleTagger, reference: Reference, small_titles: Path
) -> None:
    assert tagged(tagger, "Zur Zinntagung kam die Pförtnerin.") == []
    other = TitleTagger(
        reference.languages, "fr", lambda word: False, TaggerModels(small_titles, KIND)
    )
    assert tagged(other, "Zur Zinntagung kam Pförtnerin Petra Gros.") == []
    assert other.choice is None


def test_when_it_is_believed(tagger: TitleTagger) -> None:
    choice = tagger.choice
    assert choice is not None
    assert (choice.alone, choice.over_rules, choice.right) == (0.4, 0.6, 0.75)


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
    assert "job titles are read by rules alone" in caplog.text
    assert "benchmarks.title_tagger_training" in caplog.text


def test_the_shipped_files_fit_and_are_small() -> None:
    languages = json.loads(TITLES.read_text())["languages"]
    models = TaggerModels(TITLES, KIND)
    assert set(languages) == {"de", "en", "ru"}
    assert all(models.of(language) is not None for language in languages)
    files = (*TITLES.parent.glob("*.crfsuite"), *CLUSTERS.glob("*.crfsuite"))
    assert sum(file.stat().st_size for file in (*files, *CLUSTERS.glob("*.clusters"))) < 10_000_000


def test_of_a_text_of_names_the_beginning_is_tagged(tagger: TitleTagger) -> None:
    text = "Pförtnerin " + "Petra Gros und " * 200 + "Anna Wolf kamen."
    page = annotate(text, "de", "2031-05-02")
    sentence = page.sentences[0]
    titles = tagger.tag(page, sentence)
    assert len(titles) == len(sentence.of("persons")) > 60
    assert all(title is None for title in titles[60:])

"""Files of taggers: read when they are needed, refused when they don't fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawler.parsers.entities.tagger.models import (
    MODELS,
    VERSION,
    TaggerKind,
    TaggerModels,
    clusters_file,
)

PARTS = TaggerKind(VERSION, "nothing is read", "benchmarks.tagger_training")


@pytest.fixture
def copied(small_models: Path, tmp_path: Path) -> Path:
    for file in small_models.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / small_models.name


def test_a_model_is_read_for_its_language_only(copied: Path) -> None:
    models = TaggerModels(copied)
    found = models.of("de")
    assert found is not None
    assert (found.threshold, found.right) == (0.5, 0.75)
    assert models.of("de") is found
    assert models.of("fr") is None
    assert models.of(None) is None


def test_the_library_is_asked_where_spans_are_of_several_kinds(copied: Path) -> None:
    bodies, parts = TaggerModels(copied).of("de"), TaggerModels(copied, PARTS).of("de")
    assert bodies is not None
    assert bodies.tagger is None
    assert parts is not None
    assert parts.tagger.tag([["unknown"]]) == ["O"]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"version": VERSION + 1, "languages": {}}),
        json.dumps({"version": VERSION, "languages": 3}),
        json.dumps([VERSION]),
        '{"version": 1, "lang',
        "",
    ],
)
def test_what_does_not_fit_is_refused_once_with_the_remedy(
    copied: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    copied.write_text(content)
    models = TaggerModels(copied)
    assert [models.of("de"), models.of("de"), models.of("ru")] == [None, None, None]
    assert caplog.text.count("benchmarks.tagger_training") == 1


def test_a_missing_list_of_models_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert TaggerModels(tmp_path / "models.json").of("de") is None
    assert "Install the program again" in caplog.text


@pytest.mark.parametrize("name", ["de.crfsuite", "de.clusters"])
@pytest.mark.parametrize("damage", ["cut", "changed", "missing"])
def test_a_damaged_file_never_reaches_the_library(
    copied: Path, name: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = copied.with_name(name)
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-6] if damage == "cut" else content[:-1] + b"\0\0")
    models = TaggerModels(copied)
    assert models.of("de") is None
    assert models.of("de") is None
    assert caplog.text.count("de.crfsuite can't be used") == 1


def test_the_shipped_models_fit() -> None:
    languages = json.loads(MODELS.read_text())["languages"]
    models = TaggerModels()
    assert languages
    assert all(models.of(language) is not None for language in languages)
    files = (clusters_file(MODELS.with_name(f"{language}.crfsuite")) for language in languages)
    size = sum(
        file.stat().st_size for model in files for file in (model, model.with_suffix(".crfsuite"))
    )
    assert size < 10_000_000

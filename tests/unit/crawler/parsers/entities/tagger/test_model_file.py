"""What a trained file says is what the library says of it."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from crawler.parsers.entities.tagger.model_file import ModelContent, read_model
from crawler.parsers.entities.tagger.models import MODELS
from crawler.parsers.events.part_tagger.title_tagger import TITLES

FILES = (*(MODELS.with_name(f"{lang}.crfsuite") for lang in ("de", "en", "ru")),)
SEVERAL_KINDS = TITLES.with_name("de.crfsuite")


def opened(path: Path) -> tuple[ModelContent, pycrfsuite.Tagger]:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return read_model(path.read_bytes()), tagger


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_features_and_what_they_are_worth(path: Path) -> None:
    content, tagger = opened(path)
    info = tagger.info()
    assert {feature.decode() for feature in content.features} == set(info.attributes)
    weights = info.state_features
    for number in range(0, len(content.features), 50):
        name, gain = content.features[number].decode(), content.gains[number]
        outside = weights.get((name, "O"), 0.0)
        assert gain.real == pytest.approx(weights.get((name, "B"), 0.0) - outside, abs=1e-5)
        assert gain.imag == pytest.approx(weights.get((name, "I"), 0.0) - outside, abs=1e-5)
    steps, given = content.steps, info.transitions
    none = given["O", "O"]
    assert steps.to_begin == pytest.approx(given["O", "B"] - none, abs=1e-5)
    assert steps.begin_inside == pytest.approx(given["B", "I"] - none, abs=1e-5)
    assert steps.inside_begin == pytest.approx(given["I", "B"] - none, abs=1e-5)
    assert steps.from_inside == pytest.approx(given["I", "O"] - none, abs=1e-5)


def test_of_several_kinds_the_greatest_counts() -> None:
    content, tagger = opened(SEVERAL_KINDS)
    info = tagger.info()
    for feature, gain in zip(content.features, content.gains, strict=True):
        name = feature.decode()
        given = {label: info.state_features.get((name, label), 0.0) for label in tagger.labels()}
        greatest = max(given["B<"], given["B>"])
        assert gain.real == pytest.approx(greatest - given["O"], abs=1e-5)


def test_what_is_no_model_is_refused(small_models: Path) -> None:
    content = small_models.with_name("de.crfsuite").read_bytes()
    for bad in (b"", content[:30], content[:-20], b"x" + content[1:], bytes(100)):
        with pytest.raises(ValueError, match=r"cut short|no CRFsuite model"):
            read_model(bad)

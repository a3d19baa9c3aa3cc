"""Labels and their probabilities, worked out here as by the library that trained the model."""

from __future__ import annotations

import pycrfsuite
import pytest

from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.tagger.decoding import likeliest_labels, likelihoods
from crawler.parsers.entities.tagger.features import TokenFeatures, what_is_known
from crawler.parsers.entities.tagger.labels import OUTSIDE
from crawler.parsers.entities.tagger.model_features import ModelFeatures
from crawler.parsers.entities.tagger.model_file import Steps, read_model
from crawler.parsers.entities.tagger.models import MODELS
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from indexer.records.reference import Reference

TEXTS = {
    "de": "Gestern lud die Firma Norlit nach Jena ein. Es kam | niemand von der AHK zur Feier!",
    "en": "The Ministry of Mines of Norlia met Kamtero Ltd. in Jena - and the press.",
    "ru": "Вчера в Йене выступил директор ООО «Норлит». Ассоциация горняков его поддержала.",
}
STEPS = Steps(
    to_begin=-1.0,
    to_inside=-20.0,
    begin_begin=-3.0,
    begin_inside=0.5,
    inside_begin=-3.0,
    inside_inside=0.5,
    from_begin=-1.0,
    from_inside=-1.0,
)


@pytest.mark.parametrize("lang", TEXTS)
def test_as_the_library_says(reference: Reference, lang: str) -> None:
    """Of all beginnings of a stretch, so that spans at its ends are among them."""
    file = MODELS.with_name(f"{lang}.crfsuite")
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    _, clusters = read_clusters(file.with_suffix(".clusters"))
    words = TokenFeatures(reference.languages, lang, clusters)
    known = ModelFeatures(words, read_model(file.read_bytes()))
    names, seen = Spans([EntityMatch("places", 38, 42, "", 0.9, "table")]), set()
    for whole in stretches(TEXTS[lang]):
        for end in range(1, len(whole) + 1):
            stretch = whole[:end]
            labels = tagger.tag(words.of(stretch, names))
            gains = known.gains(known.look_at(stretch, what_is_known(stretch, names)))
            assert likeliest_labels(gains, known.model.steps) == labels
            likely = [tagger.marginal(label, at) for at, label in enumerate(labels)]
            assert likelihoods(labels, gains, known.model.steps) == pytest.approx(likely)
            seen.update(labels)
    assert seen > {OUTSIDE}


def test_a_step_may_be_worth_more_than_a_word() -> None:
    assert likeliest_labels([3 - 9j, -9 + 0j, -9 - 9j], STEPS) == ["B", "I", "O"]
    assert likeliest_labels([0.5 - 9j, -9 - 9j], STEPS) == ["O", "O"]
    assert likeliest_labels([0.5 - 9j], STEPS) == ["B"]


def test_all_that_a_word_may_be_adds_up_to_one() -> None:
    gains = [3 - 9j, 1 + 2j, -1 - 2j, 0j]
    sums = [likelihoods([label] * len(gains), gains, STEPS) for label in "BIO"]
    assert list(map(sum, zip(*sums, strict=True))) == pytest.approx([1.0] * len(gains))


def test_what_no_page_of_the_training_had_is_never() -> None:
    assert likelihoods(["I", "I"], [1 - 1e9j, 1 - 1e9j], STEPS) == [0.0, 0.0]


def test_a_long_stretch_stays_within_what_numbers_hold() -> None:
    gains = [40 - 9j, *[-9 + 40j] * 120]
    labels = likeliest_labels(gains, STEPS)
    assert labels == ["B", *["I"] * 120]
    assert likelihoods(labels, gains, STEPS) == pytest.approx([1.0] * len(gains))

"""Features that a model does not know are left out, and change no label."""

from __future__ import annotations

import pycrfsuite
import pytest

from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.tagger.features import TokenFeatures, what_is_known
from crawler.parsers.entities.tagger.labels import OUTSIDE
from crawler.parsers.entities.tagger.model_features import ModelFeatures
from crawler.parsers.entities.tagger.model_file import read_model
from crawler.parsers.entities.tagger.models import MODELS
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from indexer.records.reference import Reference

TEXTS = {
    "de": "Gestern lud die Firma Norlit nach Jena ein. Es kam | niemand von der AHK zur Feier!",
    "en": "The Ministry of Mines of Norlia met Kamtero Ltd. in Jena - and the press.",
    "ru": "Вчера в Йене выступил директор ООО «Норлит». Ассоциация горняков его поддержала.",
}
FURTHER = ("w=ministry", "s=AAA", "unknown")


@pytest.fixture(params=TEXTS)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tagger(lang: str) -> pycrfsuite.Tagger:
    opened = pycrfsuite.Tagger()
    opened.open(str(MODELS.with_name(f"{lang}.crfsuite")))
    return opened


@pytest.fixture
def every(reference: Reference, lang: str) -> TokenFeatures:
    _, clusters = read_clusters(MODELS.with_name(f"{lang}.clusters"))
    return TokenFeatures(reference.languages, lang, clusters)


@pytest.fixture
def known(every: TokenFeatures, lang: str) -> ModelFeatures:
    content = read_model(MODELS.with_name(f"{lang}.crfsuite").read_bytes())
    return ModelFeatures(every, content)


def test_what_is_left_out_changes_no_label(
    tagger: pycrfsuite.Tagger, every: TokenFeatures, known: ModelFeatures, lang: str
) -> None:
    attributes = {feature.encode() for feature in tagger.info().attributes}
    names = Spans([EntityMatch("places", 38, 42, "", 0.9, "table")])
    for stretch in (*stretches(TEXTS[lang]), *(s[:1] for s in stretches(TEXTS[lang]))):
        whole = [[*row, *FURTHER] for row in every.of(stretch, names)]
        part = known.rows(
            known.look_at(stretch, what_is_known(stretch, names), [FURTHER] * len(stretch))
        )
        for all_of_word, of_word in zip(whole, part, strict=True):
            encoded = (feature.encode() for feature in all_of_word)
            assert of_word == [feature for feature in encoded if feature in attributes]
        labels = tagger.tag(whole)
        likely = [tagger.marginal(label, at) for at, label in enumerate(labels)]
        assert tagger.tag(part) == labels
        assert [tagger.marginal(label, at) for at, label in enumerate(labels)] == likely


def test_where_no_span_may_be_the_model_labels_none(
    tagger: pycrfsuite.Tagger, every: TokenFeatures, known: ModelFeatures, lang: str
) -> None:
    """Of all beginnings of a stretch, so that spans at its ends are among them."""
    names, looked = Spans([EntityMatch("places", 38, 42, "", 0.9, "table")]), []
    for whole in stretches(TEXTS[lang]):
        for end in range(1, len(whole) + 1):
            stretch = whole[:end]
            labelled = set(tagger.tag(every.of(stretch, names))) != {OUTSIDE}
            gains = known.gains(known.look_at(stretch, what_is_known(stretch, names)))
            looked.append((known.may_hold_span(gains), labelled))
    # With one kind of spans the look is exact.
    assert all(may_hold == labelled for may_hold, labelled in looked)
    assert {labelled for _, labelled in looked} == {True, False}


def test_further_features_count(known: ModelFeatures, lang: str) -> None:
    (stretch, *_) = stretches(TEXTS[lang])
    begins = known.model.features[known.model.gains.real.argmax().item()]
    further = [[], [], [begins.decode()] * 10, *([[]] * (len(stretch) - 3))]
    assert known.may_hold_span(known.gains(known.look_at(stretch, [[]] * len(stretch), further)))


def test_words_share_the_features_that_they_have_in_common(known: ModelFeatures, lang: str) -> None:
    (stretch, *_) = stretches(TEXTS[lang])
    rows = known.rows(known.look_at(stretch, [[]] * len(stretch)))
    kept = {id(feature) for feature in known.model.features}
    assert any(rows)
    assert all(id(feature) in kept for row in rows for feature in row)

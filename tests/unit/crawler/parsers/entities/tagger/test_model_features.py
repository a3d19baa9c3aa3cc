"""Features that a model does not know are left out, and change no label."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.tagger.features import TokenFeatures
from crawler.parsers.entities.tagger.model_features import ModelFeatures, read_attributes
from crawler.parsers.entities.tagger.models import MODELS
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from indexer.records.reference import Reference

TEXTS = {
    "de": "Gestern lud die Firma Norlit nach Jena ein. Es kam | niemand von der AHK zur Feier!",
    "en": "The Ministry of Mines of Norlia met Kamtero Ltd. in Jena - and the press.",
    "ru": "Вчера в Йене выступил директор ООО «Норлит». Ассоциация горняков его поддержала.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_a_model_file_says_which_features_it_knows(lang: str) -> None:
    path = MODELS.with_name(f"{lang}.crfsuite")
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    known = read_attributes(path.read_bytes())
    assert {feature.decode() for feature in known} == set(tagger.info().attributes)


@pytest.mark.parametrize("lang", TEXTS)
def test_what_is_left_out_changes_no_label(reference: Reference, lang: str) -> None:
    path = MODELS.with_name(f"{lang}.crfsuite")
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    _, clusters = read_clusters(path.with_suffix(".clusters"))
    every = TokenFeatures(reference.languages, lang, clusters)
    attributes = read_attributes(path.read_bytes())
    known = ModelFeatures(every, attributes)
    names = Spans([EntityMatch("places", 38, 42, "", 0.9, "table")])
    for stretch in (*stretches(TEXTS[lang]), *(s[:1] for s in stretches(TEXTS[lang]))):
        whole, part = every.of(stretch, names), known.of(stretch, names)
        for all_of_word, of_word in zip(whole, part, strict=True):
            encoded = (feature.encode() for feature in all_of_word)
            assert of_word == [feature for feature in encoded if feature in attributes]
        labels = tagger.tag(whole)
        likely = [tagger.marginal(label, at) for at, label in enumerate(labels)]
        assert tagger.tag(part) == labels
        assert [tagger.marginal(label, at) for at, label in enumerate(labels)] == likely


def test_what_is_no_model_is_refused(small_models: Path) -> None:
    content = small_models.with_name("de.crfsuite").read_bytes()
    for bad in (b"", content[:30], content[:-20], b"x" + content[1:], bytes(100)):
        with pytest.raises(ValueError, match=r"cut short|no CRFsuite model"):
            read_attributes(bad)


def test_words_share_the_features_that_they_have_in_common(small_models: Path) -> None:
    known = read_attributes(small_models.with_name("de.crfsuite").read_bytes())
    assert known
    assert all(one is other for one, other in known.items())

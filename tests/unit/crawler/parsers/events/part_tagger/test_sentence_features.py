from __future__ import annotations

import pytest

from crawler.parsers.entities.tagger.tokens import tokens_between
from crawler.parsers.entities.tagger.word_clusters import WordClusters
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from indexer.records.reference import Reference
from tests.event_texts import annotate

TEXT = "Am 5. Mai 2031 sprach Direktorin Petra Gros, die das Werk leitet, mit Jonas Berg."


@pytest.fixture(scope="module")
def rows(reference: Reference) -> dict[str, set[str]]:
    """Word → its features, in the sentence above."""
    features = SentenceFeatures(reference.languages, "de", lambda word: word == "Direktorin")
    (sentence,) = annotate(TEXT, "de", "2031-05-02").sentences
    tokens = tokens_between(TEXT, sentence.start, sentence.end)
    made = features.of(sentence, tokens, WordClusters.read(b""))
    return {t.text: set(row) for t, row in zip(tokens, made, strict=True)}


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Direktorin", {"w=direktorin", "B:job title", "pl=-", "pr=0", "prc="}),
        ("sprach", {"+1B:job title", "pr=1"}),
        ("Petra", {"B:persons", "pl=-"}),
        ("die", {"pl=1", "plc=,", "pr=5", "prc=|,"}),
        ("Werk", {"pl=3"}),
        ("mit", {"pl=6", "plc=,|,", "pr=0"}),
        ("2031", {"I:date"}),
    ],
)
def test_what_stands_at_a_word(rows: dict[str, set[str]], word: str, wanted: set[str]) -> None:
    assert wanted <= rows[word]


def test_a_sentence_without_words_has_none(reference: Reference) -> None:
    (sentence,) = annotate(TEXT, "de", "2031-05-02").sentences
    features = SentenceFeatures(reference.languages, "de", lambda word: False)
    assert features.of(sentence, [], WordClusters.read(b"")) == []


def test_the_words_of_a_sentence_are_read_once_for_a_page(reference: Reference) -> None:
    features = SentenceFeatures(reference.languages, "de", lambda word: False)
    page = annotate(TEXT, "de", "2031-05-02")
    (sentence,) = page.sentences
    words = features.words(page, sentence)
    assert [t.text for t in words.tokens][:3] == ["Am", "5", "."]
    assert features.words(page, sentence) is words
    other = annotate(TEXT.replace("Petra", "Paula"), "de", "2031-05-02")
    assert "Paula" in [t.text for t in features.words(other, other.sentences[0]).tokens]

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from crawler.parsers.events.part_tagger.title_tagger import BEFORE, BEHIND, KIND, TitleTagger
from indexer.records.reference import Reference
from tests.event_texts import annotate


@pytest.fixture
def tagger(reference: Reference, small_titles: Path) -> TitleTagger:
    features = SentenceFeatures(reference.languages, "de", lambda word: False)
    return TitleTagger(features, "de", TaggerModels(small_titles, KIND))


def tagged(tagger: TitleTagger, text: str) -> list[tuple[str, str] | None]:
    page = annotate(text, "de", "2031-05-02")
    (sentence,) = page.sentences
    titles = tagger.tag(page, sentence)
    return [(text[t.start : t.end], t.label) if t else None for t in titles]


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


def test_a_title_in_brackets_is_of_the_name_before_them(tagger: TitleTagger) -> None:
    text = "Zur Zinntagung kam Anna Wolf (neue Pförtnerin) Petra Gros mit Hans Klee."
    assert tagged(tagger, text)[1] is None


def test_a_sentence_without_persons_has_none(tagger: TitleTagger) -> None:
    assert tagged(tagger, "Zur Zinntagung kam die Pförtnerin.") == []


def test_of_a_text_of_names_the_beginning_is_tagged(tagger: TitleTagger) -> None:
    text = "Pförtnerin " + "Petra Gros und " * 200 + "Anna Wolf kamen."
    page = annotate(text, "de", "2031-05-02")
    sentence = page.sentences[0]
    titles = tagger.tag(page, sentence)
    assert len(titles) == len(sentence.of("persons")) > 60
    assert all(title is None for title in titles[60:])

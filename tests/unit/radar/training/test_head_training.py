"""Training which words are heads of events' names."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.parsers.events.candidates.head_words import word_features
from radar.training.head_training import HeadModels, fit_heads, head_words
from radar.training.labelled_pages import LabelledPage, TrainingReader
from tests.unit.radar.training.training_reader import training_reader


@pytest.fixture(scope="module")
def reader() -> TrainingReader:
    return training_reader()


def page(reader: TrainingReader, text: str, *mentions: str, host: str = "erz") -> LabelledPage:
    marks = [{"surface": surface, "event": 0} for surface in mentions]
    labels = {"url": f"https://{host}.example/1", "published": None, "lang": "de"}
    return reader.read({**labels, "id": host, "text": text, "events": [{}], "_events": marks})


@pytest.mark.parametrize(
    ("mention", "head"),
    [
        pytest.param("Jahrestagung Bergbau", "Jahrestagung", id="as rules have it"),
        pytest.param("die Kupferplauderei", "Kupferplauderei", id="no rule knows it"),
        pytest.param("große Plauderei zum Kupfer", "Plauderei", id="before a link"),
    ],
)
def test_a_mention_has_one_head(reader: TrainingReader, mention: str, head: str) -> None:
    words = list(head_words(page(reader, f"Morgen beginnt in Bonn {mention}.", mention)))
    assert [word for word, _, is_head in words if is_head] == [head]
    assert {word for word, _, is_head in words if not is_head} == {"Morgen", "beginnt", "Bonn"}


def test_words_with_an_ending_of_heads_are_likelier_ones() -> None:
    words = [Counter({(f"{w}plausch", "de", True): 4, (f"{w}schraube", "de", False): 4})
             for w in ("Erz", "Zinn", "Blei", "Gold", "Salz")]  # fmt: skip
    model = fit_heads(iter(words))
    assert model.log_odds(word_features("Eisenplausch", "de")) > 0
    assert model.log_odds(word_features("Eisenschraube", "de")) < 0
    assert fit_heads(iter(words)) == model


def test_a_page_is_judged_by_what_other_hosts_teach(reader: TrainingReader) -> None:
    pages = [
        page(reader, "Morgen beginnt in Bonn der Kupferplausch.", "Kupferplausch", host=host)
        for host in ("erz", "zinn", "blei", "gold")
    ]
    alone = page(reader, "Die Murmelei ist da. " * 8, *["Murmelei"] * 8, host="salz")
    models = HeadModels([*pages, alone])
    known = word_features("Murmelei", "de")
    assert models.whole.log_odds(known) > models.of(alone).log_odds(known)
    assert models.written()["weights"] == models.whole.weights

from __future__ import annotations

from benchmarks.events.labelled_parts import PartPlace, label_tokens
from crawler.parsers.entities.tagger.tokens import tokens_between

TEXT = "Die Leiterin kam: Leiterin Petra Gros traf Jonas Berg."


def test_the_labels_of_words() -> None:
    tokens = tokens_between(TEXT, 0, 43)
    places = [PartPlace(18, 37, "<"), PartPlace(38, 43, ">")]
    assert label_tokens(tokens, places) == [*("O" for _ in range(4)), "B<", "I<", "I<", "B>"]

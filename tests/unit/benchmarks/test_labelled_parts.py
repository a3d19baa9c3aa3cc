from __future__ import annotations

from benchmarks.labelled_parts import PartCount, PartPlace, label_tokens
from crawler.parsers.entities.tagger.tokens import tokens_between

TEXT = "Die Leiterin kam: Leiterin Petra Gros traf Jonas Berg."


def test_the_labels_of_words() -> None:
    tokens = tokens_between(TEXT, 0, 43)
    places = [PartPlace(18, 37, "<"), PartPlace(38, 43, ">")]
    assert label_tokens(tokens, places) == [*("O" for _ in range(4)), "B<", "I<", "I<", "B>"]


def test_counts_are_summed() -> None:
    counted = PartCount(1, 2, 4) + PartCount(1, 2, 0)
    assert (counted.right, counted.read, counted.labelled) == (2, 4, 4)
    assert (counted.precision, counted.f1) == (0.5, 0.5)
    assert str(counted) == "0.50 / 0.50 / 0.500"
    assert str(PartCount()) == "0.00 / 0.00 / 0.000"

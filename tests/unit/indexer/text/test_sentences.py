from __future__ import annotations

import time
from itertools import pairwise

import pytest

from indexer.text.sentences import sentence_starts


@pytest.mark.parametrize(
    "sentences",
    [
        ["Im 14. Fünfjahresplan nennt Peking Cluster. ", "Das MIIT hat zugesagt. ", "Es geht los."],
        [
            "Firms under Resolution No. 41 register. ",
            "The scheme (cf. Smith) runs. ",
            '"Why?" ',
            "So.",
        ],
        ["«Да». ", "А потом? ", "– Нет! ", "Вот г. Алматы и 2 млн. Тенге там же."],
        [
            "Es sieht vier Standorte vor. ",
            "Dr. Weber, GIZ. ",
            "Er kommt am 3. Mai z. B. nach Wien.",
        ],
        ["Ein Satz"],
        ["Er sagte … und ging. ", "Версия 2.0 ist da! ", "Ende..."],
        [""],
        ["Одно… ", "Два."],
        ["Das Cluster wächst. ", "②"],
        ["Es ist .NET. ", "Und ... ", "Schluss. ", "½"],
    ],
)
def test_a_text_is_cut_where_sentences_begin(sentences: list[str]) -> None:
    text = "".join(sentences)
    bounds = [0, *sentence_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(bounds)] == sentences


@pytest.mark.parametrize("unit", ["a", ".", "a.", ' "', ". ", "… ", '."'])
def test_what_a_page_repeats_without_end_takes_no_longer(unit: str) -> None:
    began = time.process_time()
    sentence_starts("Ein Satz. " + unit * 200_000 + "1")
    assert time.process_time() - began < 5

"""What holds for every text: spans are right, finds of a field don't overlap, nothing hangs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.entities import EntityReader
from crawler.parsers.entities.folding import fold

WORDS = st.sampled_from(
    [
        *("Kasachstan", "Lithium", "Minister", "Ministerium", "für", "und", "der", "„", "“", "Dr."),
        *("Max", "Muster", "GmbH", "(BDI)", "strategy", "on", "Law", "for", "2024-2028"),
        *("стратегия", "развития", "Болат", "Омаров", "«", "»", "министр", "РК", "\n", "\n\n", ","),
        *(".", "Tel.:", "+49 30 123456", "a@example.org", "İstanbul", "ÖZ", "ß", "Астанада", "@"),
        *("(", "-", "中国"),
    ]
)


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.lists(WORDS, max_size=25), st.sampled_from(["de", "en", "ru", "kk", "xx", None]))
@settings(max_examples=80, deadline=None)
def test_spans_are_right_and_do_not_overlap(
    reader: EntityReader, words: list[str], lang: str
) -> None:
    text = " ".join(words)
    mentions = reader.find("text", text, lang)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface != ""
        assert 0 < mention.confidence <= 1
        assert mention.extractor
    for one in mentions:
        same = [m for m in mentions if m.field == one.field and m is not one]
        assert not any(m.start < one.end and one.start < m.end for m in same)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    _, of_contacts = reader.contacts("contact", text, lang, "DE")
    assert all(text[m.start : m.end] == m.surface for m in of_contacts)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        *("Abc ", "Ministerium für Abc und ", "nationale ", "A-", "a@", "a.", "+1 ", "„"),
        *("Стратегия развития ", "Абв ", "Strategy on a, b, ", "Tel. ", "minister ", "Name Name\n"),
        "A",
    ],
)
def test_hostile_repetition_ends(reader: EntityReader, piece: str) -> None:
    text = piece * (20_000 // len(piece))
    mentions = reader.find("text", text, None)
    _, of_contacts = reader.contacts("text", text, None, "DE")
    assert all(text[m.start : m.end] == m.surface for m in (*mentions, *of_contacts))

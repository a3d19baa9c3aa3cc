"""What is asked of a page several times while its kind is judged is worked out once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest

from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.blocks import TextBlock
from crawler.parsers.article.kind import KindEvidence, evidence, judge_kind
from crawler.parsers.html import HtmlDocument
from indexer.records.document import Kind
from tests.page_reader import packaged_dates, packaged_words

SENTENCE = "Das Amt hat die Karte der Halden im Westen des Landes vorgestellt."
LINKS = "".join(
    f'<li><a href="/{n}">Meldung über die Grube mit der Nummer {n}</a></li>' for n in range(6)
)


@pytest.fixture
def seen() -> Callable[[str], KindEvidence]:
    def read(body: str) -> KindEvidence:
        found: list[KindEvidence] = []

        def judge(given: KindEvidence, words: PageWords) -> Kind:
            found.append(given)
            return judge_kind(given, words)

        reader = ArticleReader(packaged_words(), packaged_dates(), judge)
        reader.read(HtmlDocument(f"<html><body>{body}</body></html>"), "https://amt.example/i/4")
        return dataclasses.replace(found[0], listed=True)

    return read


def test_entries_are_searched_once_a_page(
    seen: Callable[[str], KindEvidence], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = seen(f"<h1>Karte der Halden</h1><p>{SENTENCE}</p><ul>{LINKS}</ul>")
    calls = []

    def counted(blocks: Sequence[TextBlock]) -> int:
        calls.append(blocks)
        return 12

    monkeypatch.setattr(evidence, "sentences_beside_entries", counted)
    placed = dataclasses.replace(given, placed=True, proven=True)
    judge_kind(placed, packaged_words())
    assert len(calls) == 1


def test_an_overview_to_which_lists_lead_is_no_entry(seen: Callable[[str], KindEvidence]) -> None:
    alone = seen(f"<h1>Karte der Halden</h1><p>{SENTENCE}</p>")
    assert alone.is_entry
    assert not dataclasses.replace(alone, listed=False).is_entry
    assert not seen(f"<h1>Karten</h1><p>{SENTENCE}</p><ul>{LINKS}</ul>").is_entry

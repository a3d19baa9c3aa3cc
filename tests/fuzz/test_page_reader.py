"""Whatever a page holds: a record that keeps its promises, or ParseError.

About 2,000 inputs in `make test`, ten times as many under `make fuzz`: some eight minutes of one
core.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings

from crawler.parsers import page as page_module
from crawler.parsers.page import RawPage
from indexer.records.document import KINDS, PARTS, Mention, Page
from indexer.records.errors import ParseError
from radar.trial.findings import TriedPage
from radar.trial.web_page import render
from tests.fuzz.material import (
    byte_pages,
    calendar_pages,
    html_pages,
    json_ld_pages,
    pdf_pages,
    text_pages,
)
from tests.page_reader import packaged_reader

pytestmark = [
    pytest.mark.fuzz,
    pytest.mark.timeout(7200),
    pytest.mark.slow,
]

MANY = settings().max_examples
"""Of the profile: 100, and 1,000 with HYPOTHESIS_PROFILE=fuzz."""

ENTITIES = frozenset(
    {
        "countries",
        "places",
        "commodities",
        "organisations",
        "strategies",
        "programmes",
        "persons",
        "nationalities",
    }
)
_INDEXED = re.compile(r"^(events|contacts)\[(\d+)\]")


@pytest.fixture(autouse=True, scope="module")
def _nothing_is_misplaced() -> Iterator[None]:
    """The page reader drops mentions that are not where they say; none should need it."""
    valid = page_module.valid_mentions

    def all_valid(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
        given = list(mentions)
        kept = valid(page, given)
        assert kept == given, [m for m in given if m not in kept]
        return kept

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_module, "valid_mentions", all_valid)
        yield


def read(raw: RawPage) -> Page | None:
    """The page, checked; None for ParseError."""
    try:
        page = packaged_reader().read(raw)
    except ParseError as error:
        failure = error
    else:
        check(page)
        return page
    assert failure.reason
    assert failure.message
    return None


def check(page: Page) -> None:
    assert page.kind in KINDS
    for mention in page.mentions:
        assert mention.part in PARTS
        assert page.part(mention.part)[mention.start : mention.end] == mention.surface
        assert 0 <= mention.confidence <= 1
        indexed = _INDEXED.match(mention.field)
        assert indexed is None or int(indexed[2]) < len(getattr(page, indexed[1])), mention
    assert_apart(page)
    end = 0
    for date in page.dates:
        assert end <= date.start < date.end <= len(page.text)
        assert date.from_ is None or date.to is None or date.from_ <= date.to
        end = date.end
    assert Page.from_json(json.loads(json.dumps(page.to_json()))) == page


def assert_apart(page: Page) -> None:
    """Entities of one field don't overlap."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for mention in page.mentions:
        if mention.field in ENTITIES:
            spans[mention.field, mention.part].append((mention.start, mention.end))
    for field, found in spans.items():
        found.sort()
        for (_, end), (start, _) in pairwise(found):
            assert end <= start, (field, found)


@settings(max_examples=5 * MANY)
@given(text_pages())
def test_texts(raw: RawPage) -> None:
    page = read(raw)
    assert page is not None
    assert page.text == (raw.text or "").replace("\ud800", "\N{REPLACEMENT CHARACTER}")
    json.dumps(page.to_json(), ensure_ascii=False).encode()


@settings(max_examples=5 * MANY)
@given(html_pages())
def test_html(raw: RawPage) -> None:
    read(raw)


@settings(max_examples=2 * MANY)
@given(byte_pages())
def test_bytes(raw: RawPage) -> None:
    read(raw)


@settings(max_examples=3 * MANY)
@given(json_ld_pages())
def test_json_ld(raw: RawPage) -> None:
    read(raw)


@settings(max_examples=2 * MANY)
@given(calendar_pages())
def test_calendars(raw: RawPage) -> None:
    read(raw)


@settings(max_examples=2 * MANY)
@given(pdf_pages())
def test_pdf(raw: RawPage) -> None:
    read(raw)


@settings(max_examples=MANY)
@given(text_pages() | html_pages())
def test_what_was_read_can_be_shown(raw: RawPage) -> None:
    page = read(raw)
    if page is None:
        return
    tried = TriedPage(page)
    for part, stretches in tried.parts:
        assert "".join(s.text for s in stretches) == page.part(part)
    assert render(tried)

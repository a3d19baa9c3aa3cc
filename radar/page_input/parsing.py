"""Lines of `radar parse`: each is answered, in order, by a record or by an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.parsers.pool import read_pages
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.errors import ParseError
from radar.page_input.json_lines import id_of, page_of, record_of

SECONDS = 60
"""Time that one page may take: there is no run to hold up."""


def parse_lines(lines: Iterable[bytes], config: Path | None) -> Iterator[dict[str, Any]]:
    """One answer for every line, in the order of the lines; a blank line is no JSON."""
    waiting: dict[int, dict[str, Any]] = {}
    ids: dict[int, Any] = {}

    def inputs() -> Iterator[tuple[int, RawPage]]:
        for number, line in enumerate(lines):
            try:
                record = record_of(line)
                ids[number] = id_of(record)
                yield number, _raw_page(record)
            except ParseError as error:
                waiting[number] = _failure(ids.get(number), error)

    ready = 0
    with closing(read_pages(inputs(), config=config, workers=1, seconds=SECONDS)) as answers:
        for number, answer in answers:
            identifier = ids.pop(number)
            if isinstance(answer, Page):
                waiting[number] = {"id": identifier, **answer.to_json()}
            else:
                waiting[number] = _failure(identifier, answer)
            while ready in waiting:
                yield waiting.pop(ready)
                ready += 1
    for number in sorted(waiting):
        yield waiting[number]


def _raw_page(record: Mapping[str, Any]) -> RawPage:
    page = page_of(record)
    return RawPage(
        html=page.html,
        text=page.text,
        url=page.url,
        lang=page.lang,
        published=page.published,
    )


def _failure(identifier: object, error: ParseError) -> dict[str, Any]:
    return {"id": identifier, "error": {"code": error.reason, "message": error.message}}

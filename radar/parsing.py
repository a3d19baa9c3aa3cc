"""Lines of `radar parse`: each is answered, in order, by a record or by an error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.parsers.raw_page import RawPage
from crawler.worker import read_pages
from indexer.document import Page
from indexer.errors import ParseError
from radar.reading import given_of_line

SECONDS = 60
"""Time that one page may take: there is no run to hold up."""


def parse_lines(
    lines: Iterable[bytes], config: Path | None, *, workers: int = 1
) -> Iterator[dict[str, Any]]:
    """One answer for every line, in the order of the lines; a blank line is no JSON."""
    waiting: dict[int, dict[str, Any]] = {}
    ids: dict[int, Any] = {}

    def inputs() -> Iterator[tuple[int, RawPage]]:
        for number, line in enumerate(lines):
            try:
                record = _record(line)
                ids[number] = record.get("id")
                yield number, _raw_page(record)
            except ParseError as error:
                waiting[number] = _failure(ids.get(number), error)

    ready = 0
    for number, answer in read_pages(inputs(), config=config, workers=workers, seconds=SECONDS):
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


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ParseError(f"the line is no JSON: {error}", reason="no-json") from error
    if not isinstance(record, dict):
        raise ParseError("the line is no JSON object", reason="no-object")
    return record


def _raw_page(record: Mapping[str, Any]) -> RawPage:
    for key in ("html", "text", "url", "lang", "published", "reference_date"):
        if not isinstance(record.get(key), str | None):
            raise ParseError(f"{key} is no string", reason="wrong-type")
    given = given_of_line(record)
    if record.get("html") is None and record.get("text") is None:
        raise ParseError("neither html nor text is given", reason="empty")
    html = given["form"] == "html"
    return RawPage(
        html=record["html"] if html else None,
        text=None if html else record["text"],
        url=record.get("url"),
        lang=given["lang"],
        published=given["published"],
    )


def _failure(identifier: object, error: ParseError) -> dict[str, Any]:
    return {"id": identifier, "error": {"code": error.reason, "message": error.message}}

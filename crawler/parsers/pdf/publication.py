"""When a PDF press release was published: a date above its title, its dateline, its address, its
properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from crawler.parsers.article.publication import Publication, in_url
from crawler.parsers.dates import DateReader
from crawler.parsers.pdf.draft import PdfDraft
from indexer.records.document import DateExpression, Part
from indexer.records.publication_days import is_believed

_DATELINE_WITHIN = 4
"""Paragraphs at the start of the text of which one may begin with a dateline, or be the date."""
_BEFORE_DATE = 40
"""Characters of a place before the date: `Almaty, Republic of Kazakhstan, `."""
_BEHIND_DATE = re.compile(r"\s*(?:[-–—:|)/]|$)")
"""`Berlin, 4 March 2026 – …` and a line of its own; but not `On 4 March 2026 the ministry …`."""
_CREATED = re.compile(
    r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?"
)


def find_publication(
    draft: PdfDraft, lang: str | None, url: str | None, dates: DateReader
) -> Publication | None:
    """The date of publication and where it stands; of the properties (part `markup`) as the last
    resort.
    """
    for found in dates.find(draft.byline, lang, None):
        if _is_day(found):
            return _publication(found, "byline", draft.byline, "pdf.byline")
    for offset, paragraph in _first_paragraphs(draft.text):
        for found in dates.find(paragraph, lang, None):
            if _is_day(found) and _is_dateline(found, paragraph):
                return _publication(found, "text", draft.text, "pdf.dateline", offset)
    return in_url(url) or _parse_creation_date(draft.created)


def _is_day(found: DateExpression) -> bool:
    return (
        found.from_ is not None
        and found.from_ == found.to
        and found.kind == "date"
        and is_believed(int(found.from_[:4]))
    )


def _is_dateline(found: DateExpression, paragraph: str) -> bool:
    return found.start <= _BEFORE_DATE and bool(_BEHIND_DATE.match(paragraph, found.end))


def _first_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Where each begins, and its beginning."""
    offset = 0
    for paragraph in text.split("\n\n", _DATELINE_WITHIN)[:_DATELINE_WITHIN]:
        yield offset, paragraph[:200]
        offset += len(paragraph) + 2


def _publication(
    found: DateExpression, part: Part, text: str, rule: str, offset: int = 0
) -> Publication:
    surface = text[offset + found.start : offset + found.end]
    return Publication(found.from_ or "", None, part, surface, rule)


def _parse_creation_date(written: str) -> Publication | None:
    """The property CreationDate; the instant where it names its zone."""
    match = _CREATED.match(written)
    if match is None:
        return None
    year, month, day, hour, minute, second, utc, sign, east, minutes = match.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=UTC,
        )
        ahead = timedelta(hours=int(east or 0), minutes=int(minutes or 0))
        zone = timezone(-ahead if sign == "-" else ahead)
        instant = moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if not is_believed(moment.year):
        return None
    zoned = hour is not None and (utc is not None or sign is not None)
    day_of = moment.date().isoformat()
    return Publication(day_of, instant if zoned else None, "markup", match.group(), "pdf.created")

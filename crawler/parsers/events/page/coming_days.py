"""Days without a year of what is still to come: of "will be held in October", said in March, the
next October is meant, though the last one is nearer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WITHOUT_YEAR = frozenset({"date", "range", "relative", "season", "part"})
"""Kinds of dates that a text may give without their year."""
_LONG_AGO = 45
"""Days before the page from which on a day is none that a report announces late."""
_TOLD = frozenset({"takes_place", "follow_up_of"})
"""Cues of what has been, beside which a day may be of that."""


def put_ahead(
    dates: Sequence[DateMention], cues: Sequence[CueHit], text: str, published: str | None
) -> tuple[DateMention, ...]:
    """The dates of a sentence of the part `text`: where it only says what will take place, those
    without a year are of the time behind the page.
    """
    page = first_day(published)
    coming = [cue for cue in cues if cue.category == "will_take_place"]
    told = (cue for cue in cues if cue.category in _TOLD)
    if page is None or not coming or any(not _is_within(cue, coming) for cue in told):
        return tuple(dates)
    return tuple(
        _next_year(d)
        if (day := first_day(d.first))
        and (page - day).days > _LONG_AGO
        and _is_bare(d, text[d.start : d.end])
        else d
        for d in dates
    )


def _is_within(cue: CueHit, coming: Sequence[CueHit]) -> bool:
    """Whether a cue is a part of what tells the future (will be | held)."""
    return any(c.start < cue.end and cue.start < c.end for c in coming)


def _is_bare(dated: DateMention, surface: str) -> bool:
    """Whether an expression names a day, month or season and nothing else (no "last October")."""
    if dated.kind not in _WITHOUT_YEAR or len(dated.first) <= len("2031"):
        return False
    return not _YEAR.search(surface) and (dated.kind != "relative" or " " not in surface)


def _next_year(dated: DateMention) -> DateMention:
    first, last = _add_year(dated.first), dated.last and _add_year(dated.last)
    return dated if first_day(first) is None else replace(dated, first=first, last=last)


def _add_year(partial: str) -> str:
    return str(int(partial[:4]) + 1) + partial[4:]

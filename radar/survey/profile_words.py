"""What was learnt of a site, in words for people. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawler.profiles import ArticlePlaces, DatePlace, SiteProfile
from crawler.profiles.article_places import PROVEN
from indexer.profiles.profile_records import ProfileRecord
from radar.plurals import counted

_SHOWN = 10
"""Places that are named."""
_NOT_TOLD = frozenset({"version", "pages", "places"})
"""Parts of a profile that say nothing of how pages are read."""


def profile_lines(record: ProfileRecord, profile: SiteProfile | None) -> Iterator[str]:
    """What is known of a site: a line for each thing that was learnt."""
    day = record.learnt.date().isoformat()
    pages = counted(record.pages, "page")
    if profile is not None:
        yield f"learnt from {pages} on {day}"
        for field in dataclasses.fields(profile):
            if field.name not in _NOT_TOLD:
                yield from _told(field, getattr(profile, field.name))
    elif record.reason is not None:
        yield f"could not be learnt from {pages} on {day}: {record.reason}"
    elif record.content is not None:
        yield "was learnt by another version; the next run with pages of it learns it anew"
    elif record.digest is not None:
        yield "rested on a page that was forgotten; the next run with pages of it learns it anew"
    else:
        yield f"{pages} had nothing in common on {day}"
    if record.redesigned is not None:
        changed = record.redesigned.date().isoformat()
        yield f"the layout changed on {changed}: only pages fetched since then count"
    compared = record.agreed + record.disagreed
    if compared:
        last = f"of the last {len(record.agreement)}, {record.agreement.count('+')}"
        yield f"compared with {counted(compared, 'page')} since: {record.agreed} agree; {last}"


def _told(field: dataclasses.Field[Any], value: Any) -> Iterator[str]:
    tell = _WORDS.get(field.name)
    if tell is not None:
        yield from tell(value)
    elif value != field.default:
        yield f"{field.name.replace('_', ' ')}: {_plain(value)}"


def _plain(value: Any) -> str:
    """A value that has no words of its own."""
    if isinstance(value, frozenset | tuple | list):
        shown = [str(entry) for entry in sorted(value, key=str)[:_SHOWN]]
        more = len(value) - len(shown)
        return ", ".join(shown) + (f" and {more} more" if more else "")
    return str(value)


def _frame(frame: frozenset[str]) -> Iterator[str]:
    if frame:
        places = counted(len(frame), "place")
        yield f"frame of the site: {places} at which most pages show the same"


def _lines(lines: frozenset[str]) -> Iterator[str]:
    if lines:
        yield f"no part of an article: {counted(len(lines), 'line')} repeated word for word"


def _counters(counters: frozenset[str]) -> Iterator[str]:
    if counters:
        number = counted(len(counters), "line")
        yield f"nor: {number} repeated with other numbers (clocks, rates, counters)"


def _boxes(boxes: frozenset[str]) -> Iterator[str]:
    for place in sorted(boxes)[:_SHOWN]:
        yield f"nor: a box whose lines come and go (such as “most read”), at {place}"


def _asides(names: frozenset[str]) -> Iterator[str]:
    for name in sorted(names)[:_SHOWN]:
        yield f"nor: whatever a box beside the text says (such as “read also”), at {name}"


def _dates(dates: tuple[DatePlace, ...]) -> Iterator[str]:
    for date in dates[:_SHOWN]:
        known = f", known from {counted(date.pages, 'page')}" if date.pages else ""
        yield f"date of publication: at {_place(date)}{known}"


def _clocks(clocks: Any) -> Iterator[str]:
    for clock in sorted(clocks, key=str)[:_SHOWN]:
        where = _place(clock) if isinstance(clock, DatePlace) else str(clock)
        yield f"never a date of publication (clock, footer): at {where}"


def _addresses(addresses: frozenset[str]) -> Iterator[str]:
    for shape in sorted(addresses)[:_SHOWN]:
        yield f"addresses of its news: {shape}"


def _day_first(day_first: bool | None) -> Iterator[str]:
    if day_first is not None:
        yield f"dates of numbers have the {'day' if day_first else 'month'} first"


def _believe_markup(believe: bool) -> Iterator[str]:
    if not believe:
        yield "the dates in its JSON-LD and meta tags are not those of publication"


def _title_frame(pieces: frozenset[str]) -> Iterator[str]:
    if pieces:
        yield f"no part of a title, though windows show it: {_plain(pieces)}"


def _headlines(places: tuple[str, ...]) -> Iterator[str]:
    for place in places[:_SHOWN]:
        yield f"title: at {place}"


def _articles(articles: ArticlePlaces | None) -> Iterator[str]:
    if articles is None:
        return
    yield f"articles stand in {articles.holder}"
    pages = counted(articles.agreed, "page")
    if articles.is_proven:
        yield f"proven on {pages} in a row: articles are read by their places alone"
    else:
        yield f"held on {pages} in a row; proven from {PROVEN} on"


def _place(date: DatePlace) -> str:
    return f"{date.place}, after “{date.label}”" if date.label else date.place


_WORDS: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "frame": _frame,
    "lines": _lines,
    "counters": _counters,
    "boxes": _boxes,
    "asides": _asides,
    "dates": _dates,
    "clocks": _clocks,
    "addresses": _addresses,
    "day_first": _day_first,
    "believe_markup": _believe_markup,
    "title_frame": _title_frame,
    "headlines": _headlines,
    "articles": _articles,
}
"""Fields of `SiteProfile`; one that is not named here is told by its name."""

"""What a stretch of words says of itself and of its sentence, as numbers: what the trained choices
of themes and of houses have in common.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.trained.hashed_words import hashed, hashed_clusters

_WORD = re.compile(r"\w[\w-]*|[:–—„“«\"(,]")
_BEFORE, _BEHIND = 50, 30
"""Characters beside a span that are looked at."""
_WORDS_BEFORE = 3
_STEM = 6
"""Letters by which words are told: the rest is mostly inflection."""
_ENDINGS = (3, 5)
_QUOTES = frozenset('„“«"”»')
_MOST_WORDS = 12
_ENTITIES = ("organisations", "persons", "places", "countries", "commodities")


def measure_span(
    page: AnnotatedPage, s: AnnotatedSentence, start: int, end: int, kind: str
) -> Measures:
    """How a span is built and what stands beside it; `kind` keeps the words of one choice apart
    from those of another.
    """
    masked, lang = page.masked[s.part], page.vocabulary.lang
    before, behind = masked[max(s.start, start - _BEFORE) : start], masked[end : s.end]
    words = masked[start:end].split()
    last = before.rstrip()[-1:]
    return {
        **{hashed(f"{lang}:{kind}{name}"): 1.0 for name in _words_beside(before, behind, words)},
        **{
            name: 1.0
            for place, word in _words_around(before, words)
            for name in hashed_clusters(f"{kind}{place}", word, lang)
        },
        "span.words": math.log(max(1, len(words))),
        "span.one": len(words) == 1,
        "span.long": len(words) > _MOST_WORDS,
        "span.capital": masked[start : start + 1].isupper(),
        "span.capitals": sum(w[:1].isupper() for w in words) / max(1, len(words)),
        "span.quoted": last in _QUOTES and behind[:1] in _QUOTES,
        "span.quotes": any(sign in _QUOTES for sign in masked[start:end]),
        "span.colon": last == ":",
        "span.comma": last == ",",
        "span.dash": last in "–—-" and bool(last),
        "span.opens": not before.strip(),
        "span.ends": not behind.strip(" .!?"),
        "span.digits": any(sign.isdigit() for sign in masked[start:end]),
        **{
            f"span.{field}": any(m.start < end and start < m.end for m in s.of(field))
            for field in _ENTITIES
        },
        "span.body": any((m.start, m.end) == (start, end) for m in s.of("organisations")),
        "span.date": any(d.start < end and start < d.end for d in s.dates),
        "in.title": s.part == "title",
        "in.day": any(d.is_day for d in s.dates),
        "in.persons": bool(s.of("persons")),
        "in.town": bool(s.of("places")),
        "in.theme": bool(s.cue("theme")),
        "in.organiser": bool(s.cue("organiser")),
    }


def _words_around(before: str, words: list[str]) -> Iterator[tuple[str, str]]:
    """The last words before a span, its first and its last one, with their places."""
    last = [w for w in _WORD.findall(before) if w[0].isalpha()][-_WORDS_BEFORE:][::-1]
    yield from ((f"-{number}", word) for number, word in enumerate(last))
    yield from (("first", word) for word in words[:1])
    yield from (("end", word) for word in words[-1:])


def _words_beside(before: str, behind: str, words: list[str]) -> Iterator[str]:
    """The last words before a span, the first behind it, its first and its last one."""
    last = _WORD.findall(before.casefold())[-_WORDS_BEFORE:][::-1]
    for number, word in enumerate(last):
        yield f"-{number}:{word[:_STEM]}"
    if len(last) > 1:
        yield f"-01:{last[1][:_STEM]} {last[0][:_STEM]}"
    for word in _WORD.findall(behind[:_BEHIND].casefold())[:1]:
        yield f"+0:{word[:_STEM]}"
    for name, word in (("first", words[:1]), ("end", words[-1:])):
        for one in word:
            low = one.casefold()
            yield f"{name}:{low[:_STEM]}"
            yield from (f"{name}:-{low[-n:]}" for n in _ENDINGS if len(low) > n)

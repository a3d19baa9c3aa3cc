"""Words in and around the name of a body as measures: their beginnings, and with which other words
they are used alike, by which a verb or noun is known that no labelled page has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.trained.hashed_words import hashed, hashed_clusters

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[\w-]+")
_STEM = 6
"""Letters of a word that are hashed: the rest is mostly inflection."""
_ENDING = 3
"""Last letters of the first word of a name: its case, where a language has cases."""
_BESIDE = 5
"""Words on either side of a body that are looked at; characters in which they are looked for."""
_WINDOW = 90
_NEXT = 2
"""Of these, words whose place counts as well."""
_OPENING = 2
_MOST_OF_NAME = 8
_MOST_WORDS = 60
"""Words of a sentence that are looked at: no sentence that a person wrote has more."""


def words_around(page: AnnotatedPage, body: BodyMention) -> Iterator[str]:
    """Names of the measures that are set by the words around a body and its row."""
    s, (start, end) = body.sentence, body.row
    masked = page.masked[s.part]
    before = _TOKEN.findall(masked, max(s.start, start - _WINDOW), start)[::-1][:_BESIDE]
    behind = _TOKEN.findall(masked, end, min(s.end, end + _WINDOW))[:_BESIDE]
    lang = page.vocabulary.lang
    for side, written in (("before", before), ("behind", behind)):
        words = [word.casefold()[:_STEM] for word in written]
        for at, word in enumerate(words):
            yield hashed(f"{side}:{word}")
            yield from hashed_clusters(side, written[at], lang)
            if at < _NEXT:
                yield hashed(f"{side}{at}:{word}")
                yield from hashed_clusters(f"{side}{at}", written[at], lang)
        if len(words) > 1:
            yield hashed(f"{side}:{words[0]}:{words[1]}")
    tokens = list(islice(_TOKEN.finditer(masked, s.start, s.end), _MOST_WORDS))
    stems = [m.group().casefold()[:_STEM] for m in tokens]
    yield from (hashed(f"in:{stem}") for stem in set(stems))
    opening = islice((stem for stem in stems if stem[0].isalnum()), _OPENING)
    yield from (hashed(f"sentence:{stem}") for stem in opening)


def words_of_name(page: AnnotatedPage, body: BodyMention) -> Iterator[str]:
    """Names of the measures that are set by the words of a body's name."""
    masked = page.masked[body.mention.part]
    written = masked[body.mention.start : body.mention.end]
    own = written.casefold()
    words = _WORD.findall(own)[:_MOST_OF_NAME]
    yield hashed(f"last:{own[-4:]}")
    yield from (hashed(f"own:{word[:_STEM]}") for word in words)
    if words:
        yield hashed(f"own.first:{words[0][-_ENDING:]}")
        yield hashed(f"own.end:{words[-1][-_STEM:]}")
    lang, named = page.vocabulary.lang, _WORD.findall(written)[:_MOST_OF_NAME]
    for word in named:
        yield from hashed_clusters("own", word, lang)
    for place, word in (("own.first", named[:1]), ("own.last", named[-1:])):
        for one in word:
            yield from hashed_clusters(place, one, lang)

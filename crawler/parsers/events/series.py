"""The series that an event belongs to: its name without number and year, or the body that meets."""

from __future__ import annotations

import re

from crawler.parsers.events.clusters import Cluster
from crawler.parsers.events.evidence import Found
from crawler.parsers.events.names import Name
from crawler.parsers.events.scene import Scene
from crawler.parsers.events.vocabulary import EventVocabulary

_YEAR = re.compile(r"[\s-]*(?<!\d)(?:19|20)\d\d(?!\d)")
_ARTICLE = re.compile(r"\s*(?:(?:der|des|dem|den|die|von|vom|the|of|for)\b\s*)+", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:\w*sitzung(?:en)?|treffen\w*|\w*tagung|meetings?|sessions?|заседани\w*|сесси\w*|встреч\w*|совещани\w*)\Z",
    re.IGNORECASE,
)
_LOWER_ADJECTIVES = re.compile(r"(?:[a-zäöüß][\w-]+(?:en|er|es|e)\s+)+(?=[A-ZÄÖÜ])")


def read_series(scene: Scene, cluster: Cluster) -> Found[str] | None:
    """The series of an event, or None where nothing says that it recurs."""
    best = cluster.best
    ordered = [best, *(c for c in cluster.candidates if c is not best)]
    for c in ordered:
        if c.kind in ("trip", "verb"):
            continue
        body = _body(scene, c.sentence.part, c.name.tail, c.word)
        if body:
            return body
    told_as_series = any(c.bare and c.sentence.cue("recurring") for c in ordered)
    for c in ordered:
        if c.kind in ("trip", "verb"):
            continue
        recurring = told_as_series or any(
            c.name.start - 30 <= k.start <= c.name.end for k in c.sentence.cue("recurring")
        )
        if c.name.ordinal or c.name.year or recurring:
            found = _without_number(scene, c.sentence.part, c.name)
            if found and found.value.casefold() not in scene.vocabulary.heads:
                return found
    return None


def _body(scene: Scene, part: str, tail: tuple[int, int] | None, word: str) -> Found[str] | None:
    """A session's body: the noun phrase in the genitive behind the head."""
    if tail is None or not _SESSION.match(word):
        return None
    text = scene.texts[part]
    article = _ARTICLE.match(text, tail[0], tail[1])
    if scene.vocabulary.lang != "ru" and article is None:
        return None
    start = article.end() if article else tail[0]
    if not any(
        _is_body(scene.vocabulary, w.group()) for w in scene.vocabulary.words(text[start : tail[1]])
    ):
        return None
    if scene.vocabulary.lang == "de":
        adjectives = _LOWER_ADJECTIVES.match(text, start, tail[1])
        start = adjectives.end() if adjectives else start
    return _found(scene, part, start, tail[1], "series.body")


def _is_body(vocabulary: EventVocabulary, word: str) -> bool:
    low = word.casefold()
    kind = vocabulary.head_of(word)
    return (
        kind in ("body", "gathering")
        or low in vocabulary.series_nouns
        or (kind == "weak" and word[0].isupper())
    )


def _without_number(scene: Scene, part: str, name: Name) -> Found[str] | None:
    """The name without its edition and year, whichever end they stand at."""
    text = scene.texts[part]
    start, end, number = name.start, name.end, name.ordinal_span
    if name.quote and number:
        end = min(end, name.quote[0] - 1)
    if number and start <= number[0] < end:
        near_start = number[0] - start <= number[1] - number[0] + 12
        start, end = (number[1], end) if near_start else (start, number[0])
    year = _YEAR.search(text, start, end)
    if year:
        start, end = (year.end(), end) if year.start() - start < 4 else (start, year.start())
    return _found(scene, part, start, end, "series.name")


def _found(scene: Scene, part: str, start: int, end: int, rule: str) -> Found[str] | None:
    text = scene.texts[part]
    while start < end and not text[start].isalnum() and text[start] not in '„«"':
        start += 1
    while end > start and text[end - 1] in " ,;:.–—-\n":
        end -= 1
    part_name = next(s.part for s in scene.sentences if s.part == part)
    return Found(text[start:end], part_name, start, end, rule, 0.7) if end - start > 2 else None

"""The series that an event belongs to: its name without number and year, or the body that meets."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import Cluster
from crawler.parsers.events.candidates.noun_phrases import Name
from crawler.parsers.events.grammar.function_words import SESSIONS
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import Scene
from crawler.parsers.events.page.evidence import Found

_YEAR = re.compile(r"[\s-]*(?<!\d)(?:19|20)\d\d(?!\d)")
_ARTICLE = re.compile(r"\s*(?:(?:der|des|dem|den|die|von|vom|the|of|for)\b\s*)+", re.IGNORECASE)
_SESSION = re.compile(rf"(?:{SESSIONS})\Z", re.IGNORECASE)


def read_series(scene: Scene, cluster: Cluster) -> Found[str] | None:
    """The series of an event, or None where nothing says that it recurs."""
    best = cluster.best
    ordered = [best, *(c for c in cluster.candidates if c is not best)]
    recurs = any(c.bare and c.sentence.cue("recurring") for c in ordered)
    ordered = [c for c in ordered if c.kind not in ("trip", "verb")]
    for c in ordered:
        body = _body_before(scene, c) or _body_behind(scene, c.sentence.part, c.name.tail, c.word)
        if body:
            return body
    body = _body_that_met(scene, cluster)
    if body:
        return body
    labelled = _by_label(scene, cluster)
    if labelled:
        return labelled
    if best.kind == "body" and "body meets" in best.reasons:
        return _trim(scene, best.sentence.part, best.name.start, best.name.end, "series.body")
    return next((found for c in ordered if (found := _by_name(scene, c, recurs=recurs))), None)


def shared_series(scene: Scene, cluster: Cluster, main: Cluster) -> Found[str] | None:
    """A bare further session ("XX сессия") belongs to the series of the page's own event."""
    if cluster is main or not (cluster.ordinal or cluster.next_cue):
        return None
    words = cluster.best.word, main.best.word
    return (
        read_series(scene, main)
        if words[0].endswith(words[1]) or words[1].endswith(words[0])
        else None
    )


def _by_name(scene: Scene, c: Candidate, *, recurs: bool) -> Found[str] | None:
    """The series by the name of an edition, or of what is told to recur."""
    part, name = c.sentence.part, c.name
    recurring = recurs or any(
        name.start - 30 <= k.start <= name.end for k in c.sentence.cue("recurring")
    )
    if name.quote and name.year and c.word in scene.vocabulary.generic_heads:
        return _without_number(
            scene, part, replace(name, start=name.quote[0], end=name.quote[1], quote=None)
        )
    if name.quote and name.ordinal and c.word in scene.vocabulary.generic_heads:
        return _trim(scene, part, *name.quote, "series.quoted")
    if not (name.ordinal or name.year or recurring):
        return None
    found = _without_number(scene, part, name)
    bare = found is not None and found.value.casefold() in scene.vocabulary.heads
    return None if bare else found


def _by_label(scene: Scene, cluster: Cluster) -> Found[str] | None:
    """The quoted name of a series that the text calls one: the last workshop of the series "X"."""
    words = "|".join(map(re.escape, scene.vocabulary.series_labels))
    if not words:
        return None
    label = re.compile(
        rf"(?<!\w)(?:{words})[,:]?\s[„“«\"]([^„“”«»\"\n]{{3,80}})[“”»\"]", re.IGNORECASE
    )
    for c in cluster.candidates:
        found = label.search(scene.masked[c.sentence.part], c.sentence.start, c.sentence.end)
        if found:
            return _trim(scene, c.sentence.part, *found.span(1), "series.label")
    return None


def _body_that_met(scene: Scene, cluster: Cluster) -> Found[str] | None:
    """The body that is told to have met, where another mention has the number (Es war die dritte
    Sitzung).
    """
    if cluster.ordinal is None:
        return None
    bodies = [c for c in cluster.candidates if c.kind == "body" and "body meets" in c.reasons]
    if not bodies:
        return None
    name = bodies[0].name
    return _trim(scene, bodies[0].sentence.part, name.start, name.end, "series.body-meets")


def _body_before(scene: Scene, c: Candidate) -> Found[str] | None:
    """The body that holds "its" fifth session: the last one named before it in the sentence."""
    session = _SESSION.match(c.word.split()[-1])
    if not session or not c.name.ordinal or c.name.determiner not in scene.vocabulary.possessives:
        return None
    before = [m for m in c.sentence.of("organisations") if m.end <= c.name.start]
    return (
        _trim(scene, c.sentence.part, before[-1].start, before[-1].end, "series.owner")
        if before
        else None
    )


def _body_behind(
    scene: Scene, part: str, tail: tuple[int, int] | None, word: str
) -> Found[str] | None:
    """A session's body: the noun phrase in the genitive behind the head."""
    if tail is None or not _SESSION.match(word):
        return None
    text = scene.texts[part]
    article = _ARTICLE.match(text, tail[0], tail[1])
    opening = text[article.end() if article else tail[0] : tail[1]].split()
    if opening and opening[0].casefold() in scene.vocabulary.roles:
        return None
    if scene.grammar.marks_genitives and article is None:
        return None
    start = article.end() if article else tail[0]
    if not any(
        _is_body(scene.vocabulary, w.group()) for w in scene.vocabulary.words(text[start : tail[1]])
    ):
        return None
    start = scene.grammar.skip_adjectives(text, start, tail[1])
    return _trim(scene, part, start, tail[1], "series.body")


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
    start = skip_opening_words(scene, part, start, end)
    if name.quote and number:
        end = min(end, name.quote[0] - 1)
    if number and start <= number[0] < end:
        near_start = number[0] - start <= number[1] - number[0] + 12
        start, end = (number[1], end) if near_start else (start, number[0])
    start = skip_opening_words(scene, part, start, end)
    edition = scene.vocabulary.edition_words.match(text, start, end)
    start = edition.end() if edition else start
    bracket = text.find(" (", start, end)
    end = bracket if bracket > start else end
    year = _YEAR.search(text, start, end)
    if year:
        start, end = (year.end(), end) if year.start() - start < 4 else (start, year.start())
    return _trim(scene, part, start, end, "series.name")


def skip_opening_words(scene: Scene, part: str, start: int, end: int) -> int:
    """Where a name starts behind words such as "diesjährige", "two-day", "очередное"."""
    text = scene.masked[part]
    while start < end and not text[start].isalnum() and text[start] not in '„«"':
        start += 1
    word = re.compile(r"[\w-]+").match(text, start, end)
    rest = text[word.end() : end].strip() if word else ""
    enough = rest if scene.grammar.joins_compounds else " " in rest
    if word and enough and scene.vocabulary.name_drop.match(word.group()):
        return skip_opening_words(scene, part, word.end() + 1, end)
    return start


def _trim(scene: Scene, part: str, start: int, end: int, rule: str) -> Found[str] | None:
    text = scene.texts[part]
    while start < end and not text[start].isalnum() and text[start] not in '„«"':
        start += 1
    while end > start and text[end - 1] in " ,;:.–—-\n":
        end -= 1
    part_name = next(s.part for s in scene.sentences if s.part == part)
    return Found(text[start:end], part_name, start, end, rule, 0.7) if end - start > 2 else None

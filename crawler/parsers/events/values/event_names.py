"""What an event is called, and its edition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import (
    EventMentions,
    is_same_word,
    stands_alone,
)
from crawler.parsers.events.grammar.function_words import AND, BEFORE_DATES, CAPITAL, FROM, SMALL
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.series import (
    end_before_owner,
    is_named_in_quotes,
    skip_opening_words,
)
from indexer.records.document import Mention

_COUNTS = 2
_DESTINATION = re.compile(rf"\s(\w+)\s[{CAPITAL}][\w-]+(?:[ -][{CAPITAL}][\w-]+)?")
"""A preposition and the name of a place, right behind a journey."""
_PARTS_LINE = "–—-|·•:►*"
_TITLE = re.compile(rf":\s(?=[^\W\d{SMALL}])[^\n,;.:()|–—?!]{{4,90}}(?=[,;.()|?!\n]|\s[–—]|\Z)")
_DANGLES = re.compile(rf"(?:[\s,:(–—-]+(?i:{BEFORE_DATES}|{FROM}))?[\s,:(–—-]*\Z")
"""What stands between a title and the day or town behind it."""
_JOINS_PLACES = re.compile(rf",\s|\s(?:{AND})\s")


def read_name(page: AnnotatedPage, event: EventMentions) -> FoundValue[str]:
    """The name of its best mention, in the nominative; a journey's may be the headline."""
    best = _named_in_full(page, event)
    part = best.sentence.part
    start, end = best.name.start, best.name.end
    generic = best.word in page.vocabulary.generic_heads
    if generic and best.name.quote and best.name.year:
        start, end = best.name.quote
    if best.name.quote and best.name.ordinal and not generic and not is_named_in_quotes(page, best):
        end = best.name.quote[0] - 1
    headline = _headline(page, best)
    if headline and not event.second:
        return headline
    end = end_before_owner(page, best, end)
    end = _before_town(page, best, _destination(page, best, _before_post(page, best, end)))
    end = _with_title(page, best, end)
    start = skip_opening_words(page, part, _behind_label(page, best, start), end)
    text = page.texts[part][start:end].rstrip(" ,")
    if best.stands_for:
        return FoundValue(_with_noun(page, best), part, start, start + len(text), "names.ellipsis")
    value = text if best.titles_line else _in_nominative(page, text, best, start)
    return FoundValue(value, part, start, start + len(text), f"names.{best.kind}")


def _with_noun(page: AnnotatedPage, best: Candidate) -> str:
    """An edition with the noun that it means (the next one: next forum)."""
    word, noun = best.name.left_words[0], best.stands_for
    text = f"{word} {noun}"
    head = (len(word) + 1, len(text))
    return page.grammar.nominative_phrase(text, head, page.vocabulary)


def _named_in_full(page: AnnotatedPage, event: EventMentions) -> Candidate:
    """The best mention, or where that is a head, a length or a number alone (die Reise, the two-day
    event, the fifth forum) the best one that says more (Delegationsreise nach Schweden, Tin Forum).
    """
    best = _journey_of(page, event)
    if not _says_head_only(page, best):
        return best
    fuller = [
        c
        for c in event.candidates
        if c.kind == best.kind
        and c.name.ordinal in (best.name.ordinal, None)
        and not c.plural
        and (best.name.ordinal is None or c.name.ordinal)
        and is_same_word(c.word, best.word)
        and (not _says_head_only(page, c) or (c.word.endswith(best.word) and c.word != best.word))
    ]
    return max(fuller, key=lambda c: (c.score, -c.sentence.index), default=best)


def _journey_of(page: AnnotatedPage, event: EventMentions) -> Candidate:
    """The best mention, or where that tells who travels or what they did, the best one that is a
    noun for the journey: a delegation comes for its visit. What the headline says is a name, too.
    """
    best = event.best
    if best.kind == "verb":
        stays = not event.second and _headline(page, best) is not None
    else:
        headlines = [c for c in event.candidates if c.sentence.zone == "headline"]
        stays = not _is_group(page, best) or any(_is_group(page, c) for c in headlines)
    if stays:
        return best
    named = [c for c in event.candidates if c.kind == "trip" and not _is_group(page, c)]
    return max(named, key=lambda c: (not c.is_bare, c.score, -c.sentence.index), default=best)


def _is_group(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a noun is of the people who travel (Delegation, Wirtschaftsdelegation)."""
    return folded(c.word).endswith(tuple(page.vocabulary.travelling_groups))


def _says_head_only(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a name is a head that is no compound, with a number or a length at most."""
    name, words = c.name, page.vocabulary
    numbered = all(words.ordinal(word) is not None for word in name.left_words)
    alone = stands_alone(c) or (numbered and not (name.year or name.quote or name.tail))
    return alone and c.word in words.heads


def read_ordinal(
    page: AnnotatedPage, event: EventMentions, series: FoundValue[str] | None
) -> FoundValue[int] | None:
    """The number of the edition, where one of its mentions has it. A first or second one in words,
    of no series, only counts (A second hearing follows).
    """
    for c in event.candidates:
        if c.name.ordinal and c.name.ordinal_span:
            start, end = c.name.ordinal_span
            word = page.texts[c.sentence.part][start:end]
            counts = c.name.ordinal <= _COUNTS and word.isalpha() and len(word) > len("II")
            if series is None and counts and not c.stands_for:
                continue
            return FoundValue(c.name.ordinal, c.sentence.part, start, end, "names.ordinal", 0.9)
    return None


def _in_nominative(page: AnnotatedPage, text: str, best: Candidate, start: int) -> str:
    """A name as one writes it alone: (auf dem) Runden Tisch, Runder Tisch."""
    head = (best.head[0] - start, best.head[1] - start)
    counted = bool(best.name.left_words) and best.name.left_words[0].isdigit()
    if best.kind in ("verb", "brand") or not 0 <= head[0] < len(text) or counted:
        return text
    return page.grammar.nominative_phrase(text, head, page.vocabulary)


def _before_post(page: AnnotatedPage, best: Candidate, end: int) -> int:
    """The end of the head, where a post follows it in a language of noun adjuncts (Workshop |
    Chair).
    """
    behind = page.vocabulary.words(page.texts[best.sentence.part][best.head[1] : end])
    post = bool(behind) and folded(behind[0].group()) in page.vocabulary.roles
    return best.head[1] if post and page.grammar.has_noun_adjuncts else end


def _before_town(page: AnnotatedPage, best: Candidate, end: int) -> int:
    """The end of the name before a town in brackets (Copper Forum | (Santiago))."""
    text = page.texts[best.sentence.part]
    bracket = text.rfind(" (", best.head[1], end)
    towns = best.sentence.of("places", "countries")
    named = any(t.start == bracket + len(" (") for t in towns)
    return bracket if bracket > 0 and text[end - 1] == ")" and named else end


def _behind_label(page: AnnotatedPage, best: Candidate, start: int) -> int:
    """The start of the name behind a town or a label and their colon (6 June, Leeds: | Tin Forum;
    Agenda: | Tin Workshop).
    """
    before, colon, _ = page.texts[best.sentence.part][start : best.head[0]].partition(": ")
    town = any((m.start, m.end) == (start, start + len(before)) for m in best.sentence.of("places"))
    label = town or before.casefold() in page.vocabulary.title_labels
    return start + len(before) + len(colon) if colon and label else start


def _destination(page: AnnotatedPage, best: Candidate, end: int) -> int:
    """The end of where a journey goes, right behind its head (Reise nach Kasachstan)."""
    if best.kind != "trip":
        return end
    places = best.sentence.of("places", "countries")
    for number, place in enumerate(places):
        between = page.masked[place.part][end : place.start].split()
        leads = between and between[0] in page.vocabulary.place_prepositions
        if leads and len(between) <= 2 and end < place.start:
            return _end_of_row(page, places[number:])
    unknown = _DESTINATION.match(page.masked[best.sentence.part], end, best.sentence.end)
    heads = unknown and unknown.group(1) in page.vocabulary.heading_for
    return unknown.end() if unknown and heads else end


def _with_title(page: AnnotatedPage, best: Candidate, end: int) -> int:
    """The end of the title behind the colon of a lesson that opens its line, or stands behind the
    mark that parts it from its day (2 July – Webinar: Hydrogen in old pipes); of any event that has
    the page for itself.
    """
    text = page.texts[best.sentence.part]
    opening = text[text.rfind("\n", 0, best.name.start) + 1 : best.name.start].rstrip()
    opens = not opening or opening[-1] in _PARTS_LINE
    if not opens or end != best.head[1]:
        return end
    if page.draft.kind == "event" and best.sentence.part == "title" and text.startswith(":", end):
        stop = best.sentence.end
    else:
        lesson = folded(best.word) in page.vocabulary.lessons
        title = _TITLE.match(text, end) if lesson else None
        stop = title.end() if title else end
    if not end < stop <= best.sentence.end:
        return end
    days = (d.start for d in best.sentence.dates if d.is_day and end < d.start < stop)
    day = next(days, None)
    return stop if day is None else _before_day(page, best, end, day)


def _before_day(page: AnnotatedPage, best: Candidate, start: int, day: int) -> int:
    """The end of a title before its day, and before a town in front of it (Tin from old heaps | in
    Leeds on 2 July); `start` where nothing is left.
    """
    text = page.texts[best.sentence.part][start:day]
    title = _DANGLES.sub("", text)
    for town in best.sentence.of("places"):
        if town.start > start and town.end == start + len(title):
            rest = title[: town.start - start].rstrip()
            title = before if (before := _DANGLES.sub("", rest)) != rest else title
    return start + len(title)


def _end_of_row(page: AnnotatedPage, places: Sequence[Mention]) -> int:
    """The end of a row of places that its first one opens (nach Kasachstan und Usbekistan)."""
    end = places[0].end
    for place in places[1:]:
        if not _JOINS_PLACES.fullmatch(page.masked[place.part][end : place.start]):
            break
        end = place.end
    return end


def _headline(page: AnnotatedPage, best: Candidate) -> FoundValue[str] | None:
    """A journey that only a verb names is called by the headline, but for one of a counted crowd,
    which is called by what they did.
    """
    crowd = any(cue.start == best.head[0] for cue in best.sentence.cue("gathered"))
    met = any(cue.start == best.head[0] for cue in best.sentence.cue("body_meets", "receive"))
    if best.kind != "verb" or (crowd and not met):
        return None
    for s in page.sentences:
        if s.zone == "headline" and not s.dates and s.end - s.start > 15:
            return FoundValue(page.text(s), s.part, s.start, s.end, "names.headline", 0.6)
    return None

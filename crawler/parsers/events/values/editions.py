"""Editions of one event on a page share their series, as do the sessions of one body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions, is_same_word
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.series import BODY_RULES, SESSION, read_series, series_of_name


def series_of_events(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    body: FoundValue[str] | None = None,
) -> Mapping[EventMentions, FoundValue[str] | None]:
    """The series of the events of a page, the first of which is its own: that of each, or one that
    it shares with another edition of its name. `body` is the one whose minutes the page has.
    """
    own = {event: read_series(page, event) for event in events}
    if body:
        sessions = [e for e in events if _is_session_of_minutes(page, e, own[e])]
        own |= dict.fromkeys(sessions, replace(body, rule="series.minutes"))
    shared = {
        event: next(
            (s for o in events if (s := _shared_series(page, event, o, own, events[0]))), None
        )
        for event in events
        if own[event] is None
    }
    return own | shared


def _shared_series(
    page: AnnotatedPage,
    event: EventMentions,
    other: EventMentions,
    own: Mapping[EventMentions, FoundValue[str] | None],
    main: EventMentions,
) -> FoundValue[str] | None:
    """The series of another edition: that which the other one has (the fifth session), or the
    name of the one beside which a next or previous one is told, as it recurs.
    """
    turned = [e for e in (event, other) if e.next_cue or e.previous_cue]
    if event is other or not (event.ordinal or turned):
        return None
    held = own[other]
    counted = event.ordinal or event in turned
    if held and held.rule in BODY_RULES and counted and _is_bare_session(page, event.best):
        return held
    if not _may_be_editions(page, event, other, main):
        return None
    if own[other] or not turned:
        return own[other]
    named = [e.best for e in (event, other) if e not in turned]
    found = series_of_name(page, named[0]) if named else None
    # A working meeting (совещание по вопросам) has others before it, and is no series.
    return found if found and any(letter.isupper() for letter in found.value) else None


def _may_be_editions(
    page: AnnotatedPage, event: EventMentions, other: EventMentions, main: EventMentions
) -> bool:
    """Whether two events are called by one head, and no capital of a name is only of the barer; the
    next "edition" is one of the page's own event.
    """
    a, b = event.best, other.best
    for edition, whole in ((a, other), (b, event)):
        if edition.word.split()[-1] in page.vocabulary.edition_nouns and not edition.stands_for:
            return whole is main
    joined = page.grammar.joins_compounds  # Zinntagung and Bleitagung are two
    if not (a.word.endswith(b.word) or b.word.endswith(a.word)) and (
        joined or not is_same_word(a.word, b.word)
    ):
        return False
    barer, fuller = sorted((a, b), key=lambda c: len(c.name.left_words) + len(c.word))
    if barer.stands_for:
        return True
    known = {word.casefold() for word in fuller.name.left_words}
    return all(word.casefold() in known for word in _names_before(page, barer))


def _names_before(page: AnnotatedPage, c: Candidate) -> list[str]:
    """The capitals before a head that are no number and not what says "next" or "previous"."""
    turns = _turns(page, c)
    return [
        word
        for word in c.name.left_words
        if word[0].isupper() and word not in turns and page.vocabulary.ordinal(word) is None
    ]


def _turns(page: AnnotatedPage, c: Candidate) -> frozenset[str]:
    """The words of its sentence that say "next" or "previous"."""
    text = page.texts[c.sentence.part]
    cues = c.sentence.cue("next_event", "follow_up_of")
    return frozenset(text[k.start : k.end] for k in cues)


def _is_bare_session(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a mention is of a session (nächste Sitzung), and says not of what."""
    says_more = c.name.tail or c.name.quote or _names_before(page, c)
    return bool(SESSION.match(c.word.split()[-1])) and not says_more


def _is_session_of_minutes(
    page: AnnotatedPage, event: EventMentions, series: FoundValue[str] | None
) -> bool:
    """Whether minutes tell a session as one of their body's: called by nothing but a number, a
    month or "next".
    """
    c, words = event.best, page.vocabulary
    if c.is_journey or (series and series.rule in BODY_RULES) or c.name.tail or c.name.quote:
        return False
    if not SESSION.match(c.word.split()[-1]):
        return False
    dates = [page.texts[d.part][d.start : d.end] for d in c.sentence.dates]
    said = [w for w in _names_before(page, c) if not words.name_drop.match(w)]
    # A board meeting is one of the board.
    nouns = page.grammar.has_noun_adjuncts and any(
        w.islower() and words.ordinal(w) is None and w not in _turns(page, c)
        for w in c.name.left_words
    )
    return not nouns and not any(all(w not in date for date in dates) for w in said)

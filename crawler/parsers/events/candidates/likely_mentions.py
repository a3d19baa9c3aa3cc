"""What may be an event by a likely word alone (likely_words.py), put together, and how likely each
is one that the page does not give yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions, group_candidates
from crawler.parsers.events.candidates.head_words import measure_heads
from crawler.parsers.events.candidates.measures import is_general, measure_mentions, measure_page
from crawler.parsers.events.candidates.selection import MOST_SENTENCES, LikelyEvents
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel

Found = Sequence[tuple[float, Candidate]]
"""Candidates by likely words, with the log odds of each."""

_LEAST, _LEAST_ALONE = -1.0, -1.5
"""Log odds from which on the values of a likely mention are read, beside other events and without.
"""
MOST = 5
"""Likely mentions of a page that are read."""
_MOST_GIVEN, _FARTHEST = 4, 9
_MOST_ODDS, _NO_ODDS = 6.0, -9.0


def may_have_likely(page: AnnotatedPage, known: LikelyEvents) -> bool:
    """Whether likely words may be events of a page: not of a list, of a long text, nor where
    nothing of the field and no event is named.
    """
    if not page.grammar.is_taught or page.draft.kind == "listing":
        return False
    short = len(page.sentences) <= MOST_SENTENCES
    return short and (bool(known.events) or not is_general(page))


def choose_likely(
    page: AnnotatedPage,
    known: LikelyEvents,
    found: Found,
    gate: JointModel,
    heads: LinearModel | None,
) -> LikelyEvents:
    """The events of a page with those by likely words whose values are worth a look, as doubtful
    ones.
    """
    if not found:
        return known
    groups = group_likely(page, found)
    odds = gate.log_odds(measure_likely(page, groups, found, known, heads))
    for group, of_group in zip(groups, odds, strict=True):
        group.odds, group.likely = of_group, True
    least = _LEAST if known.events else _LEAST_ALONE
    ranked = sorted(groups, key=lambda group: -_odds(group))
    return with_likely(known, [group for group in ranked if _odds(group) > least][:MOST])


def with_likely(known: LikelyEvents, likely: Sequence[EventMentions]) -> LikelyEvents:
    """The events of a page and likely ones behind them."""
    for event in likely:
        event.likely = event.second = event.lifted = True
    if likely and not known.every:
        likely[0].second = False
    return LikelyEvents(known.events, [*known.doubtful, *likely], known.groups)


def group_likely(page: AnnotatedPage, found: Found) -> list[EventMentions]:
    """Likely mentions put together; none joins what rules find, so that this stays as it is."""
    return group_candidates([c for _, c in found], words=page.vocabulary)


def measure_likely(
    page: AnnotatedPage,
    groups: Sequence[EventMentions],
    found: Found,
    known: LikelyEvents,
    heads: LinearModel | None,
) -> list[dict[str, float]]:
    """What the model reads of each group of likely mentions: what the gate reads of mentions, how
    likely its words are, and what sets it apart from the events that are given.
    """
    every = [*known.groups, *groups]
    main = known.events[0] if known.events else None
    of_page, odds = measure_page(page), {id(c): of_word for of_word, c in found}
    return [
        measure_mentions(page, group, every, main)
        | of_page
        | measure_heads(page, group, heads)
        | _measure_words(group, odds)
        | _measure_apart(page, group, known)
        for group in groups
    ]


def _measure_words(group: EventMentions, odds: Mapping[int, float]) -> dict[str, float]:
    """How likely its words are beside the others of the page."""
    ranked = sorted(odds.values(), reverse=True)
    own = max(odds[id(c)] for c in group.candidates)
    next_best = ranked[min(1, len(ranked) - 1)] if own == ranked[0] else ranked[0]
    return {
        "likely.odds": own,
        "likely.rank": float(ranked.index(own)),
        "likely.ahead": own - next_best,
        "likely.words": float(len(ranked)),
    }


def _measure_apart(
    page: AnnotatedPage, group: EventMentions, known: LikelyEvents
) -> dict[str, float]:
    """Whether it has a sentence, day or town that no event of the page has."""
    given = known.events
    left = [event for event in known.groups if event not in given]
    own, of_given = group.sentences(), {i for event in given for i in event.sentences()}
    days = {d.first for d in group.dates if d.is_day}
    days_given = {d.first for event in given for d in event.dates if d.is_day}
    towns, towns_given = _towns(page, own), _towns(page, of_given)
    measures = {
        "given.none": not given,
        "given": min(_MOST_GIVEN, len(given)),
        "given.here": bool(own & of_given),
        "given.near": min((abs(min(own) - i) for i in of_given), default=_FARTHEST),
        "given.odds": max((_odds(event) for event in given), default=_NO_ODDS),
        "left.odds": max((e.odds for e in left if e.odds is not None), default=_NO_ODDS),
        "left.here": any(own & event.sentences() for event in left),
        "day.shared": bool(days & days_given),
        "day.own": bool(days - days_given),
        "town.shared": bool(towns & towns_given),
        "town.own": bool(towns - towns_given),
    }
    return {name: float(value) for name, value in measures.items() if value}


def _odds(event: EventMentions) -> float:
    """Log odds of an event by the gate; those of what rules alone found are the highest."""
    return _MOST_ODDS if event.odds is None else min(_MOST_ODDS, event.odds)


def _towns(page: AnnotatedPage, sentences: set[int]) -> set[str | int | None]:
    return {town.value for index in sentences for town in page.sentences[index].of("places")}

"""Which of the events that a page mentions are events: the rules' verdict, and the trained gate's.

Rules add points up and are sure; the gate adds what they left out, where structure speaks for it,
and of a page on which it finds no event likely it takes back what rules barely give.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import dropwhile
from types import MappingProxyType

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import (
    EventMentions,
    group_candidates,
    is_same_word,
)
from crawler.parsers.events.candidates.dated_lines import DatedLine, find_dated_lines, measure_lines
from crawler.parsers.events.candidates.distinctness import is_distinct
from crawler.parsers.events.candidates.event_neighbours import measure_neighbours
from crawler.parsers.events.candidates.head_words import OF_WORD, measure_heads
from crawler.parsers.events.candidates.measures import (
    MOST_SCORE,
    is_general,
    measure_mentions,
    measure_page,
)
from crawler.parsers.events.candidates.scoring import (
    DESCRIBES,
    NOT_HELD,
    OF_A_NAME,
    OF_LESSONS,
    REPORTED,
)
from crawler.parsers.events.candidates.telling import ALONE, BESIDE, is_reported
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.event_models import OF_GATE, OF_PAGE, EventModels
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel

MAIN_THRESHOLD = 2.4
SECOND_THRESHOLD = 2.2
"""Scores from which candidates are events; read off own test sentences, flat between 2.0 and 2.8.
"""
SURE_OF_RULES = MOST_SCORE
"""Score from which on rules count, whatever the gate finds: the highest one that measures tell."""
_LEAST_SENTENCES = 5
"""Sentences of a text that the gate may doubt: of shorter ones it has learnt nothing."""
_NEARLY, _LIKELY = 1.5, 0.8
"""Score of rules, and log odds of the gate, that together are enough for an only event."""
MOST_SENTENCES = 40
"""Sentences of the longest texts that the gate has learnt from: of longer ones it has to be as sure
of each event as of an only one, and what may be anything has to be set off from the text.
"""
_MOST_LIFTED = 20
"""Events of a page that the gate lets in; each costs a look at the whole page."""
_DOUBTFUL, _DOUBTFUL_TOLD = -0.5, -1.5
"""Log odds of the gate from which on what it leaves out is read with its values, too; the second
where a reporter tells a page that has no event otherwise.
"""
_MOST_DOUBTFUL = 8
_TOLD = frozenset({"town", "headline", "event verb"})
"""Reasons that say more of an event than what it is called."""
_DOUBTFUL_PAGE = 1.4
"""What the words of calls, tenders and opinion in the first sentences raise the threshold by."""
_BEFORE_NAME = 60
"""Characters before a name among which the word for its minutes is looked for."""


@dataclass(frozen=True, slots=True)
class LikelyEvents:
    """What is an event of a page by what is said of it, before its values are read."""

    events: Sequence[EventMentions] = ()
    """The main one first."""
    doubtful: Sequence[EventMentions] = ()
    """Those that the gate nearly lets in, the likeliest first: their values will tell."""
    groups: Sequence[EventMentions] = ()
    """All that the gate was asked about, events and none."""

    @property
    def every(self) -> list[EventMentions]:
        """Both, in this order."""
        return [*self.events, *self.doubtful]


def find_events(
    page: AnnotatedPage,
    candidates: Sequence[Candidate],
    models: EventModels = MappingProxyType({}),
) -> list[EventMentions]:
    """The events of a page without the doubtful ones."""
    return list(find_likely(page, candidates, models).events)


def find_likely(
    page: AnnotatedPage,
    candidates: Sequence[Candidate],
    models: EventModels = MappingProxyType({}),
) -> LikelyEvents:
    """The events of a page, none where nothing is sure enough to be one, and the doubtful ones.

    `models`: the trained ones that questions about events are put to, none for rules alone.
    """
    events = group_for_choice(page, candidates)
    sure = choose_main(page, events)
    odds = _judge(page, events, sure, models)
    gate = _last_gate(models)
    lifted = {} if gate is None else _lift(page, odds, sure, gate)
    if sure is not None and may_doubt(page) and _is_doubted(sure, events, models):
        return LikelyEvents(groups=events)
    main = sure or max(
        lifted,
        key=lambda e: (not (e.next_cue or e.previous_cue), lifted[e], -e.best.sentence.index),
        default=None,
    )
    chosen = [] if main is None else _with_seconds(page, main, events, lifted)
    if main is not None:
        main.lifted = sure is None
    doubtful = [] if gate is None else _find_doubtful(page, odds, chosen, gate)
    return LikelyEvents(chosen, doubtful, events)


def _with_seconds(
    page: AnnotatedPage,
    main: EventMentions,
    events: Sequence[EventMentions],
    lifted: Mapping[EventMentions, float],
) -> list[EventMentions]:
    """The main event and the others that are told."""
    doubt = _doubt_of_page(page)
    seconds = [
        event
        for event in events
        if event is not main
        and not _is_only_recalled(page, event)
        and (
            event in lifted
            or (event.score >= SECOND_THRESHOLD + doubt and is_distinct(event, main))
        )
    ]
    chosen = [main, *seconds]
    seconds = [event for event in seconds if not _is_part_of_entry(event, chosen, lifted)]
    for event in seconds:
        event.second = True
        event.lifted = event.score < SECOND_THRESHOLD + doubt or not is_distinct(event, main)
    return [main, *seconds]


def may_doubt(page: AnnotatedPage) -> bool:
    """Whether models have learnt from pages like it, so that they may take events back."""
    return page.grammar.is_taught and len(page.sentences) >= _LEAST_SENTENCES


def _find_doubtful(
    page: AnnotatedPage,
    odds: Mapping[EventMentions, float],
    chosen: Sequence[EventMentions],
    gate: JointModel,
) -> list[EventMentions]:
    """What the gate nearly lets in. A page of general press and a long text have to be sure of an
    event by its mentions.
    """
    if len(page.sentences) > MOST_SENTENCES or (not chosen and _knows_general(gate, page)):
        return []
    least = _DOUBTFUL if chosen or not is_reported(page) else _DOUBTFUL_TOLD
    doubtful = [
        event
        for event in sorted(odds, key=lambda event: -odds[event])
        if odds[event] > least
        and event not in chosen
        and not _is_only_recalled(page, event)
        and not _is_part_of_entry(event, [*chosen, event], [event])
    ][:_MOST_DOUBTFUL]
    for event in doubtful:
        event.second = event.lifted = True
    if not chosen and doubtful:
        doubtful[0].second = False
    return doubtful


def group_for_choice(page: AnnotatedPage, candidates: Sequence[Candidate]) -> list[EventMentions]:
    """All that may be events. Where the rules find one, heads of an open class come after the
    others, so that they draw no mention away from it.
    """
    closed = [c for c in candidates if c.kind != "open"]
    group = partial(group_candidates, words=page.vocabulary)
    events = group(closed)
    if len(closed) == len(candidates):
        return events
    if choose_main(page, events) is None:
        return group(candidates)
    return group([c for c in candidates if c.kind == "open"], events)


def measure_events(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    main: EventMentions | None,
    heads: LinearModel | None,
    lines: Sequence[DatedLine],
) -> list[dict[str, float]]:
    """What the gate reads of each group of mentions, and learns from."""
    of_page = measure_page(page) | ({"page.reported": 1.0} if is_reported(page) else {})
    return [
        measure_mentions(page, event, events, main)
        | of_page
        | of_lines
        | measure_heads(page, event, heads)
        for event, of_lines in zip(events, measure_lines(events, lines), strict=True)
    ]


def _last_gate(models: EventModels) -> JointModel | None:
    """The gate that has the last word: that which sees the page's other events, if there is one."""
    return models.get(OF_PAGE) or models.get(OF_GATE)


def _knows_general(gate: JointModel, page: AnnotatedPage) -> bool:
    """Whether a page names nothing of the field, and the gate has a threshold for such."""
    return gate.linear.general is not None and is_general(page)


def _judge(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    main: EventMentions | None,
    models: EventModels,
) -> dict[EventMentions, float]:
    """The log odds by the gate of what may be an event. A delegation that makes no journey is
    somebody who came to another event; a journey is one without a verb of travelling, too.
    """
    gate, heads = models.get(OF_GATE), models.get(OF_WORD)
    if gate is None or not events:
        return {}
    words = heads.linear if heads else None
    lines = find_dated_lines(page)
    measured = measure_events(page, events, main, words, lines)
    judged, second = gate.log_odds(measured), models.get(OF_PAGE)
    if second is not None:
        around = measure_neighbours(events, judged, lines)
        measured = [m | of_others for m, of_others in zip(measured, around, strict=True)]
        judged = second.log_odds(measured)
    for event, of_event in zip(events, judged, strict=True):
        event.odds = of_event
    return {
        event: event.odds or 0.0
        for event in events
        if not all(_is_visitor(page, c) or _is_none(c) for c in event.candidates)
    }


def _lift(
    page: AnnotatedPage,
    odds: Mapping[EventMentions, float],
    main: EventMentions | None,
    gate: JointModel,
) -> dict[EventMentions, float]:
    """The events that the gate lets in, and the log odds of each; where the rules find none, the
    likeliest must be surer, and a name alone is none.
    """
    if main is None:
        odds = {event: of_event for event, of_event in odds.items() if _is_told_of(event)}
    likeliest = sorted(odds, key=lambda event: -odds[event])[:_MOST_LIFTED]
    reported = is_reported(page)
    alone = gate.linear.general if _knows_general(gate, page) else gate.linear.alone
    if alone is not None and reported:
        alone -= ALONE
    if main is None and alone is not None and max(odds.values(), default=0) <= alone:
        return {e: o for e, o in odds.items() if o > _LIKELY and _is_nearly_sure(e)}
    long = len(page.sentences) > MOST_SENTENCES
    sure = gate.linear.alone if long else None
    threshold = gate.threshold if sure is None else max(gate.threshold, sure)
    if reported:
        threshold -= BESIDE
    return {
        event: odds[event]
        for event in likeliest
        if odds[event] > threshold and not (long and _is_open_amid_text(event))
    }


def _is_nearly_sure(event: EventMentions) -> bool:
    """Whether rules find nearly enough for an event that a word for gatherings names."""
    return event.score >= _NEARLY and any(c.kind == "gathering" for c in event.candidates)


def _is_open_amid_text(event: EventMentions) -> bool:
    """Whether only open heads tell of it that neither title a line nor stand in quotes or the
    headline.
    """
    return all(
        c.kind == "open"
        and not (c.titles_line or c.name.quote or c.sentence.entry or c.sentence.zone == "headline")
        for c in event.candidates
    )


def _is_doubted(sure: EventMentions, events: Sequence[EventMentions], models: EventModels) -> bool:
    """Whether the gate finds none of the events of a page likely, and rules are not that sure of
    theirs: a journey that the headline reports, too, is the news, and a row of lessons says what it
    is.
    """
    gate = _last_gate(models)
    doubt = gate.linear.doubt if gate else None
    told = {REPORTED, OF_LESSONS}.intersection(sure.best.reasons)
    if doubt is None or sure.score >= SURE_OF_RULES or told:
        return False
    odds = [event.odds for event in events if event.odds is not None]
    return bool(odds) and max(odds) < doubt


def _is_part_of_entry(
    event: EventMentions, events: Sequence[EventMentions], lifted: Collection[EventMentions]
) -> bool:
    """Whether only the gate lets in what the entry of a calendar tells behind its event, with no
    day or number of its own (Gypsum day with a tour of the mine).
    """
    entry = event.entry
    if entry is None or event not in lifted or event.ordinal or event.year:
        return False
    first = event.candidates[0].head
    own = all(dated == entry.dated for dated in event.dates)
    return own and any(e.entry is entry and e.candidates[0].head < first for e in events)


def _is_told_of(event: EventMentions) -> bool:
    """Whether a page says more of it than its name: when or where it was, that it took place, or
    the headline names it.
    """
    told = any(_TOLD.intersection(c.reasons) for c in event.candidates)
    return told or any(d.is_finer_than_year for d in event.dates)


def _is_visitor(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether it is a group of people of whom no journey is told."""
    return "no travel verb" in c.reasons and folded(c.word) in page.vocabulary.travelling_groups


def _is_none(c: Candidate) -> bool:
    """Whether there is no such event, it is a word in the name of something else, or says what
    something else is.
    """
    return bool({NOT_HELD, OF_A_NAME, DESCRIBES}.intersection(c.reasons))


def _doubt_of_page(page: AnnotatedPage) -> float:
    early = [s for s in page.sentences if s.zone == "headline" or s.index <= 4]
    return _DOUBTFUL_PAGE if any(s.cue("not_events") for s in early) else 0.0


def choose_main(page: AnnotatedPage, events: Sequence[EventMentions]) -> EventMentions | None:
    """The event that the rules take for the page's own; None where they are not sure."""
    threshold = MAIN_THRESHOLD + _doubt_of_page(page)
    strong = [
        c
        for c in events
        if c.score >= threshold
        and any(k.kind != "body" or k.score >= threshold for k in c.candidates)
    ]
    if not strong:
        return None
    first = min(c.sentence.index for k in strong for c in k.candidates)

    def rank(event: EventMentions) -> float:
        distance = min(c.sentence.index for c in event.candidates) - first
        turned = event.next_cue or event.previous_cue or _is_earlier_session(event, strong)
        aside = 2.0 if turned else 0.0
        verb = 0.8 if all(c.kind == "verb" for c in event.candidates) else 0.0
        return event.score - 0.35 * min(distance, 6) - aside - verb

    return max(strong, key=rank)


def _is_only_recalled(page: AnnotatedPage, event: EventMentions) -> bool:
    """Whether what was before is told without a day: several at once (results of the three previous
    forums), or a session whose minutes are read at this one. Several that only the word for an
    edition names are no event with a day, either (Previous editions: Hull 2029, Oslo 2027).
    """
    if event.dates:
        return all(c.previous_cue and _names_editions(page, c) for c in event.candidates)
    return all((c.plural and c.previous_cue) or _has_minutes(page, c) for c in event.candidates)


def _names_editions(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a name is nothing but the plural of a word for an edition."""
    nouns = page.vocabulary.edition_nouns
    bare = not (c.name.quote or c.name.tail) and c.word not in nouns
    return bare and any(is_same_word(c.word, noun) for noun in nouns)


def _has_minutes(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether running text tells its minutes (The minutes of the 61st meeting were read)."""
    if c.sentence.zone in ("headline", "list"):
        return False
    start = max(c.sentence.start, c.name.start - _BEFORE_NAME)
    before = page.masked[c.sentence.part][start : c.name.start].casefold().split()
    nouns = list(dropwhile(page.vocabulary.determiners.__contains__, reversed(before)))
    nouns = nouns[1:] if nouns[:1] == ["of"] else nouns
    return bool(nouns) and page.vocabulary.minutes_titles.match(nouns[0]) is not None


def _is_earlier_session(event: EventMentions, others: Sequence[EventMentions]) -> bool:
    """A session without a day, of which the page mentions a later number (agreed at the first
    session).
    """
    return not event.dates and any(
        (o.ordinal or 0) > (event.ordinal or 99) and is_same_word(o.best.word, event.best.word)
        for o in others
    )

"""Which sentences of a page are about which of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

_REACH = 3
"""Sentences behind an event's mention that are still about it (theme, count)."""
LATE = 12
"""Sentences behind it that may still say who organised it."""


class EventSentences:
    """Chooses sentences of one page for its events."""

    def __init__(
        self,
        page: AnnotatedPage,
        events: Sequence[EventMentions],
        candidates: Sequence[Candidate] = (),
    ) -> None:
        """`candidates`: all of the page, also those of which no event is told."""
        self._page = page
        self._events = events
        self._told = frozenset(i for event in events for i in event.sentences())
        self.closed = _find_closed(events) | _find_earlier(events, candidates)
        """Indexes of sentences that only mention second events, or earlier years of the first."""

    def near(self, event: EventMentions, reach: int = _REACH) -> list[AnnotatedSentence]:
        """Its own sentences and the `reach` that follow, without what they say of other events."""
        return [self._drop_cues_of_others(s, event) for s in self._find_own_and_next(event, reach)]

    def right_behind(self, event: EventMentions) -> list[AnnotatedSentence]:
        """The sentences in the line of a further event, each behind one of its own, that mention no
        event (The forum was held in Hull. Sixty guests came).
        """
        sentences = self._page.sentences
        following = (sentences[i + 1] for i in sorted(event.sentences()) if i + 1 < len(sentences))
        return [
            s
            for s in following
            if s.index not in self._told and s.line == sentences[s.index - 1].line
        ]

    def running(self) -> list[AnnotatedSentence]:
        """All running text that is open to the main event."""
        main = self._events[0]
        return [s for s in self._page.body if s.index not in self.closed and main.may_be_told_in(s)]

    def _find_own_and_next(self, event: EventMentions, reach: int) -> list[AnnotatedSentence]:
        """Sentences about the event: its own, then the ones that follow. Of the short lines above
        the first running text, which are headlines elsewhere, those of a list of facts.
        """
        own = event.sentences()
        if event.second:
            following = {i + 1 for i in own}
            return [
                s
                for s in self._page.sentences
                if s.index in own
                or (s.index in following and _opens_with_there(s))
                or (s.entry and s.entry is event.entry)
            ]
        ordered = [s for s in self._page.sentences if s.index in own]
        for s in self._page.sentences:
            follows = any(0 < s.index - i <= reach for i in own)
            if (
                follows
                and s.index not in own
                and s.index not in self.closed
                and event.may_be_told_in(s)
                and (s.zone in ("body", "list") or self._page.labelled(s, "organiser") >= 0)
            ):
                ordered.append(s)
        first = event.best.sentence.index
        return sorted(ordered, key=lambda s: (s.zone == "headline", s.index != first, s.index))

    def _drop_cues_of_others(
        self, sentence: AnnotatedSentence, event: EventMentions
    ) -> AnnotatedSentence:
        """The sentence without the cue phrases that stand behind a mention of another event."""
        heads = [
            (c.name.start, k is event)
            for k in self._events
            for c in k.candidates
            if c.sentence.index == sentence.index
        ]
        if all(mine for _, mine in heads):
            return sentence

        def mine(cue: CueHit) -> bool:
            before = [h for h in heads if h[0] <= cue.start] or [min(heads)]
            return max(before)[1]

        return replace(sentence, cues=tuple(c for c in sentence.cues if mine(c)))


def _opens_with_there(sentence: AnnotatedSentence) -> bool:
    return any(c.start == sentence.start for c in sentence.cue("there"))


def _find_closed(events: Sequence[EventMentions]) -> frozenset[int]:
    """Sentences that only mention second events: closed to the main one, where rules are sure of
    them.
    """
    main = events[0].sentences()
    sure = [event for event in events[1:] if not event.lifted]
    return frozenset(i for c in sure for i in c.sentences() if i not in main)


def _find_earlier(
    events: Sequence[EventMentions], candidates: Sequence[Candidate]
) -> frozenset[int]:
    """Sentences that mention what took place in an earlier year than the main event, or one before
    it: who came then does not come now.
    """
    main = events[0]
    known = {id(c) for event in events for c in event.candidates}
    years = {year for c in main.candidates for year in _years(c)}
    return frozenset(
        c.sentence.index
        for c in candidates
        if id(c) not in known
        and c.kind not in ("open", "body")
        and c.sentence.index not in main.sentences()
        and (
            (c.previous_cue and not main.previous_cue)
            or bool(years and _years(c) and max(_years(c)) < min(years))
        )
    )


def _years(candidate: Candidate) -> set[str]:
    """Years of its dates and of its name."""
    named = [candidate.name.year] if candidate.name.year else []
    return {*named, *(d.first[:4] for d in candidate.dates if d.first[:4].isdigit())}

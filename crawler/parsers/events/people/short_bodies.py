"""Which body of a page a short word beside a person means: the chamber whose Kammerpräsidentin she
is, the centre of "директор центра", the company of "its director", the body whose page says "our
chair", or whose minutes name the chair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import (
    READ_PARTS,
    AnnotatedPage,
    AnnotatedSentence,
)
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import OF_MODELS, body_found
from crawler.parsers.events.people.body_measures import measure_site
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.people.minutes import body_of_minutes
from crawler.parsers.events.people.persons import EventPerson
from indexer.records.document import Part
from indexer.records.site import host

_WORD = re.compile(r"[\w-]+")
_BREAK = re.compile(r"[,;:.!?()–—]")
_BEFORE, _BEHIND = 40, 60
"""Characters before a job title and behind it in which the word stands."""
_WORDS_BEFORE, _WORDS_BEHIND = 2, 4
_STEM = 4
"""Letters by which words of a remit are told in the name of a body."""
_NEAR_POSSESSIVE = 2
"""Words before a job title among which a possessive stands (deren neuer Direktor)."""


@dataclass(frozen=True, slots=True)
class MeantBody:
    """The place of a body among those of its page, and what means it: the `word` for its kind, a
    possessive (`whose`), one for the body whose `page` it is, or a post in its `minutes`.
    """

    place: int
    by: str


class ShortBodies:
    """Finds what short words mean on one page, whose bodies are given in its order."""

    def __init__(
        self, page: AnnotatedPage, bodies: Sequence[BodyMention], words: JobTitleWords
    ) -> None:
        self._page, self._bodies, self._words = page, bodies, words
        kinds = words.kinds_of_body
        self._kinds = [
            frozenset(
                kind for word in _WORD.findall(body.mention.surface) for kind in kinds(folded(word))
            )
            for body in bodies
        ]

    def employ(self, sentence: AnnotatedSentence, person: EventPerson) -> EventPerson:
        """A person with the body that a short word means as the employer, where nothing but the
        word for its kind, or nothing at all, is known of it.
        """
        known = person.organisation
        if known and person.role and not self._may_have_post(person.role.value, known.value):
            person, known = replace(person, organisation=None), None
        if known and not self._words.is_bare_body(known.value):
            return person
        meant = self.meant_for(sentence, person)
        if meant is None:
            return person
        body = body_found(
            self._bodies[meant.place].mention, f"people.employer-of-{meant.by}", OF_MODELS
        )
        return replace(person, organisation=body)

    def meant_for(self, sentence: AnnotatedSentence, person: EventPerson) -> MeantBody | None:
        """The body that a short word in or beside the job title of a person means."""
        title = person.role
        if title is None or title.part != sentence.part or not self._bodies:
            return None
        kinds = self._kinds_beside(sentence, title, person.name)
        if kinds:
            return self._of_kind(kinds, title, "word")
        whose = self._of_possessive(sentence, title)
        if whose is not None:
            return MeantBody(whose, "whose")
        if self._minuted is not None and self._is_post_of_body(title):
            return MeantBody(self._minuted, "minutes")
        return MeantBody(self._own[0], "page") if self._own and self._is_our(title) else None

    def _may_have_post(self, title: str, body: str) -> bool:
        """Whether a post that only one kind of bodies has may be in a body: of that kind and of
        the remit that the title names (энергетика министрі, but Көлік министрлігі).
        """
        kind = self._words.body_of_post(title)
        if kind is None:
            return True
        words = [folded(word) for word in _WORD.findall(body)]
        if not any(kind in self._words.kinds_of_body(word) for word in words):
            return False
        remit = {folded(w)[:_STEM] for w in self._words.remit_of(title) if len(w) >= _STEM}
        return not remit or not remit.isdisjoint(word[:_STEM] for word in words)

    @cached_property
    def _minuted(self) -> int | None:
        """The place of the body whose session the page has the minutes of."""
        body = body_of_minutes(self._page)
        places = ((b.mention.part, b.mention.start) for b in self._bodies)
        found = (i for i, place in enumerate(places) if body and place == body.place)
        return next(found, None)

    def _is_post_of_body(self, title: FoundValue[str]) -> bool:
        """Whether a job title is one that bodies give to their members (chair, treasurer)."""
        return any(
            self._words.posts_of_bodies.match(word) for word in title.value.casefold().split()
        )

    @cached_property
    def _own(self) -> Sequence[int]:
        """The places of the bodies of which the address of the page speaks."""
        site = host(self._page.draft.url).rpartition(".")[0]
        measured = (measure_site(site, body.mention.surface) for body in self._bodies)
        return [place for place, m in enumerate(measured) if m["site.words"] == 1]

    def _is_our(self, title: FoundValue[str]) -> bool:
        """Whether a page speaks of its own people (Unser Vorsitzender)."""
        masked = self._page.masked[title.part]
        before = masked[max(0, title.start - _BEFORE) : title.start].casefold().split()[-1:]
        first = title.value.casefold().split()[:1]
        return any(word in self._words.our for word in (*before, *first))

    def _kinds_beside(
        self, sentence: AnnotatedSentence, title: FoundValue[str], name: FoundValue[str]
    ) -> frozenset[str]:
        """The kinds of bodies that words in or beside a job title name, none of which is a part of
        a body's name.
        """
        named = sentence.of("organisations")
        for word in self._words_beside(sentence, title, name):
            if any(m.start < word.end() and word.start() < m.end for m in named):
                return frozenset()
            kind = self._words.kind_of_short_word(word.group())
            if kind:
                return frozenset((kind,))
        return frozenset()

    def _words_beside(
        self, sentence: AnnotatedSentence, title: FoundValue[str], name: FoundValue[str]
    ) -> Iterator[re.Match[str]]:
        masked = self._page.masked[sentence.part]
        before = title.end <= name.start
        start = max(sentence.start, title.start - _BEFORE)
        if not before:
            start = max(start, name.end)
        end = min(name.start if before else sentence.end, title.end + _BEHIND)
        breaks = _BREAK.search(masked, title.end, end)
        behind = _WORD.finditer(masked, title.end, breaks.start() if breaks else end)
        ahead = list(_WORD.finditer(masked, start, title.start))[-_WORDS_BEFORE:]
        yield from _WORD.finditer(masked, title.start, title.end)
        yield from [word for _, word in zip(range(_WORDS_BEHIND), behind, strict=False)]
        yield from (w for w in ahead if not _BREAK.search(masked, w.end(), title.start))

    def _of_kind(self, kinds: frozenset[str], title: FoundValue[str], by: str) -> MeantBody | None:
        """The nearest body of one of the kinds before a job title; the first one behind it, where
        none is before.
        """
        meant = None
        named = _place_on_page(title.part, title.start)
        for place, body in enumerate(self._bodies):
            m = body.mention
            if not kinds & self._kinds[place] or not self._may_have_post(title.value, m.surface):
                continue
            if meant is None or _place_on_page(m.part, m.end) <= named:
                meant = MeantBody(place, by)
        return meant

    def _of_possessive(self, sentence: AnnotatedSentence, title: FoundValue[str]) -> int | None:
        """The body before a possessive that stands right before a job title."""
        masked = self._page.masked[title.part]
        words = list(_WORD.finditer(masked, max(sentence.start, title.start - _BEFORE), title.end))
        near = [w for w in words if w.end() <= title.start][-_NEAR_POSSESSIVE:]
        near += [w for w in words if w.start() >= title.start][:1]
        whose = next((w for w in near if w.group().casefold() in self._words.whose), None)
        if whose is None:
            return None
        before = [
            place
            for place, body in enumerate(self._bodies)
            if body.mention.part == title.part
            and body.mention.end <= whose.start()
            and 0 <= sentence.index - body.sentence.index <= 1
        ]
        return before[-1] if before else None


def _place_on_page(part: Part, at: int) -> tuple[int, int]:
    """What orders the places of a page as they are read."""
    return READ_PARTS.index(part), at

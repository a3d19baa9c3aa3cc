"""Who takes part in an event: persons of its sentences except authors, contacts, signatures."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.employer_choice import choose_employers
from crawler.parsers.events.people.employer_measures import NamedPerson, Place
from crawler.parsers.events.people.person_events import PersonOdds
from crawler.parsers.events.people.persons import EventPerson, PeopleReader, merge_people
from crawler.parsers.events.people.short_bodies import ShortBodies
from crawler.parsers.events.trained.joint_model import RoleModels
from indexer.records.document import Mention

_CREDIT = 160
"""Characters of a line that may be a picture's credit."""
_SIGNATURE_LINES = 3
_MARGIN = 0.5
"""Log odds by which another event must be likelier than the one that rules give."""
_DOUBT = -1.0
"""Log odds, above the model's threshold, under which a person that rules give is left out."""


class EventPeople:
    """The persons of the events of one page.

    `bodies`: what trained models say of the roles of bodies; `odds`: what one says of persons at
    each event; `models`: those that choose employers among the bodies.
    """

    def __init__(
        self,
        page: AnnotatedPage,
        reader: PeopleReader,
        events: Sequence[EventMentions],
        bodies: BodyRoles,
        odds: PersonOdds,
        *,
        models: RoleModels | None = None,
    ) -> None:
        self._page = page
        self._reader = reader
        self._events = events
        self._bodies = bodies
        self._odds = odds
        self._models = models or {}
        self._moved: dict[tuple[str, int], EventMentions] | None = None
        self._of_sentence = cache(self._read_sentence)
        self._signatures = _signatures(page)
        self._left_out = self._signatures | contact_names(page).keys()
        self._authors = {author.casefold() for author in page.draft.authors}

    def read(self, event: EventMentions, running: Sequence[AnnotatedSentence]) -> list[EventPerson]:
        """The persons of an event, each once; `running` is the text that is open to the page's own
        one.
        """
        if self._moved is None:
            self._moved = self._find_moved(running) if self._odds else {}
        moved = self._moved
        told = [p for p in self._told(event, running) if moved.get(p.name.place, event) is event]
        if event in moved.values():
            told += [p for p in self._everyone if moved.get(p.name.place) is event]
        people = [
            replace(person, name=replace(person.name, odds=self.odds_at(person, event)))
            for person in told
            if not self._is_author(person)
            and person.name.place not in self._left_out
            and not self._is_doubted(person, event)
        ]
        return self.complete(self._employ(people))

    def _is_doubted(self, person: EventPerson, event: EventMentions) -> bool:
        """Whether the model finds a person unlikely at an event: somebody of another item of a
        newsletter, its editor, or whoever signs a letter.
        """
        odds = self.odds_at(person, event)
        return odds is not None and odds < _DOUBT

    def odds_at(self, person: EventPerson, event: EventMentions) -> float | None:
        """What the model says of a mention of a person at an event; None where it was not asked."""
        return self._odds.get(person.name.place, {}).get(event)

    def askable(self) -> list[NamedPerson]:
        """Each mention of a person that may be of an event, with the employer that it would have
        there: no author, no signature, and what was read as a contact, whose name may be that of
        who speaks in the line above a number.
        """
        told = {person.name.place for person in self._everyone} - self._signatures
        return [
            named
            for named in self.find_employed()
            if named.place in told and not self._is_author(named.person)
        ]

    def complete(self, people: Sequence[EventPerson]) -> list[EventPerson]:
        """Persons, each once, in full and with what the page says of them before."""
        return [self._with_known_role(self._in_full(p)) for p in merge_people(people)]

    def _is_author(self, person: EventPerson) -> bool:
        return person.name.value.casefold() in self._authors

    def _with_known_role(self, person: EventPerson) -> EventPerson:
        """With the job title and employer that the page names before, where an event names a person
        by name only.
        """
        if person.role or person.organisation or " " not in person.name.value:
            return person
        known = next(
            (p for p in self._everyone if p.role and p.name.value == person.name.value), None
        )
        if known is None:
            return person
        return replace(person, role=known.role, organisation=known.organisation)

    def _in_full(self, person: EventPerson) -> EventPerson:
        """With the full name that one person of the page has, where an event names a surname only
        (Mr Rantala).
        """
        surname = person.name.value.casefold()
        if " " in surname:
            return person
        full = self._full_names.get(surname, [])
        if len({p.name.value for p in full}) != 1:
            return person
        name = replace(full[0].name, odds=person.name.odds)
        return replace(person, name=name, norm=full[0].norm)

    @cached_property
    def _full_names(self) -> dict[str, list[EventPerson]]:
        """Persons of the page by surname, but for those who are named by nothing else."""
        found: dict[str, list[EventPerson]] = defaultdict(list)
        for person in self._everyone:
            names = person.name.value.split()
            if len(names) > 1:
                found[names[-1].casefold()].append(person)
        return found

    def _find_moved(
        self, running: Sequence[AnnotatedSentence]
    ) -> dict[tuple[str, int], EventMentions]:
        """The persons that the model takes for another event's than rules do, and that event."""
        given: dict[tuple[str, int], list[EventMentions]] = defaultdict(list)
        for event in self._events:
            for person in self._told(event, running):
                given[person.name.place].append(event)
        moved = {}
        for place, odds in self._odds.items():
            best = max(odds, key=odds.__getitem__)
            by_rule = [odds[event] for event in given[place] if event in odds]
            surer = odds[best] > max(by_rule, default=-math.inf) + _MARGIN
            if odds[best] > 0 and surer and best not in given[place]:
                moved[place] = best
        return moved

    @cached_property
    def employers(self) -> frozenset[tuple[str, int]]:
        """Part and start of the bodies that rules take for somebody's employer."""
        bodies = [person.organisation for person in self._everyone]
        return frozenset(body.place for body in bodies if body)

    @cached_property
    def _everyone(self) -> list[EventPerson]:
        """Each mention of a person but in contact blocks."""
        told = [s for s in self._page.sentences if s.zone != "contact"]
        return self._read(_drop_contact_lines(self._page, told))

    def _read(self, sentences: Iterable[AnnotatedSentence]) -> list[EventPerson]:
        return [person for s in sentences for person in self._of_sentence(s.index)]

    def _read_sentence(self, index: int) -> Sequence[EventPerson]:
        return self._reader.read(self._page, self._page.sentences[index])

    def _told(
        self, event: EventMentions, running: Sequence[AnnotatedSentence]
    ) -> list[EventPerson]:
        """Each mention in an event's sentences, by rules; all but others' for the own one."""
        best = event.best
        if event.second:
            named = self._read([best.sentence])
            return [p for p in named if best.covers(p.name.start)]
        own = [c.sentence for c in event.candidates if c.sentence.zone == "headline"]
        headline = own[:1] if best.sentence.zone == "headline" else []
        return self._read([*headline, *_drop_contact_lines(self._page, running)])

    def _employ(self, people: Sequence[EventPerson]) -> list[EventPerson]:
        """With the employer that the model chooses, where it judges one, or else with the body that
        a short word means.
        """
        chosen = self._chosen_employers
        return [
            self._short.employ(
                self._sentence_of[p.name.place],
                replace(p, organisation=chosen.get(p.name.place, p.organisation)),
            )
            for p in people
        ]

    @cached_property
    def _short(self) -> ShortBodies:
        return ShortBodies(self._page, self._bodies.bodies, self._reader.words)

    @cached_property
    def _sentence_of(self) -> Mapping[Place, AnnotatedSentence]:
        return {named.place: named.sentence for named in self.named}

    @cached_property
    def _chosen_employers(self) -> Mapping[Place, FoundValue[str] | None]:
        return choose_employers(self._page, self._bodies, self.named, self._models)

    def find_employed(self) -> list[NamedPerson]:
        """Each mention of a person with the employer that events give it."""
        people = self._employ([n.person for n in self.named])
        return [replace(n, person=p) for n, p in zip(self.named, people, strict=True)]

    def find_of_session(self) -> list[NamedPerson]:
        """Those of whom a label says what they do at a gathering."""
        if not any(n.person.of_session for n in self.named):
            return []
        return [n for n in self.find_employed() if n.person.of_session]

    @cached_property
    def named(self) -> list[NamedPerson]:
        """Each mention of a person, by rules, in its sentence."""
        return [
            NamedPerson(s, person)
            for s in self._page.sentences
            if s.zone != "contact"
            for person in self._of_sentence(s.index)
        ]


def _drop_contact_lines(
    page: AnnotatedPage, running: Sequence[AnnotatedSentence]
) -> list[AnnotatedSentence]:
    """Running text without the lines that say whom to ask or who took the picture."""
    contact, credit = page.vocabulary.contact_line, page.vocabulary.credit_line
    lines = [(s, page.text(s)) for s in running]
    return [
        s
        for s, text in lines
        if not contact.search(text) and not (credit.search(text) and len(text) < _CREDIT)
    ]


def contact_names(page: AnnotatedPage) -> Mapping[Place, Sequence[Mention]]:
    """Part and start of the names that the page's contacts were read from → what else was read of
    each contact.
    """
    contacts: dict[str, list[Mention]] = defaultdict(list)
    for mention in page.draft.mentions:
        if mention.field.startswith("contacts["):
            contacts[mention.field.partition(".")[0]].append(mention)
    return {
        (name.part, name.start): [m for m in contact if m is not name]
        for contact in contacts.values()
        for name in contact
        if name.field.endswith(".name")
    }


def _signatures(page: AnnotatedPage) -> set[tuple[str, int]]:
    """Names that stand alone on a line just above a contact block."""
    sentences = page.sentences
    first = next((s.index for s in sentences if s.zone == "contact"), None)
    if first is None:
        return set()
    return {
        (m.part, m.start)
        for s in sentences[max(0, first - _SIGNATURE_LINES) : first]
        if s.zone == "list"
        for m in s.of("persons")
        if (m.end - m.start) * 2 > s.end - s.start
    }

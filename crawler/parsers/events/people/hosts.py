"""Who holds an event by the people who speak for it: the bodies of those who chair a session
together, where rules see no other organiser, and of who welcomes the guests of a programme, whose
other organisers may only pay for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_choice import EventBodies
from crawler.parsers.events.people.body_roles import without_bodies
from crawler.parsers.events.people.employer_measures import NamedPerson

_SEVERAL = 2
_OF_CHAIRS, _OF_WELCOME = 0.65, 0.55


@dataclass(slots=True)
class _Speakers:
    """The people of a sentence: how many, and the bodies that they work for."""

    count: int = 0
    bodies: list[FoundValue[str]] = field(default_factory=list)


Speakers = Mapping[int, _Speakers]
"""By the index of their sentence."""


def add_hosts(
    page: AnnotatedPage,
    bodies: Mapping[EventMentions, EventBodies],
    sentences: EventSentences,
    find_people: Callable[[], Iterable[NamedPerson]],
) -> Mapping[EventMentions, EventBodies]:
    """The bodies of each event with those for which its hosts speak. `find_people`: all people of
    the page, which are asked for only where somebody chairs or opens something.
    """
    if not any(sentence.cue("chairs", "welcomes") for sentence in page.sentences):
        return bodies
    speakers: dict[int, _Speakers] = defaultdict(_Speakers)
    for named in find_people():
        of_sentence = speakers[named.sentence.index]
        of_sentence.count += 1
        body = named.person.organisation
        if body and all(body.value != other.value for other in of_sentence.bodies):
            of_sentence.bodies.append(body)
    return {
        event: _with_hosts(page, event, of_event, sentences, speakers) if speakers else of_event
        for event, of_event in bodies.items()
    }


def _with_hosts(
    page: AnnotatedPage,
    event: EventMentions,
    bodies: EventBodies,
    sentences: EventSentences,
    speakers: Speakers,
) -> EventBodies:
    near = sentences.near(event)
    if not event.second:
        near += [s for s in page.sentences if s.zone == "headline" and s not in near]
    hosts = [] if bodies.organisers else list(_of_chairs(near, speakers))
    if not event.second:
        hosts += _of_welcome(page, speakers)
    hosts = without_bodies(hosts, [*bodies.organisers, *bodies.further_organisers])
    if not hosts:
        return bodies
    return replace(
        bodies,
        further_organisers=[*bodies.further_organisers, *hosts],
        participants=without_bodies(bodies.participants, hosts),
        further_participants=without_bodies(bodies.further_participants, hosts),
    )


def _of_chairs(near: Iterable[AnnotatedSentence], speakers: Speakers) -> Iterator[FoundValue[str]]:
    """The bodies of several people who chair an event (co-chaired by A of X and B of Y)."""
    for sentence in near:
        of_sentence = speakers.get(sentence.index)
        if of_sentence and of_sentence.count >= _SEVERAL and sentence.cue("chairs"):
            for body in of_sentence.bodies:
                yield replace(body, rule="organisers.chairs", confidence=_OF_CHAIRS)


def _of_welcome(page: AnnotatedPage, speakers: Speakers) -> Iterator[FoundValue[str]]:
    """The bodies of those who open a programme (09:00 Welcome: A, director of X), in its line or in
    the one below.
    """
    for sentence in page.body:
        if page.line_zone(sentence) != "list" or not sentence.cue("welcomes"):
            continue
        here = [speakers[i] for i in (sentence.index, sentence.index + 1) if i in speakers]
        for body in here[0].bodies if here else ():
            if body.value.islower():  # the word for a kind of body names none
                continue
            yield replace(body, rule="organisers.welcome", confidence=_OF_WELCOME)
        return

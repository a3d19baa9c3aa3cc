"""Persons of an event with post and employer, read from the phrase around the name.

A post stands before the name (Botschafterin A), behind it (A, Leiter der B), or in brackets; a
plural post goes on to the names joined by "and". Titles are no part of a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.parsers.events.grammar.job_title_words import PostWords
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import Scene, SceneSentence
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.people.affiliations import EmployerReader
from crawler.parsers.events.people.job_titles import PLURAL, PostFinder, PostPhrase
from indexer.records.document import Mention, Person


@dataclass(frozen=True, slots=True)
class EventPerson:
    """A person with the evidence of name, post and employer."""

    name: Found[str]
    norm: str | None = None
    role: Found[str] | None = None
    organisation: Found[str] | None = None
    plural_role: bool = False

    def person(self) -> Person:
        """The record."""
        return Person(
            self.name.value,
            self.role.value if self.role else None,
            self.organisation.value if self.organisation else None,
            self.norm if self.norm and self.norm != self.name.value else None,
        )


class PeopleReader:
    """Reads persons in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = PostWords(vocabulary)
        self._posts = PostFinder(self._words)
        self._employers = EmployerReader(self._words)
        self._named_after = self._words.pattern("named_after", r"(?<!\w)(?:WORDS)\s?\Z")
        self.is_role = self._words.is_role

    def read(
        self,
        scene: Scene,
        sentences: Iterable[SceneSentence],
        clause: tuple[int, int] | None = None,
    ) -> list[EventPerson]:
        """Everyone named in these sentences (in `clause` only, where given), each once."""
        people: list[EventPerson] = []
        for sentence in sentences:
            previous: EventPerson | None = None
            mentions = sentence.of("persons")
            for i, mention in enumerate(mentions):
                if self._named_after.search(scene.masked[sentence.part], 0, mention.start):
                    continue
                if clause and not clause[0] <= mention.start < clause[1]:
                    continue
                floor = mentions[i - 1].end if i else sentence.start
                ceiling = mentions[i + 1].start if i + 1 < len(mentions) else sentence.end
                person = self._person(scene, sentence, mention, floor, ceiling)
                previous = self._inherited(scene, person, previous)
                people.append(previous)
        return joined(people)

    def _person(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, floor: int, ceiling: int
    ) -> EventPerson:
        span = (mention.start, mention.end)
        rule = f"people.{mention.extractor.partition(':')[2] or 'name'}"
        name = Found(mention.surface, mention.part, *span, rule, mention.confidence)
        person = EventPerson(name, str(mention.value) if mention.value else None)
        phrase = self._posts.post(scene.masked[sentence.part], sentence, span, floor, ceiling)
        if phrase is not None:
            person = self._with_post(scene, sentence, person, phrase)
        if person.organisation is None:
            employer = self._employers.without_post(scene, sentence, mention, ceiling)
            person = replace(person, organisation=employer)
        return person

    def _with_post(
        self, scene: Scene, sentence: SceneSentence, person: EventPerson, phrase: PostPhrase
    ) -> EventPerson:
        part = sentence.part
        start, end = phrase.start, phrase.end
        employer = self._employers.with_post(scene, sentence, phrase)
        if employer and employer.start >= phrase.head_end:
            end = min(end, employer.start)
        elif (
            employer
            and start <= employer.start < phrase.head_end
            and employer.end < phrase.head_end
        ):
            start = max(start, employer.end)
        text = scene.cut(part, start, end)
        trimmed = self._words.edge.sub("", text)
        opening = self._words.lead.match(text)
        lead = opening.end() if opening else 0
        start, end = start + lead, start + len(trimmed)
        role = None
        if end > start:
            role = Found(
                scene.cut(part, start, end), part, start, end, f"people.post-{phrase.side}", 0.8
            )
        head = scene.masked[part][phrase.start : phrase.head_end]
        return replace(
            person,
            role=role,
            organisation=employer,
            plural_role=phrase.side == "left" and bool(PLURAL.search(head)),
        )

    def _inherited(
        self, scene: Scene, person: EventPerson, previous: EventPerson | None
    ) -> EventPerson:
        """A plural post holds for the names joined to the first one."""
        if previous is None or person.role or not previous.role or not previous.plural_role:
            return person
        gap = scene.masked[person.name.part][previous.name.end : person.name.start]
        if not self._words.joined.fullmatch(gap):
            return person
        return replace(person, role=previous.role, plural_role=True)


def joined(people: Sequence[EventPerson]) -> list[EventPerson]:
    """One entry a person: a mention by surname joins the full name; the first post told is kept."""
    kept: list[EventPerson] = []
    for person in people:
        twin = next((i for i, k in enumerate(kept) if _same(k, person)), None)
        if twin is None:
            kept.append(person)
            continue
        old = kept[twin]
        longer = person if len(person.name.value.split()) > len(old.name.value.split()) else old
        kept[twin] = replace(
            longer,
            role=old.role or person.role,
            organisation=old.organisation or person.organisation,
        )
    return kept


def _same(a: EventPerson, b: EventPerson) -> bool:
    left = [w.casefold().strip(".․") for w in (a.norm or a.name.value).split()]
    right = [w.casefold().strip(".․") for w in (b.norm or b.name.value).split()]
    short, long_ = sorted((left, right), key=len)
    if len(short) == 1 and short[0] == long_[0] and len(long_) > 1:
        return True
    if not _alike(short[-1], long_[-1]):
        return False
    return (
        len(short) == 1
        or _alike(short[0], long_[0])
        or (len(short[0]) == 1 and long_[0].startswith(short[0]))
        or (len(long_[0]) == 1 and short[0].startswith(long_[0]))
    )


def _alike(a: str, b: str) -> bool:
    stem = max(4, min(len(a), len(b)) - 2)
    return a == b or (
        len(a) > 4 and len(b) > 4 and a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 2
    )

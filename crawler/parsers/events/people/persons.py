"""Persons of an event with job title and affiliation, read from the phrase around the name.

A job title stands before the name (Botschafterin A), behind it (A, Leiter der B), or in brackets.
One in the plural also holds for the names joined by "and". Titles such as Dr. are no part of a
name. A trained tagger gives titles that rules leave out, and says where theirs begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.parsers.entities.persons.russian import PATRONYMIC
from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.part_tagger.title_tagger import BEFORE, BEHIND, TitleTagger
from crawler.parsers.events.people.affiliations import AffiliationReader
from crawler.parsers.events.people.job_titles import WORD, JobTitle, JobTitleFinder, NameSpan
from indexer.records.document import Mention, Person

TAGGED = "people.post-tagged"
"""Rule of the job titles of the tagger."""
_LABEL = r"(?:\A|[\n.;,|(–—]\s*|\d\s)(?i:(WORDS))\s*[:–—-]\s*\Z"
"""A label right before a name, at the beginning of a line, a sentence or what a mark sets off."""
_ADDRESSED = 2
"""Words of a name that one addresses a person by: first name and patronymic."""
_HEADING = r"(?m)^[^\w\n]*(?:\d+[^\w\s]\s*)?(?:WORDS)\b[^\w\n]*\s[^\w]*\Z"
_QUOTED = re.compile(r"[„“«\"][^„“”«»\"\n]*[“”»\"]")
"""The name of a paper, say, that somebody has a post at (editor of «Форум»)."""
_STOPS = (".", "!", "?")
_AT_EVENT = ("takes_place", "will_take_place", "participants", "organiser")
"""Cues of a sentence that tells of an event, whatever heading it stands below."""
_NEXT_ENTRY = re.compile(r"\n\s*[\d•●▪*–-]")
"""Where a line of its own begins, with its hour or its bullet: no job title goes on there."""
_LONGEST_NAMED_AFTER = 60
"""Characters before a name in which words such as "named after" are looked for."""


@dataclass(frozen=True, slots=True)
class EventPerson:
    """A person with the evidence of name, job title and affiliation."""

    name: FoundValue[str]
    norm: str | None = None
    role: FoundValue[str] | None = None
    organisation: FoundValue[str] | None = None
    plural_role: bool = False
    of_session: bool = False
    """A label before the name says what the person does at a gathering (Moderation: A)."""

    def to_record(self) -> Person:
        """The record."""
        return Person(
            self.name.value,
            self.role.value if self.role else None,
            self.organisation.value if self.organisation else None,
            self.norm if self.norm and self.norm != self.name.value else None,
        )


class PeopleReader:
    """Reads persons in sentences of one language.

    `words`: those of job titles, if they are known; `titles`: what tags job titles, without it
    rules read alone.
    """

    def __init__(
        self,
        vocabulary: EventVocabulary,
        words: JobTitleWords | None = None,
        titles: TitleTagger | None = None,
    ) -> None:
        self.words = words or JobTitleWords(vocabulary)
        self._grammar = vocabulary.grammar.job_titles(self.words)
        self._job_titles = JobTitleFinder(self.words, self._grammar)
        self._affiliations = AffiliationReader(self.words, self._grammar)
        self._named_after = self.words.pattern("named_after", r"(?<!\w)(?:WORDS)\s?\Z")
        self._no_party = self.words.pattern("no_party", r"(?<!\w)(?:WORDS):?\s*\Z")
        self._session_posts = self.words.pattern("session_posts", _LABEL)
        self._session_parts = self.words.pattern("session_parts", _LABEL)
        self._posts = self.words.pattern("news_of_posts", _HEADING)
        self._people = self.words.pattern("people_headings", _HEADING)
        self._listed = self.words.pattern(
            "name_joiners", r"\s*(?:\([^()\n]*\))?\s*(?:,\s*)?(?:WORDS|&)?\s*\Z"
        )
        self._joined = self.words.pattern(
            "name_joiners", r"\s*(?:\([^()\n]*\))?\s*(?:,\s*)?(?:WORDS|&)\s*\Z"
        )
        self.is_role = self.words.is_role
        self._titles = titles

    def read(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[EventPerson]:
        """Everyone named in a sentence, each mention."""
        people: list[EventPerson] = []
        previous: EventPerson | None = None
        mentions = sentence.of("persons")
        titles = self._titles.tag(page, sentence) if self._titles else []
        absent: Mention | None = None
        for i, mention in enumerate(mentions):
            if self._is_named_after(page, mention):
                continue
            if self._is_no_party(page, sentence, mention, absent):
                absent = mention
                continue
            absent = None
            floor = mentions[i - 1].end if i else sentence.start
            ceiling = mentions[i + 1].start if i + 1 < len(mentions) else sentence.end
            name = NameSpan(mention.start, mention.end, floor, ceiling)
            tagged = titles[i] if titles else None
            person = self._person(page, sentence, mention, name, tagged)
            person = self._with_label(page, sentence, person, previous)
            previous = self._share_job_title(page, person, previous)
            people.append(previous)
        return people

    def _is_named_after(self, page: AnnotatedPage, mention: Mention) -> bool:
        """Whether something is named after somebody."""
        start = max(0, mention.start - _LONGEST_NAMED_AFTER)
        return self._named_after.search(page.masked[mention.part], start, mention.start) is not None

    def _is_no_party(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        mention: Mention,
        absent: Mention | None,
    ) -> bool:
        """Whether somebody was not there or only wrote of it, or has a new post, as a label says
        before the name, in the line above it, or before the first one of a row: up to `absent`.
        Commas alone make a row behind a label only (with apologies from Jane Doe, Mary Brown
        opened the meeting).
        """
        masked, end = page.masked[sentence.part], mention.start
        start = max(0, end - _LONGEST_NAMED_AFTER)
        titles = self.words.titles.search(masked, max(start, sentence.start), end)
        end = titles.start() if titles else end
        if absent:
            labelled = ":" in masked[sentence.start : absent.start]
            row = self._listed if labelled else self._joined
            if row.match(masked, absent.end, end):
                return True
        if self._no_party.search(masked, start, end):
            return True
        return self._is_news_of_posts(page, sentence, start, end)

    def _with_label(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        person: EventPerson,
        previous: EventPerson | None,
    ) -> EventPerson:
        """With what a label says that the person does at a gathering (Vorsitz: A, Moderation – A),
        or says of the first one of a row: a job title, where none is told and it is one.
        """
        part, end = sentence.part, person.name.start
        start = max(sentence.start, end - _LONGEST_NAMED_AFTER)
        before = page.masked[part][start:end]
        titles = self.words.titles.search(before)
        before = before[: titles.start()] if titles else before
        post = self._session_posts.search(before)
        if post and person.role is None:
            at = start + post.start(1)
            title = page.cut(part, at, start + post.end(1))
            role = FoundValue(title, part, at, at + len(title), "people.post-label", 0.7)
            plural = self._grammar.is_plural(title)
            return replace(person, role=role, plural_role=plural, of_session=True)
        listed = (
            previous is not None
            and previous.of_session
            and previous.name.end >= sentence.start
            and self._listed.fullmatch(page.masked[part], previous.name.end, start + len(before))
        )
        return replace(
            person, of_session=bool(post or listed or self._session_parts.search(before))
        )

    def _is_news_of_posts(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, start: int, end: int
    ) -> bool:
        """Whether a heading of news of posts ends here, and the sentence tells of no event. Below
        one that speakers have, too, it is told in sentences.
        """
        masked = page.masked[sentence.part]
        told = masked[start : sentence.end].rstrip().endswith(_STOPS)
        headings = (self._posts, self._people) if told else (self._posts,)
        if not any(heading.search(masked, start, end) for heading in headings):
            return False
        behind = _QUOTED.sub("", masked[max(end, sentence.start) : sentence.end])
        return not sentence.cue(*_AT_EVENT) and not page.vocabulary.names_gathering(behind)

    def _person(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        mention: Mention,
        name: NameSpan,
        tagged: TaggedSpan | None,
    ) -> EventPerson:
        rule = f"people.{mention.extractor.partition(':')[2] or 'name'}"
        found = FoundValue(
            mention.surface, mention.part, name.start, name.end, rule, mention.confidence
        )
        person = EventPerson(found, str(mention.value) if mention.value else None)
        masked = page.masked[sentence.part]
        title = self._job_titles.find(masked, sentence, name)
        if title is not None:
            person = self._with_job_title(page, sentence, person, title)
        # Where bodies and posts stand before a name, what follows is the next one's.
        next_one = self._grammar.has_bodies_before and self._grammar.title_before_wins
        if title and title.side == "left" and person.organisation is None and not next_one:
            other = self._job_titles.behind(masked, sentence, name)
            if other is not None:
                body = self._affiliations.with_job_title(page, sentence, other)
                person = replace(person, organisation=body)
        if person.organisation is None:
            body = self._affiliations.without_job_title(page, sentence, mention, name.ceiling)
            person = replace(person, organisation=body)
        return self._with_tagged_title(page, person, tagged)

    def _with_tagged_title(
        self, page: AnnotatedPage, person: EventPerson, tagged: TaggedSpan | None
    ) -> EventPerson:
        """With the job title of the tagger, where rules read none, or where it is sure that theirs
        begins or ends elsewhere.
        """
        choice = self._titles.choice if self._titles else None
        if tagged is None or choice is None or self._is_of_next(page, person, tagged):
            return person
        known, span = person.role, self._without_employer(page, person, tagged)
        if known and (
            (known.start, known.end) == span
            or not known.overlaps(*span)
            or self._cuts_row(page, known, span)
        ):
            return person
        if tagged.likely < (choice.over_rules if known else choice.alone):
            return person
        title = page.cut(person.name.part, *span)
        head = next(filter(self.is_role, WORD.findall(title)), None)
        if head is None and person.organisation and person.organisation.overlaps(*span):
            return person
        role = FoundValue(title, person.name.part, *span, TAGGED, choice.right)
        plural = tagged.label == BEFORE and self._grammar.is_plural(head or title)
        return replace(person, role=role, plural_role=plural)

    def _cuts_row(self, page: AnnotatedPage, known: FoundValue[str], span: tuple[int, int]) -> bool:
        """Whether a tagged title is that of rules up to the first comma of a row of remits
        (Commissioner for Research | , Culture and Youth).
        """
        start, end = span
        comma = page.masked[known.part][end : end + 1] == ","
        return start == known.start and end < known.end and comma

    def _is_of_next(self, page: AnnotatedPage, person: EventPerson, tagged: TaggedSpan) -> bool:
        """Whether a title behind a name opens the next clause, which tells who has it: A wurde
        gewählt, neuer Schatzmeister ist B.
        """
        if tagged.label != BEHIND:
            return False
        masked = page.masked[person.name.part]
        comma = "," in masked[person.name.end : tagged.start]
        return comma and self._job_titles.is_said_of_next(masked, tagged.end)

    def _without_employer(
        self, page: AnnotatedPage, person: EventPerson, tagged: TaggedSpan
    ) -> tuple[int, int]:
        """The place of a tagged title, without the acronym of the employer that it ends in. Other
        bodies are its remit as often as not (заместитель председателя Кабинета министров).
        """
        body = person.organisation
        if body is None or not body.value.isupper() or not tagged.start < body.start < tagged.end:
            return tagged.start, tagged.end
        title = page.cut(person.name.part, tagged.start, body.start)
        return tagged.start, tagged.start + len(self.words.edge.sub("", title))

    def _with_job_title(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, person: EventPerson, title: JobTitle
    ) -> EventPerson:
        body = self._affiliations.with_job_title(page, sentence, title)
        head = page.masked[sentence.part][title.start : title.head_end]
        return replace(
            person,
            role=self._role(page, sentence, title, body),
            organisation=body,
            plural_role=title.side == "left" and self._grammar.is_plural(head),
        )

    def _role(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        title: JobTitle,
        body: FoundValue[str] | None,
    ) -> FoundValue[str] | None:
        """The job title as written, without the body and what stands at its edges."""
        part = sentence.part
        start, end = title.start, title.end
        if body and body.start >= title.head_end:
            end = min(end, body.start)
        elif body and start <= body.start and body.end < title.head_end:
            start = max(start, body.end)
        bare = self._affiliations.bare_body(page.masked[part], title)
        end = min(end, bare) if bare is not None else end
        next_entry = _NEXT_ENTRY.search(page.texts[part], start, end)
        end = next_entry.start() if next_entry else end
        text = page.cut(part, start, end)
        end = start + len(self.words.edge.sub("", text))
        lead = self.words.lead.match(text)
        start += lead.end() if lead else 0
        if end <= start:
            return None
        return FoundValue(
            page.cut(part, start, end), part, start, end, f"people.post-{title.side}", 0.8
        )

    def _share_job_title(
        self, page: AnnotatedPage, person: EventPerson, previous: EventPerson | None
    ) -> EventPerson:
        """A job title in the plural also holds for the names joined to the first one, or to the
        body that is named behind it (co-chairs A of X and B).
        """
        if previous is None or person.role or not previous.role or not previous.plural_role:
            return person
        body, end = previous.organisation, previous.name.end
        if body and end < body.end <= person.name.start:
            end = body.end
        gap = page.masked[person.name.part][end : person.name.start].lstrip(")")
        if not self.words.joined.fullmatch(gap):
            return person
        return replace(person, role=previous.role, plural_role=True)


def merge_people(people: Sequence[EventPerson]) -> list[EventPerson]:
    """One entry for each person: a surname joins the full name; the first job title is kept."""
    kept: list[EventPerson] = []
    for person in people:
        twin = next((i for i, k in enumerate(kept) if _is_same_person(k, person)), None)
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


@lru_cache(maxsize=1_000)  # each person of a page is compared with all before
def _words_of(name: str) -> tuple[str, ...]:
    """The words of a name, case folded, initials that no blank parts among them (Б.Ф.Исломов)."""
    return tuple(word.casefold() for word in re.split(r"[\s.․]+", name) if word)


def _is_same_person(a: EventPerson, b: EventPerson) -> bool:
    left, right = _words_of(a.norm or a.name.value), _words_of(b.norm or b.name.value)
    short, long_ = (right, left) if len(right) < len(left) else (left, right)
    if len(short) == 1 and short[0] == long_[0] and len(long_) > 1:
        return True
    if left[0] == right[0] and _is_addressed(left) != _is_addressed(right):
        return True
    if not _is_same_word(short[-1], long_[-1]):
        return False
    return (
        len(short) == 1
        or _is_same_word(short[0], long_[0])
        or (len(short[0]) == 1 and long_[0].startswith(short[0]))
        or (len(long_[0]) == 1 and short[0].startswith(long_[0]))
    )


def _is_addressed(words: Sequence[str]) -> bool:
    """Whether a person is named as one addresses them in Russian: Иван Иванович."""
    return len(words) == _ADDRESSED and PATRONYMIC.search(words[-1]) is not None


def _is_same_word(a: str, b: str) -> bool:
    stem = max(4, min(len(a), len(b)) - 2)
    return a == b or (
        len(a) > 4 and len(b) > 4 and a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 2
    )

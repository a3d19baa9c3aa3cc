"""From a draft page to its events: the seam that the page reader calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crawler.parsers.dates import DateReader
from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.assembler import Assembler
from crawler.parsers.events.assembly.event_review import STAGE as REVIEW
from crawler.parsers.events.assembly.event_review import Every, review_events, review_likely
from crawler.parsers.events.assembly.event_values import EventValues
from crawler.parsers.events.assembly.markup_merge import add_markup_events
from crawler.parsers.events.assembly.stops import add_stops
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.head_words import OF_WORD
from crawler.parsers.events.candidates.likely_mentions import choose_likely, may_have_likely
from crawler.parsers.events.candidates.likely_words import LikelyWords
from crawler.parsers.events.candidates.selection import LikelyEvents, find_likely
from crawler.parsers.events.candidates.telling import OF_VALUES, is_reported
from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import (
    READ_PARTS,
    AnnotatedPage,
    annotate_page,
)
from crawler.parsers.events.page.bare_days import add_bare_days
from crawler.parsers.events.page.calendar_days import read_calendar_days
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.diary_days import place_in_journey
from crawler.parsers.events.page.following_days import join_following_days
from crawler.parsers.events.page.named_months import (
    name_months,
    read_month_labels,
    read_named_months,
)
from crawler.parsers.events.page.numeric_days import read_numeric_days
from crawler.parsers.events.page.weekday_days import read_weekday_days
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from crawler.parsers.events.part_tagger.theme_tagger import ThemeTagger
from crawler.parsers.events.part_tagger.title_tagger import TitleTagger
from crawler.parsers.events.part_tagger.venue_tagger import VenueTagger
from crawler.parsers.events.people.body_roles import judge_bodies
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.people.participants import ParticipantReader
from crawler.parsers.events.people.person_events import judge_persons
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.trained.choice_models import read_choice_models
from crawler.parsers.events.trained.confidence_model import (
    CONFIDENCE_FILE,
    OF_VALUE,
    read_confidence_models,
)
from crawler.parsers.events.trained.event_models import PARAMETERS, read_models
from crawler.parsers.events.trained.joint_model import (
    ROLES_FILE,
    RoleModels,
    lowered,
    read_role_models,
)
from crawler.parsers.events.trained.likely_models import (
    OF_LIKELY_EVENT,
    OF_LIKELY_VALUES,
    OF_LIKELY_WORD,
    read_likely_models,
)
from crawler.parsers.events.trained.own_parameters import read_own_or_shipped
from crawler.parsers.events.values.event_places import PlaceReader
from crawler.parsers.events.values.town_adjectives import TownAdjectives
from indexer.records.document import Event, Mention, Page
from indexer.records.reference import Reference

_DEFAULT_LANGUAGE = "en"
"""Words for pages in a language that has none for events."""


class _LanguageReaders:
    """The readers of one language, made once."""

    def __init__(self, lang: str, reference: Reference) -> None:
        content = reference.languages[lang]
        self.vocabulary = EventVocabulary(lang, content)
        self.finder = CandidateFinder(self.vocabulary)
        words = JobTitleWords(self.vocabulary)
        features = SentenceFeatures(reference.languages, lang, words.is_role)
        self.titles = TitleTagger(features, lang)
        self.people = PeopleReader(self.vocabulary, words, self.titles)
        self.venues = VenueTagger(features, lang)
        self.themes = ThemeTagger(features, lang)
        self.participants = ParticipantReader(self.vocabulary)
        self.likely: LikelyWords | None = None
        self.town_adjectives = TownAdjectives(reference, lang, self.vocabulary.grammar)
        labels = content.get("cues", {}).get("contact_labels", {})
        self.block_labels: list[str] = (
            list(labels.get("block", [])) if isinstance(labels, dict) else []
        )


class EventReader:
    """Reads the events of draft pages (title, teaser, text, lang, published, mentions filled)."""

    def __init__(self, reference: Reference, dates: DateReader | None = None) -> None:
        """`dates`: the reader of the same languages, where there is one."""
        self._reference = reference
        self._dates = dates or DateReader(reference.languages)
        own = reference.parameters
        self._models = read_own_or_shipped(read_models, PARAMETERS, own)
        roles = read_own_or_shipped(read_role_models, ROLES_FILE, own)
        self._role_models = {**roles, **read_choice_models()}
        self._reported_models = lowered(self._role_models, OF_VALUES)
        confidence = read_own_or_shipped(read_confidence_models, CONFIDENCE_FILE, own)
        self._confidence = confidence.get(OF_VALUE)
        self._gives_all = False
        self._likely = read_likely_models()
        self._languages: dict[str, _LanguageReaders] = {}

    def with_parameters(self, folder: Path | None, *, judged: bool = True) -> EventReader:
        """A reader with the trained parameters of a folder (None: those of the program), for which
        the words of the languages are not made ready once more. Where values are not `judged`, all
        are given, also those that their choosers would leave out.
        """
        other = EventReader(replace(self._reference, parameters=folder), self._dates)
        other._languages = self._languages
        if not judged:
            other._confidence, other._gives_all, other._likely = None, True, {}
        return other

    def find(
        self, draft: Page, dates_of_text: Sequence[PartialDate] | None = None
    ) -> tuple[tuple[Event, ...], list[Mention]]:
        """The events of a page, its own first, and the mentions that support their values.

        `dates_of_text`: those of the part `text`, where they have been read already.
        """
        assembled = self.assemble(draft, dates_of_text)
        mentions = [
            replace(m, surface=draft.part(m.part)[m.start : m.end])
            for i, one in enumerate(assembled)
            for m in one.mentions(i)
        ]
        return tuple(one.event for one in assembled), mentions

    def assemble(
        self, draft: Page, dates_of_text: Sequence[PartialDate] | None = None
    ) -> list[AssembledEvent]:
        """The events of a page, its own first, each with what supports its values."""
        page = self.annotate(draft, dates_of_text)
        candidates = self.candidates(page)
        likely = self.find_likely(page, candidates)
        if REVIEW not in self._role_models:
            likely = LikelyEvents(likely.events)
        places = self.place_reader(page)
        assembler, reviewed = self._review(page, likely, candidates, places)
        every = _with_countries(page, assembler.review_persons(reviewed), places)
        assembled = assembler.judge(every, candidates)
        events = [event for event, _ in every]
        assembled = add_stops(page, events, assembled, candidates, places)
        return add_markup_events(assembled, draft, self._reference)

    def _review(
        self,
        page: AnnotatedPage,
        likely: LikelyEvents,
        candidates: Sequence[Candidate],
        places: PlaceReader,
    ) -> tuple[Assembler, Every]:
        """The events of a page that stay, and what has read them. Where likely words may name
        further ones, the values of all are read anew, as each has its own.
        """
        assembler = self.assembler(page, likely.every, candidates, places)
        read = assembler.read(likely.every, candidates)
        known = review_events(page, read, likely, candidates, self.models_of(page))
        doubtful = self.find_by_words(page, candidates, likely)
        if len(doubtful.every) == len(likely.every):
            return assembler, known
        further = self.assembler(page, doubtful.every, candidates, places)
        every = further.read(doubtful.every, candidates)
        model = self._likely[OF_LIKELY_VALUES]
        reviewed = review_likely(page, known, every, doubtful, candidates, model=model)
        return (assembler if reviewed is known else further), reviewed

    def find_words(
        self, page: AnnotatedPage, candidates: Sequence[Candidate], words: LikelyWords
    ) -> list[tuple[float, Candidate]]:
        """What may be an event by a likely word, with the log odds of each."""
        return self._language(page.draft.lang).finder.find_likely(page, candidates, words)

    def find_by_words(
        self, page: AnnotatedPage, candidates: Sequence[Candidate], likely: LikelyEvents
    ) -> LikelyEvents:
        """The events of a page with those, as doubtful ones, that only likely words name."""
        models, heads = self._likely, self._models.get(OF_WORD)
        if not models or not may_have_likely(page, likely):
            return likely
        language = self._language(page.draft.lang)
        if language.likely is None:
            weights = models[OF_LIKELY_WORD].linear.weights
            language.likely = LikelyWords(weights, language.vocabulary.lang)
        found = self.find_words(page, candidates, language.likely)
        linear = heads.linear if heads else None
        return choose_likely(page, likely, found, models[OF_LIKELY_EVENT], linear)

    def find_likely(self, page: AnnotatedPage, candidates: Sequence[Candidate]) -> LikelyEvents:
        """What may be the events of a page, before the values of each are read."""
        return find_likely(page, candidates, self._models)

    def assembler(
        self,
        page: AnnotatedPage,
        events: Sequence[EventMentions],
        candidates: Sequence[Candidate],
        places: PlaceReader | None = None,
    ) -> Assembler:
        """What reads the values of some events of a page; `places`: what chooses the places of its
        events, where there is one.
        """
        language, places = self._language(page.draft.lang), places or self.place_reader(page)
        models = self.models_of(page)
        bodies = judge_bodies(page, events, candidates, models)
        odds = judge_persons(page, events, models)
        people = EventPeople(page, language.people, events, bodies, odds, models=models)
        return Assembler(
            page,
            places,
            people,
            language.participants,
            bodies,
            models=models,
            confidence=self._confidence,
            gives_all=self._gives_all,
            themes=language.themes,
        )

    def annotate(
        self, draft: Page, dates_of_text: Sequence[PartialDate] | None = None
    ) -> AnnotatedPage:
        """The page's sentences with their cue phrases, dates and mentions."""
        language = self._language(draft.lang)
        dates = self._read_dates(draft, dates_of_text)
        return annotate_page(draft, language.vocabulary, dates, language.block_labels)

    def candidates(self, page: AnnotatedPage) -> list[Candidate]:
        """What may be an event on a page."""
        return self._language(page.draft.lang).finder.find(page)

    def place_reader(self, page: AnnotatedPage) -> PlaceReader:
        """What chooses the places of the events of a page."""
        language = self._language(page.draft.lang)
        return PlaceReader(
            self._reference,
            page,
            language.people.is_role,
            language.town_adjectives,
            self.models_of(page),
            venues=language.venues,
        )

    def models_of(self, page: AnnotatedPage) -> RoleModels:
        """The models of the roles of bodies and persons, and of the choice of values, for a page:
        what a reporter tells in passing has less to speak for it.
        """
        return self._reported_models if is_reported(page) else self._role_models

    def people_reader(self, page: AnnotatedPage) -> PeopleReader:
        """What reads persons in the language of a page."""
        return self._language(page.draft.lang).people

    def participant_reader(self, page: AnnotatedPage) -> ParticipantReader:
        """What reads numbers and countries of participants in the language of a page."""
        return self._language(page.draft.lang).participants

    def taggers(self, page: AnnotatedPage) -> tuple[TitleTagger, VenueTagger, ThemeTagger]:
        """What tags job titles, houses and themes in the language of a page."""
        language = self._language(page.draft.lang)
        return language.titles, language.venues, language.themes

    def _language(self, lang: str | None) -> _LanguageReaders:
        code = (lang or "").lower().split("-")[0]
        if not cues(self._reference.languages, code).get("event_heads"):
            code = _DEFAULT_LANGUAGE
        if code not in self._languages:
            self._languages[code] = _LanguageReaders(code, self._reference)
        return self._languages[code]

    def _read_dates(
        self, draft: Page, of_text: Sequence[PartialDate] | None
    ) -> Iterator[DateMention]:
        def read(words: str) -> Sequence[PartialDate]:
            return self._dates.find_partial(words, draft.lang, draft.published)

        def weekday(word: str) -> int | None:
            return self._dates.weekday(word, draft.lang)

        words = self._language(draft.lang).vocabulary
        for part in READ_PARTS:
            text = draft.part(part)
            if not text:
                continue
            dates = of_text if part == "text" else None
            if dates is None:
                dates = read(text)
            if part == "text":
                dates = _with_calendar(dates, read_calendar_days(text, read))
                numeric = read_numeric_days(text, draft.published, words.measures)
                dates = _with_calendar(dates, numeric)
                week = read_weekday_days(text, draft.published, weekday)
                dates = _with_calendar(dates, week)
            dates = list(name_months(text, words, dates))
            dates = _with_calendar(dates, list(read_named_months(text, words, read)))
            if part == "text":
                dates = _with_calendar(dates, list(read_month_labels(text, words, read)))
            mentions = [
                DateMention(part, d.start, d.end, first, d.iso_end if d.iso else None, d.kind)
                for d in dates
                if (first := d.iso or d.iso_end)
            ]
            if part == "text":
                mentions = add_bare_days(text, words, mentions, draft.published)
                mentions = place_in_journey(text, words, mentions, draft.published, weekday)
            yield from join_following_days(text, mentions)


def _with_countries(page: AnnotatedPage, every: Every, places: PlaceReader) -> Every:
    """The events, those without a country with that of their page, where a model is sure of it."""
    located = places.with_countries(
        {event: values.place for event, values in every},
        {event: set(_parties(page, values)) for event, values in every},
    )
    return [(event, replace(values, place=located[event])) for event, values in every]


def _parties(page: AnnotatedPage, values: EventValues) -> Iterator[str]:
    """The countries that took part in an event, or are named in the body whose session it is."""
    yield from (country.value for country in values.participants.countries)
    series = values.series
    sentence = page.sentence_at(series.part, series.start) if series else None
    if series and sentence:
        for m in sentence.of("countries", "nationalities"):
            if series.start <= m.start < series.end:
                yield str(m.value).upper()


def _with_calendar(
    dates: Sequence[PartialDate], of_calendar: Sequence[PartialDate]
) -> list[PartialDate]:
    """The dates of a text with the days of its calendars, which stand in no other one."""
    taken = {at for d in dates for at in range(d.start, d.end)} if of_calendar else set()
    free = [d for d in of_calendar if d.start not in taken]
    return sorted([*dates, *free], key=lambda d: d.start)

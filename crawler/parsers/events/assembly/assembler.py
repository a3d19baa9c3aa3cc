"""Puts the values of each event together, with their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.confidence import judge_confidence
from crawler.parsers.events.assembly.confidence_measures import ConfidenceMeasures
from crawler.parsers.events.assembly.employers_there import with_employers
from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.assembly.event_values import EventParticipants, EventValues
from crawler.parsers.events.assembly.person_review import (
    AskedPerson,
    measure_persons,
    review_persons,
)
from crawler.parsers.events.assembly.session_people import with_session_people
from crawler.parsers.events.assembly.unlikely_values import without_unlikely
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.selection import may_doubt
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.part_tagger.theme_tagger import ThemeTagger
from crawler.parsers.events.people.body_choice import BodyChoice, EventBodies
from crawler.parsers.events.people.body_roles import BodyRoles, without_bodies
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.people.hosts import add_hosts
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.people.owners import OWNER
from crawler.parsers.events.people.participant_choice import ParticipantChoice
from crawler.parsers.events.people.participants import Count, ParticipantReader
from crawler.parsers.events.people.persons import EventPerson
from crawler.parsers.events.people.visited import visited_by
from crawler.parsers.events.trained.confidence_model import ConfidenceModel
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.day_choice import DayChoice
from crawler.parsers.events.values.editions import series_of_events
from crawler.parsers.events.values.event_dates import (
    EventDates,
    choose_days,
    page_month,
    year_of_name,
)
from crawler.parsers.events.values.event_lengths import add_length
from crawler.parsers.events.values.event_names import read_name, read_ordinal
from crawler.parsers.events.values.event_places import EventPlace, PlaceReader
from crawler.parsers.events.values.roles import RoleReader, is_overview, newest_day
from crawler.parsers.events.values.theme_choice import ThemeChoice, rule_themes
from indexer.records.document import Role


@dataclass(frozen=True, slots=True)
class _Job:
    """One event to assemble, and what the page says of it."""

    event: EventMentions
    role: Role
    roles: RoleReader
    sentences: EventSentences
    place: EventPlace
    count: Count | None
    countries: Sequence[FoundValue[str]]
    bodies: EventBodies
    series: FoundValue[str] | None
    minuted: FoundValue[str] | None
    theme: FoundValue[str] | None


class Assembler:
    """Assembles the events of one page from the mentions of each."""

    def __init__(
        self,
        page: AnnotatedPage,
        places: PlaceReader,
        people: EventPeople,
        participants: ParticipantReader,
        bodies: BodyRoles,
        *,
        models: RoleModels,
        confidence: ConfidenceModel | None,
        gives_all: bool = False,
        themes: ThemeTagger | None = None,
    ) -> None:
        self._page = page
        self._themes = themes
        self._models = models
        self._bodies = bodies
        self._people = people
        self._participants = participants
        self._places = places
        self._confidence = confidence
        self._gives_all = gives_all

    def assemble(
        self, events: Sequence[EventMentions], candidates: Sequence[Candidate]
    ) -> list[AssembledEvent]:
        """The events in the order of `events`, the first of which is the page's own."""
        return self.judge(self.read(events, candidates), candidates)

    def read(
        self, events: Sequence[EventMentions], candidates: Sequence[Candidate]
    ) -> list[tuple[EventMentions, EventValues]]:
        """The events, the first of which is the page's own, with the values of each."""
        if not events:
            return []
        main = events[0]
        sentences = EventSentences(self._page, events, candidates)
        ruled = choose_days(self._page, events, sentences.closed)
        dates = list(DayChoice(self._page, ruled).choose(self._models).values())
        overview = is_overview(dates, self._page.draft.published)
        roles = RoleReader(self._page, newest_day(dates, self._page.draft.published))
        choice = ParticipantChoice(self._page, self._participants, events, sentences)
        counts = choice.choose_counts(self._models)
        countries = choice.choose_countries(self._models)
        body_choice = BodyChoice(
            self._page,
            self._bodies,
            events,
            sentences,
            candidates=candidates,
            employers=self._people.employers,
        )
        chosen = body_choice.choose(self._models)
        bodies = add_hosts(self._page, chosen, sentences, self._people.find_employed)
        places = self._places.read(events, sentences.closed, candidates)
        series = series_of_events(self._page, events, body_choice.minuted)
        themes = self._choose_themes(events, sentences)
        every: list[tuple[EventMentions, EventValues]] = []
        for event, one_day in zip(events, dates, strict=True):
            near = sentences.near(event)
            ranked = add_length(self._page, event, one_day, near)
            role: Role = "mentioned"
            if event is not main or not overview:
                role = roles.role(event, ranked, None if event is main else main)
            job = _Job(
                event,
                role,
                roles,
                sentences,
                places[event],
                counts[event],
                countries[event],
                bodies[event],
                series[event],
                body_choice.minuted,
                themes[event],
            )
            every.append((event, self._values(job, ranked)))
        return every

    def review_persons(self, every: Every) -> Every:
        """The events with the persons that a second look finds to be of each, and with the bodies
        that sent them; short texts, of which the models have learnt nothing, without these.
        """
        if not every:  # nobody is asked who else the page names
            return every

        def complete(people: Sequence[EventPerson]) -> Sequence[EventPerson]:
            return self._people_alone(self._people.complete(people))

        reviewed = review_persons(self._page, every, self._people, self._models, complete)
        every = with_session_people(reviewed, self._people.find_of_session(), complete)
        return with_employers(every, self._bodies) if may_doubt(self._page) else every

    def measure_persons(self, every: Every) -> Sequence[AskedPerson]:
        """What the second look reads of each person at each of the events."""
        return measure_persons(self._page, every, self._people)

    def judge(
        self, every: Sequence[tuple[EventMentions, EventValues]], candidates: Sequence[Candidate]
    ) -> list[AssembledEvent]:
        """The events, each value with how likely it is right, without those that are unlikely.
        Doubtful ones stay where they are judged, or all are asked for (`gives_all`); not in short
        texts, of which the models have learnt nothing.
        """
        is_judged = self._confidence is not None or self._gives_all
        if not (is_judged and may_doubt(self._page)):
            every = [(event, values.without_doubtful()) for event, values in every]
        measured = ConfidenceMeasures(self._page, every, candidates)
        return [
            self._judge_event(values, list(measured.measure(event, values)))
            for event, values in every
        ]

    def _judge_event(
        self, values: EventValues, measured: Sequence[Mapping[str, float]]
    ) -> AssembledEvent:
        """An event, each value with how likely it is right; `measured` are its values. Short texts,
        of which the models have learnt nothing, keep all.
        """
        shares = judge_confidence(measured, self._confidence)
        stays: Sequence[bool] = [True] * len(shares)
        if may_doubt(self._page) and not self._gives_all:
            values, stays = without_unlikely(values, shares)
        evidence = tuple(
            (path, replace(found, confidence=share))
            for (path, found), share in zip(values.evidence(), compress(shares, stays), strict=True)
        )
        return AssembledEvent(values.event(), evidence, tuple(compress(measured, stays)))

    def _choose_themes(
        self, events: Sequence[EventMentions], sentences: EventSentences
    ) -> Mapping[EventMentions, FoundValue[str] | None]:
        ruled, tagger = rule_themes(self._page, events, sentences), self._themes

        def tag(sentence: AnnotatedSentence) -> Sequence[TaggedSpan]:
            return tagger.spans(self._page, sentence) if tagger else ()

        return ThemeChoice(self._page, tag, ruled).choose(self._models)

    def _values(self, job: _Job, ranked: EventDates) -> EventValues:
        """All values of one event; `ranked` are its dates by what its sentences say."""
        page, event = self._page, job.event
        dates = self._dates(job, ranked)
        name, theme = read_name(page, event), job.theme
        series = self._series(job)
        people = self._people.read(event, job.sentences.running())
        # A body whose own session it is (then the series) is not called its organiser.
        named = [value for value in (series, theme) if value]
        further = without_bodies(job.bodies.further_organisers, named)
        visited = without_bodies(visited_by(page, event, further), job.bodies.organisers)
        further = without_bodies(further, visited)
        participants = self._participants_of(job, series, visited)
        organisers = [*_without_session(job.bodies.organisers, series, job.minuted), *further]
        known = [*organisers, *job.bodies.organisers, *named, *visited]
        organisers += without_bodies(job.bodies.doubtful_organisers, known)
        if page.grammar.house_is_no_host:
            organisers = [o for o in organisers if not _is_house(o, job.place.venue)]
        tense: Role = "upcoming" if job.roles.is_still_on(dates) else job.role
        status = job.roles.status(event, tense)
        return EventValues(
            name=name,
            role=job.role,
            status=status or job.roles.status_by_role(tense, dates.start or name),
            dates=dates,
            place=job.place,
            participants=participants,
            series=series,
            ordinal=read_ordinal(page, event, series),
            theme=theme,
            organisers=self._alone(organisers),
            people=self._people_alone(people),
        )

    def _people_alone(self, people: Sequence[EventPerson]) -> list[EventPerson]:
        """Persons, with employers and job titles called as one writes them alone."""
        return [
            replace(p, organisation=self._body_alone(p.organisation), role=self._title_alone(p))
            for p in people
        ]

    def _alone(self, bodies: Sequence[FoundValue[str]]) -> list[FoundValue[str]]:
        """Bodies called as one writes their names alone: (des) Verbands X, Verband X."""
        grammar, words = self._page.grammar, self._page.vocabulary
        return [replace(body, value=grammar.nominative(body.value, words)) for body in bodies]

    def _body_alone(self, body: FoundValue[str] | None) -> FoundValue[str] | None:
        return self._alone([body])[0] if body else None

    def _title_alone(self, person: EventPerson) -> FoundValue[str] | None:
        title = person.role
        return title and replace(title, value=self._page.grammar.nominative_title(title.value))

    def _dates(self, job: _Job, ranked: EventDates) -> EventDates:
        """The dates of an event; without one the year of its name or the month of the page."""
        named = year_of_name(self._page, job.event)
        if ranked.start and not (named and ranked.start.value == named.value):
            return _add_year(ranked, named)
        recent = job.role == "main" and job.roles.has_just_been(job.event)
        month = page_month(self._page) if recent else None
        if month and (named is None or month.value[:4] == named.value):
            return EventDates(month)
        return EventDates(named or ranked.start)

    def _series(self, job: _Job) -> FoundValue[str] | None:
        page, series = self._page, job.series
        if series and series.rule != "series.label":
            return replace(series, value=page.grammar.nominative(series.value, page.vocabulary))
        return series

    def _participants_of(
        self, job: _Job, series: FoundValue[str] | None, visited: Sequence[FoundValue[str]]
    ) -> EventParticipants:
        """Who took part, those whom travellers `visited` among them."""
        listed = {country.value for country in job.countries}
        parties = [c for c in self._parties(job.event, series) if c.value not in listed]
        given = [*job.bodies.participants, *job.bodies.further_participants]
        organisations = [*given, *without_bodies(visited, given)]
        return EventParticipants(job.count, [*job.countries, *parties], self._alone(organisations))

    def _parties(
        self, event: EventMentions, series: FoundValue[str] | None
    ) -> list[FoundValue[str]]:
        """The countries in the name of the joint body that met, as a sentence about the event has
        it.
        """
        if series is None:
            return []
        if not (series.rule.startswith("series.body") or self._page.grammar.is_owner(series.value)):
            return []
        return self._participants.read_parties(
            (s, series.start, series.end)
            for s in self._page.sentences
            if s.part == series.part
            and s.start <= series.start < s.end
            and (not event.second or s.index in event.sentences())
        )


def _is_house(body: FoundValue[str], venue: FoundValue[str] | None) -> bool:
    """Whether a body stands where the text says the house of the event."""
    return venue is not None and body.part == venue.part and body.overlaps(venue.start, venue.end)


def _without_session(
    organisers: Sequence[FoundValue[str]],
    series: FoundValue[str] | None,
    minuted: FoundValue[str] | None,
) -> list[FoundValue[str]]:
    """Without the body that an event is a session of, told by the event's name only; whose minutes
    a page has (`minuted`) called its session.
    """
    return [
        body
        for body in organisers
        if series is None
        or body.rule != OWNER
        or not is_same_body(body.value, series.value)
        or (minuted is not None and is_same_body(body.value, minuted.value))
    ]


def _add_year(dates: EventDates, named: FoundValue[str] | None) -> EventDates:
    """Days without a year, in the year of the event's name."""
    if not named or not dates.start or not dates.start.value.startswith("--"):
        return dates
    start = replace(dates.start, value=named.value + dates.start.value[1:])
    end = dates.end and replace(dates.end, value=named.value + dates.end.value[1:])
    return EventDates(start, end)

"""Puts the values of each event together, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.event_values import EventParticipants, EventValues
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import Cluster
from crawler.parsers.events.candidates.sentence_events import LATE, TellingSentences
from crawler.parsers.events.page.annotated_page import Scene, SceneSentence
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.people.event_people import read_people
from crawler.parsers.events.people.organisers import (
    is_same_body,
    read_organisers,
    read_participants,
)
from crawler.parsers.events.people.participants import ParticipantReader
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.values.event_dates import (
    EventDates,
    choose_dates,
    page_month,
    year_of_name,
)
from crawler.parsers.events.values.event_names import read_name, read_ordinal
from crawler.parsers.events.values.event_places import PlaceReader
from crawler.parsers.events.values.roles import RoleReader, is_overview
from crawler.parsers.events.values.series import read_series, shared_series
from crawler.parsers.events.values.themes import read_theme
from indexer.records.document import Role


@dataclass(frozen=True, slots=True)
class _Job:
    """One event to assemble, and what the page says of it."""

    cluster: Cluster
    main: Cluster
    """The mentions of the page's own event."""
    role: Role
    sentences: TellingSentences
    near: Sequence[SceneSentence]
    """Its own sentences and the next ones."""
    candidates: Sequence[Candidate]
    """All of the page."""


class Assembler:
    """Assembles the events of one scene from its clusters."""

    def __init__(
        self,
        scene: Scene,
        places: PlaceReader,
        people: PeopleReader,
        participants: ParticipantReader,
    ) -> None:
        self._scene = scene
        self._roles = RoleReader(scene)
        self._people = people
        self._participants = participants
        self._places = places

    def assemble(
        self, clusters: Sequence[Cluster], candidates: Sequence[Candidate]
    ) -> list[AssembledEvent]:
        """The events in the order of `clusters`, the first of which is the page's own."""
        if not clusters:
            return []
        main = clusters[0]
        sentences = TellingSentences(self._scene, clusters)
        dates = [choose_dates(self._scene, c, sentences.closed) for c in clusters]
        overview = is_overview(dates, self._scene.page.published)
        events = []
        for cluster, ranked in zip(clusters, dates, strict=True):
            role: Role = "mentioned"
            if cluster is not main or not overview:
                role = self._roles.role(cluster, ranked, None if cluster is main else main)
            near = sentences.near(cluster)
            job = _Job(cluster, main, role, sentences, near, candidates)
            values = self._values(job, ranked)
            events.append(AssembledEvent(values.event(), tuple(values.evidence())))
        return events

    def _values(self, job: _Job, ranked: EventDates) -> EventValues:
        """All values of one event; `ranked` are its dates by what its sentences say."""
        scene, cluster = self._scene, job.cluster
        dates = self._dates(job, ranked)
        name = read_name(scene, cluster)
        series = self._series(job)
        late = job.near if cluster.second else job.sentences.near(cluster, LATE)
        organisers = read_organisers(scene, cluster, late)
        status = self._roles.status(cluster, job.role)
        return EventValues(
            name=name,
            role=job.role,
            status=status or self._roles.status_by_role(job.role, dates.start or name),
            dates=dates,
            place=self._places.read(cluster, job.sentences.closed, job.candidates),
            participants=self._participants_of(job, series, organisers),
            series=series,
            ordinal=read_ordinal(cluster),
            theme=read_theme(scene, cluster, job.near),
            organisers=organisers,
            people=read_people(scene, self._people, cluster, job.sentences.running()),
        )

    def _dates(self, job: _Job, ranked: EventDates) -> EventDates:
        """The dates of an event; without one the year of its name or the month of the page."""
        named = year_of_name(self._scene, job.cluster)
        if ranked.start and not (named and ranked.start.value == named.value):
            return _add_year(ranked, named)
        recent = job.role == "main" and self._roles.has_just_been(job.cluster)
        month = page_month(self._scene) if recent else None
        if month and (named is None or month.value[:4] == named.value):
            return EventDates(month)
        return EventDates(named or ranked.start)

    def _series(self, job: _Job) -> Found[str] | None:
        scene, cluster = self._scene, job.cluster
        series = read_series(scene, cluster) or shared_series(scene, cluster, job.main)
        if series and series.rule != "series.label":
            return replace(series, value=scene.grammar.nominative(series.value))
        return series

    def _participants_of(
        self, job: _Job, series: Found[str] | None, organisers: Sequence[Found[str]]
    ) -> EventParticipants:
        scene, cluster = self._scene, job.cluster
        sentences = job.near if cluster.second else job.sentences.running()
        journey = cluster.best.kind in ("trip", "verb")
        own = frozenset() if journey else frozenset(cluster.sentences())
        countries = self._participants.read_countries(scene, sentences, own)
        listed = {country.value for country in countries}
        parties = [c for c in self._parties(series) if c.value not in listed]
        organisations = [
            body
            for body in read_participants(scene, sentences)
            if not any(is_same_body(body.value, organiser.value) for organiser in organisers)
        ]
        return EventParticipants(
            self._participants.read_count(scene, job.near), countries + parties, organisations
        )

    def _parties(self, series: Found[str] | None) -> list[Found[str]]:
        """The countries in the name of the joint body that met."""
        if series is None or not series.rule.startswith("series.body"):
            return []
        return self._participants.read_parties(
            (s, series.start, series.end)
            for s in self._scene.sentences
            if s.part == series.part and s.start <= series.start < s.end
        )


def _add_year(dates: EventDates, named: Found[str] | None) -> EventDates:
    """Days without a year, in the year of the event's name."""
    if not named or not dates.start or not dates.start.value.startswith("--"):
        return dates
    start = replace(dates.start, value=named.value + dates.start.value[1:])
    end = dates.end and replace(dates.end, value=named.value + dates.end.value[1:])
    return EventDates(start, end)

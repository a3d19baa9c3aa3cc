"""Puts the values of each event together and writes them down with their mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.entities.russian.nominatives import nominative_of
from crawler.parsers.events.assembly.assembled import (
    Assembled,
    count_evidence,
    person_evidence,
    place_evidence,
    some,
)
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import Cluster
from crawler.parsers.events.candidates.sentence_events import LATE, TellingSentences
from crawler.parsers.events.page.annotated_page import Scene
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.people.event_people import read_people
from crawler.parsers.events.people.organisers import read_organisers, read_participants, same_body
from crawler.parsers.events.people.participants import ParticipantReader
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.values.event_dates import (
    EventDates,
    choose_dates,
    page_month,
    year_of_name,
)
from crawler.parsers.events.values.event_names import read_name, read_ordinal
from crawler.parsers.events.values.event_places import Placer
from crawler.parsers.events.values.roles import RoleReader, is_overview
from crawler.parsers.events.values.series import read_series, shared_series
from crawler.parsers.events.values.themes import read_theme
from indexer.records.document import Event, Participants, Role


class Assembler:
    """Assembles the events of one scene from its clusters."""

    def __init__(
        self,
        scene: Scene,
        placer: Placer,
        people: PeopleReader,
        participants: ParticipantReader,
    ) -> None:
        self._scene = scene
        self._roles = RoleReader(scene)
        self._people = people
        self._candidates: Sequence[Candidate] = ()
        self._participants = participants
        self._placer = placer

    def assemble(
        self, clusters: Sequence[Cluster], candidates: Sequence[Candidate]
    ) -> list[Assembled]:
        """The events in the order of `clusters`, the first of which is the page's own."""
        self._candidates = candidates
        if not clusters:
            return []
        telling = TellingSentences(self._scene, clusters)
        dates = [choose_dates(self._scene, c, telling.closed) for c in clusters]
        overview = is_overview(dates, self._scene.page.published)
        main_role = "mentioned" if overview else self._roles.role(clusters[0], dates[0], None)
        return [
            self._event(
                cluster,
                dates[i],
                self._roles.role(cluster, dates[i], clusters[0]) if i else main_role,
                clusters[0],
                telling,
            )
            for i, cluster in enumerate(clusters)
        ]

    def _event(
        self,
        cluster: Cluster,
        dates: EventDates,
        role: Role,
        main: Cluster,
        telling: TellingSentences,
    ) -> Assembled:
        scene = self._scene
        near = telling.near(cluster)
        named = year_of_name(scene, cluster)
        if dates.start is None or (named and dates.start.value == named.value):
            month = page_month(scene) if role == "main" and self._roles.just_been(cluster) else None
            agree = month and (named is None or month.value[:4] == named.value)
            dates = EventDates(month if agree else named or dates.start)
        dates = _with_year(dates, named)
        place = self._placer.place(cluster, telling.closed, self._candidates)
        name = read_name(scene, cluster)
        ordinal = read_ordinal(cluster)
        series = read_series(scene, cluster) or shared_series(scene, cluster, main)
        if series and scene.vocabulary.lang == "ru" and series.rule != "series.label":
            series = replace(series, value=nominative_of(series.value))
        theme = read_theme(scene, cluster, near)
        late = near if cluster.second else telling.near(cluster, LATE)
        organisers = read_organisers(scene, cluster, late)
        told = near if cluster.second else telling.running()
        count = self._participants.count(scene, near)
        journey = cluster.best.kind in ("trip", "verb")
        own = frozenset() if journey else frozenset(cluster.sentences())
        countries = self._participants.countries(scene, told, own)
        if series and series.rule.startswith("series.body"):
            spans = [
                (s, series.start, series.end)
                for s in scene.sentences
                if s.part == series.part and s.start <= series.start < s.end
            ]
            known = {c.value for c in countries}
            countries += [c for c in self._participants.parties(spans) if c.value not in known]
        organisations = [
            o
            for o in read_participants(scene, told)
            if not any(same_body(o.value, x.value) for x in organisers)
        ]
        people = read_people(scene, self._people, cluster, telling.running())
        status = self._roles.status(cluster, role) or self._roles.follows(role, dates.start or name)
        event = Event(
            name.value, role, status.value, series.value if series else None,
            ordinal.value if ordinal else None,
            dates.start.value if dates.start else None, dates.end.value if dates.end else None,
            place.place(), theme.value if theme else None, tuple(o.value for o in organisers),
            Participants(
                count.number.value if count else None, bool(count and count.approximate),
                tuple(c.value for c in countries), tuple(o.value for o in organisations),
            ),
            tuple(p.person() for p in people),
        )  # fmt: skip
        evidence = [
            *some(("name", name), ("series", series), ("ordinal", ordinal), ("start", dates.start)),
            *some(("end", dates.end), ("theme", theme), ("status", status)),
            *place_evidence(place),
            *(("organisers", o) for o in organisers),
            *count_evidence(count),
            *(("participants.countries", c) for c in countries),
            *(("participants.organisations", o) for o in organisations),
            *person_evidence(people),
        ]
        return Assembled(event, tuple(evidence))


def _with_year(dates: EventDates, named: Found[str] | None) -> EventDates:
    """Days that the text gives without a year, in the year of the event's name."""
    if not named or not dates.start or not dates.start.value.startswith("--"):
        return dates
    start = replace(dates.start, value=named.value + dates.start.value[1:])
    end = dates.end and replace(dates.end, value=named.value + dates.end.value[1:])
    return EventDates(start, end)

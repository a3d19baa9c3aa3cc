"""Puts the values of each event together and writes them down with their mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.parsers.entities.nominatives import nominative_of, nominative_phrase
from crawler.parsers.events.candidate import Candidate
from crawler.parsers.events.clusters import Cluster
from crawler.parsers.events.cue_phrases import CueHit
from crawler.parsers.events.dating import EventDates, choose_dates, page_month, year_of_name
from crawler.parsers.events.evidence import Found
from crawler.parsers.events.organisers import read_organisers, read_participants, same_body
from crawler.parsers.events.participants import Count, ParticipantReader
from crawler.parsers.events.people import EventPerson, PeopleReader
from crawler.parsers.events.placing import EventPlace, Placer
from crawler.parsers.events.roles import RoleReader, is_overview
from crawler.parsers.events.scene import Scene, SceneSentence
from crawler.parsers.events.series import after_drop, read_series
from crawler.parsers.events.sureness import sureness
from crawler.parsers.events.themes import read_theme
from indexer.document import Event, Mention, Participants, Role
from indexer.reference import Reference

_REACH = 3
"""Sentences behind an event's mention that still tell of it (theme, count)."""
_CREDIT = 160
"""Characters of a line that may be a picture's credit."""
_LATE = 12
"""Sentences behind it that may still say who organised it."""
_SIGNATURE_LINES = 3


@dataclass(frozen=True, slots=True)
class Assembled:
    """An event with the evidence of each value."""

    event: Event
    evidence: tuple[tuple[str, Found[object]], ...]
    """Field below the event (`place.city`) and its evidence."""

    def mentions(self, index: int) -> Iterator[Mention]:
        """Evidence as mentions of `events[index]`."""
        for field, found in self.evidence:
            value = found.value if isinstance(found.value, str | int) else str(found.value)
            yield Mention(
                f"events[{index}].{field}", found.part, found.start, found.end, "", value,
                sureness(found), found.rule, found.inferred,
            )  # fmt: skip


class Assembler:
    """Assembles the events of one scene from its clusters."""

    def __init__(
        self,
        reference: Reference,
        scene: Scene,
        people: PeopleReader,
        participants: ParticipantReader,
    ) -> None:
        self._scene = scene
        self._roles = RoleReader(scene)
        self._people = people
        self._candidates: Sequence[Candidate] = ()
        self._participants = participants
        self._placer = Placer(reference, scene, people.is_role)

    def assemble(
        self, clusters: Sequence[Cluster], candidates: Sequence[Candidate]
    ) -> list[Assembled]:
        """The events in the order of `clusters`, the first of which is the page's own."""
        self._candidates = candidates
        if not clusters:
            return []
        closed = _closed(clusters)
        dates = [choose_dates(self._scene, c, closed) for c in clusters]
        overview = is_overview(dates, self._scene.page.published)
        main_role = "mentioned" if overview else self._roles.role(clusters[0], dates[0], None)
        return [
            self._event(
                cluster,
                dates[i],
                closed,
                self._roles.role(cluster, dates[i], clusters[0]) if i else main_role,
                clusters,
            )
            for i, cluster in enumerate(clusters)
        ]

    def _event(
        self,
        cluster: Cluster,
        dates: EventDates,
        closed: frozenset[int],
        role: Role,
        clusters: Sequence[Cluster],
    ) -> Assembled:
        scene = self._scene
        near = [self._owned(s, cluster, clusters) for s in self._near(cluster, closed)]
        named = year_of_name(scene, cluster)
        if dates.start is None or (named and dates.start.value == named.value):
            month = page_month(scene) if role == "main" and self._roles.just_been(cluster) else None
            agree = month and (named is None or month.value[:4] == named.value)
            dates = EventDates(month if agree else named or dates.start)
        dates = _with_year(dates, named)
        place = self._placer.place(cluster, closed, self._candidates)
        name = self._name(cluster)
        ordinal = self._ordinal(cluster)
        series = read_series(scene, cluster) or self._shared_series(cluster, clusters)
        if series and scene.vocabulary.lang == "ru" and series.rule != "series.label":
            series = replace(series, value=nominative_of(series.value))
        theme = read_theme(scene, cluster, near)
        late = near if cluster.second else [
            self._owned(s, cluster, clusters) for s in self._near(cluster, closed, _LATE)
        ]  # fmt: skip
        organisers = read_organisers(scene, cluster, late)
        told = near if cluster.second else self._told(closed)
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
        people = self._persons(cluster, closed)
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
            *_some(
                ("name", name), ("series", series), ("ordinal", ordinal), ("start", dates.start)
            ),
            *_some(("end", dates.end), ("theme", theme), ("status", status)),
            *_place_evidence(place),
            *(("organisers", o) for o in organisers),
            *_count_evidence(count),
            *(("participants.countries", c) for c in countries),
            *(("participants.organisations", o) for o in organisations),
            *_person_evidence(people),
        ]
        return Assembled(event, tuple(evidence))

    def _near(
        self, cluster: Cluster, closed: frozenset[int], reach: int = _REACH
    ) -> list[SceneSentence]:
        """Sentences that tell of the event: its own, then the ones that follow."""
        own = cluster.sentences()
        if cluster.second:
            following = {i + 1 for i in own}
            return [
                s for s in self._scene.sentences
                if s.index in own or (s.index in following and any(c.start == s.start for c in s.cue("there")))
            ]  # fmt: skip
        ordered = [s for s in self._scene.sentences if s.index in own]
        for s in self._scene.sentences:
            follows = any(0 < s.index - i <= reach for i in own)
            if (
                follows
                and s.index not in own
                and s.index not in closed
                and s.zone in ("body", "list")
            ):
                ordered.append(s)
        first = cluster.best.sentence.index
        return sorted(ordered, key=lambda s: (s.zone == "headline", s.index != first, s.index))

    def _owned(
        self, sentence: SceneSentence, cluster: Cluster, clusters: Sequence[Cluster]
    ) -> SceneSentence:
        """The sentence without the cue phrases that stand behind a mention of another event."""
        heads = [
            (c.name.start, k is cluster) for k in clusters for c in k.candidates if c.sentence.index == sentence.index
        ]  # fmt: skip
        if all(mine for _, mine in heads):
            return sentence

        def mine(cue: CueHit) -> bool:
            before = [h for h in heads if h[0] <= cue.start] or [min(heads)]
            return max(before)[1]

        return replace(sentence, cues=tuple(c for c in sentence.cues if mine(c)))

    def _told(self, closed: frozenset[int]) -> list[SceneSentence]:
        """All running text that is open to the main event."""
        return [s for s in self._scene.body if s.index not in closed]

    def _persons(self, cluster: Cluster, closed: frozenset[int]) -> list[EventPerson]:
        authors = {a.casefold() for a in self._scene.page.authors}
        if cluster.second:
            best = cluster.best
            people = self._people.read(self._scene, [best.sentence], best.clause)
        else:
            own = [c.sentence for c in cluster.candidates if c.sentence.zone == "headline"]
            headline = own[:1] if cluster.best.sentence.zone == "headline" else []
            people = self._people.read(self._scene, [*headline, *self._without_contacts(closed)])
        signed = self._signatures() | self._asked()
        return [
            p
            for p in people
            if p.name.value.casefold() not in authors and (p.name.part, p.name.start) not in signed
        ]

    def _without_contacts(self, closed: frozenset[int]) -> list[SceneSentence]:
        """Running text without the lines that say whom to ask or who took the picture."""
        contact, credit = self._scene.vocabulary.contact_line, self._scene.vocabulary.credit_line
        lines = [(s, self._scene.text(s)) for s in self._told(closed)]
        return [
            s for s, text in lines if not contact.search(text) and not (credit.search(text) and len(text) < _CREDIT)
        ]  # fmt: skip

    def _asked(self) -> set[tuple[str, int]]:
        """Names that the page's contacts were read from."""
        return {
            (m.part, m.start) for m in self._scene.page.mentions if m.field.startswith("contacts[") and m.field.endswith(".name")
        }  # fmt: skip

    def _signatures(self) -> set[tuple[str, int]]:
        """Names that stand alone on a line just above a contact block."""
        sentences = self._scene.sentences
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

    def _name(self, cluster: Cluster) -> Found[str]:
        best = cluster.best
        part = best.sentence.part
        start, end = best.name.start, best.name.end
        generic = best.word in self._scene.vocabulary.generic_heads
        if generic and best.name.quote and best.name.year:
            start, end = best.name.quote
        if best.name.quote and best.name.ordinal and not generic:
            end = best.head[1]
        headline = self._headline(best)
        if headline and not cluster.second:
            return headline
        end = self._destination(best, end)
        start = after_drop(self._scene, part, start, end)
        text = self._scene.texts[part][start:end].rstrip(" ,")
        value = self._in_nominative(text, best, start)
        return Found(value, part, start, start + len(text), f"names.{best.kind}")

    def _in_nominative(self, text: str, best: Candidate, start: int) -> str:
        """Russian names as one writes them alone: (на) Горном форуме → Горный форум."""
        head = (best.head[0] - start, best.head[1] - start)
        if self._scene.vocabulary.lang != "ru" or best.kind in ("verb", "brand") or head[0] < 0:
            return text
        return nominative_phrase(text, head)

    def _destination(self, best: Candidate, end: int) -> int:
        """The end of where a journey goes, right behind its head (Reise nach Kasachstan)."""
        if best.kind != "trip":
            return end
        for place in best.sentence.of("places", "countries"):
            between = self._scene.masked[place.part][end : place.start].split()
            leads = between and between[0] in self._scene.vocabulary.place_prepositions
            if leads and len(between) <= 2 and end < place.start:
                return place.end
        return end

    def _headline(self, best: Candidate) -> Found[str] | None:
        """A journey told by its verb alone is called by the headline."""
        if best.kind != "verb":
            return None
        for s in self._scene.sentences:
            if s.zone == "headline" and not s.dates and s.end - s.start > 15:
                return Found(self._scene.text(s), s.part, s.start, s.end, "names.headline", 0.6)
        return None

    def _shared_series(self, cluster: Cluster, clusters: Sequence[Cluster]) -> Found[str] | None:
        """A bare further session ("XX сессия") belongs to the series of the page's own event."""
        main = clusters[0]
        if cluster is main or not (cluster.ordinal or cluster.next_cue):
            return None
        words = cluster.best.word, main.best.word
        return (
            read_series(self._scene, main)
            if words[0].endswith(words[1]) or words[1].endswith(words[0])
            else None
        )

    def _ordinal(self, cluster: Cluster) -> Found[int] | None:
        for c in cluster.candidates:
            if c.name.ordinal and c.name.ordinal_span:
                start, end = c.name.ordinal_span
                return Found(c.name.ordinal, c.sentence.part, start, end, "names.ordinal", 0.9)
        return None


def _with_year(dates: EventDates, named: Found[str] | None) -> EventDates:
    """Days that the text gives without a year, in the year of the event's name."""
    if not named or not dates.start or not dates.start.value.startswith("--"):
        return dates
    start = replace(dates.start, value=named.value + dates.start.value[1:])
    end = dates.end and replace(dates.end, value=named.value + dates.end.value[1:])
    return EventDates(start, end)


def _closed(clusters: Sequence[Cluster]) -> frozenset[int]:
    """Sentences that only second events are told in: closed to the main one."""
    main = clusters[0].sentences()
    return frozenset(i for c in clusters[1:] for i in c.sentences() if i not in main)


def _some(*pairs: tuple[str, Found[object] | None]) -> Iterator[tuple[str, Found[object]]]:
    return ((field, found) for field, found in pairs if found is not None)


def _place_evidence(place: EventPlace) -> Iterator[tuple[str, Found[object]]]:
    return _some(
        ("place.venue", place.venue), ("place.city", place.city), ("place.country", place.country)
    )


def _count_evidence(count: Count | None) -> Iterator[tuple[str, Found[object]]]:
    return _some(("participants.count", count.number if count else None))


def _person_evidence(people: Sequence[EventPerson]) -> Iterator[tuple[str, Found[object]]]:
    for j, person in enumerate(people):
        yield from _some(
            (f"persons[{j}].name", person.name),
            (f"persons[{j}].role", person.role),
            (f"persons[{j}].organisation", person.organisation),
        )

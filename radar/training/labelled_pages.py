"""Labelled pages as the models of events see them when they are trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crawler.parsers.events import EventReader
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.part_tagger.theme_tagger import ThemeTagger
from crawler.parsers.events.part_tagger.title_tagger import TitleTagger
from crawler.parsers.events.part_tagger.venue_tagger import VenueTagger
from crawler.parsers.events.people.participants import ParticipantReader
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.trained.event_models import PARAMETERS, read_models
from crawler.parsers.events.values.event_places import PlaceReader
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Mention, Page, Part
from indexer.records.labels import find_mentions
from indexer.records.reference import Reference, load_reference
from indexer.records.site import host
from radar.training.event_parts import FOLDS, TAUGHT, TrainingPart, folder_of_turn, turn_of

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with all that may be an event, and its labels."""

    page: AnnotatedPage
    candidates: Sequence[Candidate]
    record: Record

    @property
    def group(self) -> str:
        """What it is judged with (group_of)."""
        return group_of(self.record)

    def events_of(self, candidate: Candidate) -> list[int]:
        """The labelled events that a candidate mentions."""
        mentions = self.labelled("_events", candidate.sentence.part, *candidate.head)
        return [m["event"] for m in mentions if m["event"] is not None]

    def event_of(self, group: EventMentions) -> int | None:
        """The labelled event that most mentions of a group are of."""
        counts = Counter(event for c in group.candidates for event in self.events_of(c))
        return counts.most_common(1)[0][0] if counts else None

    def events_of_groups(
        self, groups: Sequence[EventMentions]
    ) -> Iterator[tuple[EventMentions, int | None]]:
        """Groups of mentions, each with its labelled event; a second group of one event has none,
        that of an optional event is left out.
        """
        taken: set[int] = set()
        for group in sorted(groups, key=lambda g: -g.score):
            event = self.event_of(group)
            if event is None or event in taken:
                yield group, None
            elif not self.record["events"][event].get("optional"):
                taken.add(event)
                yield group, event

    def labelled(self, kind: str, part: str, start: int, end: int) -> Iterator[Record]:
        """The labelled mentions of a kind (`_events`, `_orgs`) that share letters with a place in a
        part of the page.
        """
        base = self.base(part)
        for (begin, stop), mention in find_mentions(self.record["text"], self.record.get(kind, ())):
            if begin < end + base and start + base < stop:
                yield mention

    def base(self, part: str) -> int:
        """Where a part of the page begins in the labelled text."""
        return max(0, str(self.record["text"]).find(self.page.texts[part]))


def group_of(record: Record) -> str:
    """What a page is judged with by models that have not seen it: the pages of its hand, whose
    wording pages of other sites share; without one those of its site; without one itself.
    """
    return str(record.get("hand") or host(record.get("url")) or record["id"])


class DraftReader:
    """Reads what stands on labelled pages before their events are read: that takes longest, and all
    models are trained on it, so it is done once for a page.
    """

    def __init__(self, reference: Reference) -> None:
        self._pages = PageReader(reference)
        self._known: dict[tuple[str, str | None, str | None], Page] = {}

    @property
    def events(self) -> EventReader:
        """Reads the events of what was read."""
        return self._pages.events

    def read(self, record: Record) -> Page:
        """The page of a record without its events."""
        key = (record["text"], record.get("url"), record.get("published"))
        if key not in self._known:
            text, url, published = key
            raw = RawPage(html=None, text=text, url=url, published=published)
            self._known[key] = self._pages.read_draft(raw)
        return self._known[key]


class TrainingReader:
    """Reads labelled pages as the program does, up to what the models judge. `drafts`: the pages
    without their events, where others have read them; `turns`: folder of the gates in turn.
    """

    def __init__(self, drafts: DraftReader | None = None, turns: Path | None = None) -> None:
        self._drafts = drafts or DraftReader(load_reference())
        self._events = self._drafts.events.with_parameters(None)
        self._turns = turns

    def read(self, record: Record, *, labelled_bodies: bool = False) -> LabelledPage:
        """A page as the models see it, with the labelled bodies in place of those that it finds."""
        page = self._drafts.read(record)
        if labelled_bodies:
            page = with_labelled_bodies(page, record)
        annotated = self._events.annotate(page)
        return LabelledPage(annotated, self._events.candidates(annotated), record)

    def find_events(self, labelled: LabelledPage, part: str) -> list[EventMentions]:
        """The events of a page as a gate finds them that has not seen its hand: what stands behind
        the gate learns from events as unseen pages have them. Without gates in turn by the one in
        use.
        """
        file = PARAMETERS
        if self._turns is not None:
            turn = turn_of(part, labelled.group)
            file = folder_of_turn(self._turns, turn) / PARAMETERS.name
        return find_events(labelled.page, labelled.candidates, read_models(file))

    def place_reader(self, page: AnnotatedPage) -> PlaceReader:
        """What chooses the places of the events of a page."""
        return self._events.place_reader(page)

    def people_reader(self, page: AnnotatedPage) -> PeopleReader:
        """What reads persons on a page."""
        return self._events.people_reader(page)

    def participant_reader(self, page: AnnotatedPage) -> ParticipantReader:
        """What reads numbers and countries of participants on a page."""
        return self._events.participant_reader(page)

    def taggers(self, page: AnnotatedPage) -> tuple[TitleTagger, VenueTagger, ThemeTagger]:
        """What tags job titles, houses and themes on a page."""
        return self._events.taggers(page)


def taught_in_turn(
    drafts: DraftReader, turns: Path, parts: Mapping[TrainingPart, Sequence[Record]]
) -> Iterator[tuple[EventReader, Record, TrainingPart]]:
    """The pages that teach, each with what reads events by gates and roles in turn that have not
    seen its hand (turn_of), which lie in a folder.
    """
    readers = [
        drafts.events.with_parameters(folder_of_turn(turns, turn)) for turn in range(FOLDS + 1)
    ]
    for part in TAUGHT:
        for record in parts[part]:
            yield readers[turn_of(part, group_of(record))], record, part


def with_labelled_bodies(page: Page, record: Record) -> Page:
    """The page with the labelled bodies: most are unknown to the tables, and all have roles."""
    text = record["text"]
    mentions = [m for m in page.mentions if m.field != "organisations"]
    parts: tuple[Part, ...] = ("title", "text")
    for (start, end), label in find_mentions(text, record["_orgs"]):
        for part in parts:
            base = text.find(page.part(part))
            if page.part(part) and base <= start and end <= base + len(page.part(part)):
                mentions.append(
                    Mention(
                        "organisations",
                        part,
                        start - base,
                        end - base,
                        label["surface"],
                        label["surface"],
                    )
                )
    return replace(page, mentions=tuple(mentions))

"""A made-up search store and system of record behind the real application, served on loopback.

The pages are invented: organisations, people and sentences exist here only.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from indexer.access.keys import add_key
from indexer.access.scope import KEY_SCOPES, Scope
from indexer.alerts.watches import Watch
from indexer.database.engine import open_database
from indexer.documents.history import PastRevision
from indexer.events.change_lines import ReportedChange
from indexer.events.listing import (
    EventFilter,
    EventPlace,
    ListedEvent,
    ListedPerson,
    ReportingDocument,
)
from indexer.events.queries import ChangeInHistory, EventHistoryOf, LinkedDocument
from indexer.health.judgement import ADVICE
from indexer.query import QueryCompiler
from indexer.query.days import event_days
from indexer.query.fields import FACETS, MERGED_FIELDS
from indexer.query.naming import Naming, forms_of
from indexer.query.record import Details, SearchRecord, event_summary, record_of
from indexer.records.document import (
    KINDS,
    NOT_NEWS,
    Commodity,
    Contact,
    DocumentId,
    Event,
    Mention,
    Page,
    Part,
    Participants,
    Person,
    Place,
    StoredDocument,
    document_id,
)
from indexer.records.errors import QueryError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.reference import load_reference
from indexer.records.unasked import Way
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from indexer.stores.embedded import EmbeddedStore
from radar.configuration.settings import load_settings
from radar.installation.clock import Clock, real_clock
from radar.installation.installation import Installation
from radar.installation.watch_desk import DatabaseWatchDesk
from radar.service.key_ring import DatabaseKeyRing
from search_api.access.audit import AuditLog
from search_api.access.rules import AccessRules, Admission
from search_api.app import create_app
from search_api.labelling.desk import LabelDesk
from search_api.ports import (
    ArchivedAnswer,
    DocumentHistory,
    DocumentView,
    EventStretch,
    EventView,
    InstallationHealth,
    LastChanges,
    LastRun,
    LearntSite,
    RunStretch,
    RunView,
    SearchStore,
    SourceHistory,
    SourceRun,
    SourceView,
    WatchMatch,
    WatchView,
)
from search_api.watches.desk import NoWatches, WatchEntry

SEEN = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)

TEXT = """Die dritte Sitzung des Erzforums Mittelasien fand am 14. und 15. Mai 2024 in Karaganda \
statt. Rund 60 Fachleute aus Kasachstan, der Mongolei und Deutschland nahmen teil.

Gastgeber war die Kammer für Geologie. Den Vorsitz führte Dr. Paula Sandberg, Leiterin des \
Referats Lagerstätten im Institut für Erzkunde. Die Fachleute sprachen über Lithium und Wolfram \
sowie über die Strategie »Erze 2040«.

Die vierte Sitzung ist für den Herbst 2025 in Darchan geplant."""


def mention(
    page_field: str,
    surface: str,
    value: str | int | None,
    *,
    part: Part = "text",
    within: str = TEXT,
    inferred: bool = False,
) -> Mention:
    start = within.index(surface)
    return Mention(page_field, part, start, start + len(surface), surface, value, inferred=inferred)


HOSTILE = """<!doctype html><title>Archived</title><style>h1 { color: rgb(1, 2, 3) }</style>
<meta http-equiv="refresh" content="0; url=/sources"><h1 id="h">As it was — Ёж</h1>
<script>document.getElementById("h").textContent = "changed"</script>
<img src="/static/icon.svg" onerror="document.title = 'changed'"><iframe src="/"></iframe>
<form action="/login" method="post"><button>Send</button></form>"""
TITLE = "Erzforum Mittelasien: dritte Sitzung über Lithium & Wolfram <in Karaganda>"
CONTACT = "Ansprechpartnerin: Nele Harms, Tel. +49 30 5550 123, harms@erzkunde.example"

EVENT_PAGE = Page(
    url="https://www.erzkunde.example/aktuelles/erzforum-3?seite=1&druck=0",
    kind="event",
    lang="de",
    title=TITLE,
    teaser="Fachleute aus drei Ländern berieten über Lagerstätten.",
    text=TEXT,
    authors=("Nele Harms",),
    published="2024-05-17",
    parts={"byline": "17.05.2024, von Nele Harms", "contact": CONTACT},
    events=(
        Event(
            name="dritte Sitzung des Erzforums Mittelasien",
            series="Erzforum Mittelasien",
            ordinal=3,
            status="held",
            start="2024-05-14",
            end="2024-05-15",
            place=Place(city="Karaganda", country="KZ"),
            organisers=("Kammer für Geologie",),
            participants=Participants(count=60, approximate=True, countries=("KZ", "MN", "DE")),
            persons=(
                Person(
                    "Paula Sandberg",
                    "Leiterin des Referats Lagerstätten",
                    "Institut für Erzkunde",
                ),
            ),
        ),
        Event(
            name="vierte Sitzung",
            role="upcoming",
            status="scheduled",
            start="2025-autumn",
            place=Place(city="Darchan", country="MN"),
        ),
    ),
    countries=("KZ", "MN", "DE"),
    commodities=(
        Commodity("lithium", "lithium", "Lithium"),
        Commodity("tungsten", "tungsten", "Wolfram"),
    ),
    strategies=("Erze 2040",),
    contacts=(Contact(name="Nele Harms", phone="+49 30 5550 123", email="harms@erzkunde.example"),),
    mentions=(
        mention("published", "17.05.2024", "2024-05-17", part="byline", within="17.05.2024, von"),
        mention(
            "authors",
            "Nele Harms",
            "Nele Harms",
            part="byline",
            within="17.05.2024, von Nele Harms",
        ),
        mention("events[0].name", "dritte Sitzung des Erzforums Mittelasien", None),
        mention("events[0].series", "Erzforums Mittelasien", "Erzforum Mittelasien"),
        mention("events[0].ordinal", "dritte", 3),
        mention("events[0].start", "14. und 15. Mai 2024", "2024-05-14"),
        mention("events[0].end", "14. und 15. Mai 2024", "2024-05-15"),
        mention("events[0].place.city", "Karaganda", "Karaganda"),
        mention("events[0].place.country", "Karaganda", "KZ", inferred=True),
        mention("events[0].organisers", "Kammer für Geologie", "Kammer für Geologie"),
        mention("events[0].participants.count", "60", 60),
        mention("events[0].participants.countries", "Kasachstan", "KZ"),
        mention("events[0].participants.countries", "Mongolei", "MN"),
        mention("events[0].participants.countries", "Deutschland", "DE"),
        mention("events[0].persons[0].name", "Paula Sandberg", "Paula Sandberg"),
        mention("events[0].persons[0].role", "Leiterin des Referats Lagerstätten", None),
        mention("events[0].persons[0].organisation", "Institut für Erzkunde", None),
        mention("events[1].name", "vierte Sitzung", None),
        mention("events[1].start", "Herbst 2025", "2025-autumn"),
        mention("events[1].place.city", "Darchan", "Darchan"),
        mention("events[1].place.country", "Darchan", "MN", inferred=True),
        mention("countries", "Kasachstan", "KZ"),
        mention("countries", "Mongolei", "MN"),
        mention("countries", "Deutschland", "DE"),
        mention("commodities", "Lithium", "lithium"),
        mention("commodities", "Lithium", "lithium", part="title", within=TITLE),
        mention("commodities", "Wolfram", "tungsten"),
        mention("strategies", "Erze 2040", "Erze 2040"),
        mention("contacts[0].name", "Nele Harms", None, part="contact", within=CONTACT),
        mention("contacts[0].phone", "+49 30 5550 123", None, part="contact", within=CONTACT),
        mention(
            "contacts[0].email", "harms@erzkunde.example", None, part="contact", within=CONTACT
        ),
    ),
)

PAGES: Mapping[str, Page] = {
    "erzkunde": EVENT_PAGE,
    "gornoe-vedomstvo": Page(
        url="https://vedomstvo.example/ru/news/2025/litij",
        lang="ru",
        title="Горное ведомство начало разведку лития на востоке страны",
        text="Горное ведомство сообщило о начале разведки лития. Работы продлятся до 2027 года.",
        published="2025-02",
        commodities=(Commodity("lithium", "lithium", "лития"),),
    ),
    "ore-weekly": Page(
        url="https://oreweekly.example/2025/03/copper",
        lang="en",
        title="Copper output of the eastern mines grows for a third quarter",
        text="Output grew by four per cent. A tender for lithium brines is to follow in autumn.",
        published="2025-03-09",
        commodities=(Commodity("copper", "copper", "Copper"),),
    ),
    "import": Page(
        url="file:letters/undated.html",
        lang=None,
        title=None,
        kind="not-an-article",
        text="<script>alert(1)</script> stands in this text on lithium, \x0b and it stays text.",
    ),
}

LONG_ADDRESS = f"https://vedomstvo.example/novosti?{'0123456789' * 16}"
SOURCES = (
    SourceView(
        "erzkunde",
        "Institut für Erzkunde",
        "https://www.erzkunde.example/",
        "DE",
        ("de",),
        kind="survey",
        state="ok",
        last_run=LastRun(SEEN, {"new": 3, "unchanged": 41, "not-modified": 12}),
        newest="2024-05-17",
        documents=56,
        unasked=(
            Way("listing", "https://www.erzkunde.example/termine"),
            Way("sitemap", "https://www.erzkunde.example/sitemap.xml"),
        ),
    ),
    SourceView(
        "gornoe-vedomstvo",
        "Горное ведомство",
        "https://vedomstvo.example/",
        "KZ",
        ("ru", "kk"),
        kind="ministry",
        state="unreachable",
        state_reason=f"no answer from {LONG_ADDRESS} within 30 s",
        since=SEEN,
        next_try=SEEN.replace(hour=15),
        advice=ADVICE["unreachable"],
        overdue=True,
        last_run=LastRun(SEEN, {"unreachable": 1}, f"no answer from {LONG_ADDRESS}"),
        newest="2025-02",
        documents=1204,
    ),
    SourceView(
        "ore-weekly", "Ore Weekly", "https://oreweekly.example/", "INT", ("en",), state="ok"
    ),
    SourceView(
        "kupfer-verband",
        "Kupferverband",
        "javascript:alert(1)",
        "DE",
        ("de",),
        enabled=False,
        reason="address is a guess",
    ),
)

HISTORY = (
    (
        SourceRun(
            2,
            SEEN,
            "unreachable",
            f"no answer <b>within</b> 30 s: {LONG_ADDRESS}",
            {"unreachable": 1},
        ),
        SourceRun(1, SEEN.replace(day=1), "ok", None, {"new": 1204, "http-error": 2}),
    ),
    (
        LearntSite("www.erzkunde.example", 12, SEEN, True, None, 40, 2),
        LearntSite(f"{'geologie' * 7}.example", 3, SEEN, False, "no-article: <i>", 0, 0),
    ),
)
RUNS = (
    RunView(2, "running", SEEN, None, {}, {}),
    RunView(
        1,
        "done",
        SEEN.replace(day=1),
        SEEN.replace(day=1, hour=4),
        {"sources": ["erzkunde"]},
        {
            "seconds": 61.4,
            "bytes": 2_000_000,
            "outcomes": {"new": 1204, "http-error": 2},
            "revisions": 1204,
            "matches": 7,
            "sent": 1,
            "problems": [
                f"source <b>x</b>: not reached: {LONG_ADDRESS}",
                *(f"source y{number}: not reached" for number in range(7)),
            ],
        },
    ),
)

WATCHES = (
    WatchView("cluster-strategies", "Cluster strategies", "topic:cluster-strategies"),
    WatchView("desk-only", "By mail only", "lithium AND has:event", feed=False),
)


REPORT = ReportingDocument(
    document_id(EVENT_PAGE.url or ""), EVENT_PAGE.url or "", TITLE, "de", "erzkunde", "main"
)
CANCELLED = ReportedChange("e", "Forum <1>", "event-cancelled", "status", None, "cancelled")
EVENTS = (
    ListedEvent(
        "e0000000000000a1",
        "dritte Sitzung des Erzforums Mittelasien",
        series="Erzforum Mittelasien",
        ordinal=3,
        start="2024-05-14",
        end="2024-05-15",
        status="held",
        city="Karaganda",
        country="KZ",
        organisers=("Kammer für Geologie",),
        persons=(ListedPerson("Aigul <i>Omarova</i>", "Direktorin", "Kammer für Geologie"),),
        documents=(REPORT,),
        stated="2024-05-17",
    ),
    ListedEvent(
        "e0000000000000a2",
        "<b>Erzforum</b>; vierte, Sitzung\\ " + "mit sehr langem Namen " * 4,
        series="Erzforum Mittelasien",
        start="2099-05-30",
        end="2099-06-02",
        status="cancelled",
        city="Darchan",
        country="MN",
        documents=(dataclasses.replace(REPORT, role="upcoming"),),
        changes=2,
        stated="2024-06-01",
    ),
    ListedEvent("e0000000000000a3", "Herbsttreffen", start="2099-autumn", documents=(REPORT,)),
    ListedEvent("e0000000000000a4", "Treffen ohne Tag", documents=(REPORT,)),
)


def _is_wanted(event: ListedEvent, wanted: EventFilter) -> bool:
    days = event.days
    if days is None:
        return not wanted.by_days
    last = wanted.last if wanted.last is not None else days[0]
    before = wanted.before if wanted.before is not None else days[1] + 1
    inside = days[1] >= (wanted.first or 0) and days[0] <= last and days[1] < before
    told = wanted.documents is None or any(d.id in wanted.documents for d in event.documents)
    return inside and told and wanted.country in (None, event.country)


def documents() -> dict[str, DocumentView]:
    views: dict[str, DocumentView] = {}
    for source, page in PAGES.items():
        assert page.url is not None
        identity = document_id(page.url)
        views[identity] = DocumentView(
            identity, page, source, 2, SEEN, SEEN, last_outcome="unchanged"
        )
    linked, changes, revisions = _history_parts(views)
    history = DocumentHistory(
        ("https://old.example/1",),
        revisions,
        {0: EventHistoryOf("e0000000000000a1", linked, changes)},
    )
    views[event_document()] = dataclasses.replace(
        views[event_document()], last_outcome="gone", history=history
    )
    return views


def _history_parts(
    views: Mapping[str, DocumentView],
) -> tuple[tuple[LinkedDocument, ...], tuple[ChangeInHistory, ...], tuple[PastRevision, ...]]:
    """An event that was moved and is reported elsewhere too, and two revisions."""
    other = next(view for name, view in views.items() if name != event_document())
    address = other.page.url or ""
    linked = LinkedDocument(
        other.id, address, other.page.title, other.page.lang, "main", "same series and number"
    )
    reported = ReportedChange("e", "Forum <1>", "event-moved", "date", "2024-05-12", "2024-06-03")
    evidence = {"text": "Verschoben auf den <3. Juni>.", "marks": [[19, 28]]}
    change = ChangeInHistory(reported, SEEN, address, evidence)
    revisions = (
        PastRevision("https://old.example/1", 1, 1, SEEN, None, (), read_anew=False),
        PastRevision(
            address, 2, 2, SEEN, ("Neuer <b>Absatz</b>.",), ("Alter Absatz.",), read_anew=False
        ),
    )
    return (linked,), (change,), revisions


@dataclass
class SampleArchive:
    """An archive of a handful of documents."""

    views: dict[str, DocumentView] = field(default_factory=documents)
    configured: tuple[SourceView, ...] = SOURCES
    saved: tuple[WatchView, ...] = WATCHES
    problems: tuple[str, ...] = ()
    error: Exception | None = None

    def document(self, id_or_url: str) -> DocumentView | None:
        if self.error:
            raise self.error
        return self.views.get(id_or_url) or self.views.get(document_id(id_or_url))

    def archived(self, document: DocumentId) -> ArchivedAnswer | None:
        """Of the first document a page that tries everything, of the second one a PDF."""
        kinds = ("text/html; charset=utf-8", "application/pdf")
        answers = dict(zip(self.views, kinds, strict=False))
        if document not in answers:
            return None
        url = self.views[document].page.url or ""
        return ArchivedAnswer(url, answers[document], HOSTILE.encode(), SEEN)

    @property
    def source_names(self) -> dict[str, str]:
        return {source.id: source.name for source in self.sources()}

    def sources(self) -> tuple[SourceView, ...]:
        return self.configured

    def source(self, identity: str) -> SourceHistory | None:
        return next((SourceHistory(s, *HISTORY) for s in self.sources() if s.id == identity), None)

    def runs(self, limit: int, before: int | None = None) -> RunStretch:
        if self.error:
            raise self.error
        found = [run for run in RUNS if before is None or run.id < before]
        return RunStretch(len(RUNS), tuple(found[:limit] if limit else found))

    def events(
        self, wanted: EventFilter, after: EventPlace | None, limit: int, *, latest_first: bool
    ) -> EventStretch:
        if self.error:
            raise self.error
        found = [event for event in EVENTS if self.views and _is_wanted(event, wanted)]
        found.sort(key=lambda event: event.days or (0, 0), reverse=latest_first)
        ids = [event.id for event in found]
        first = ids.index(after.id) + 1 if after else 0
        stretch = found[first : first + limit]
        more = first + limit < len(found)
        last = EventPlace((stretch[-1].days or (0, 0))[0], stretch[-1].id) if more else None
        return EventStretch(len(found), tuple(stretch), last)

    def event(self, identity: str) -> EventView | None:
        if self.error:
            raise self.error
        history = _history_parts(self.views)[1] if self.views else ()
        return next((EventView(e, history) for e in EVENTS if e.id == identity), None)

    def events_told_by(self, documents: Sequence[DocumentId]) -> list[ListedEvent]:
        return [e for e in EVENTS if any(d.id in documents for d in e.documents)]

    def watches(self) -> tuple[WatchView, ...]:
        return self.saved

    def watch_matches(self, watch: str, limit: int) -> tuple[WatchMatch, ...]:
        entries = []
        for number, view in enumerate(self.views.values()):
            text = view.page.text
            entries.append(
                WatchMatch(
                    id=f"urn:rohstoffradar:match:{watch}:{view.id}",
                    document=view.id,
                    title=view.page.title,
                    url=view.page.url or "",
                    when=replace_hour(number),
                    source=view.source,
                    passages=(MarkedPassage(text.split("\n\n")[0], ((0, 3),)),),
                    terms=("Strategie", "<b>"),
                    events=(CANCELLED,) if number == 1 else (),
                    first_look=number == 0,
                )
            )
        return tuple(reversed(entries))[:limit]

    def complete_until(self) -> datetime:
        if self.error:
            raise self.error
        return SEEN

    def last_changes(self) -> LastChanges:
        if self.error:
            raise self.error
        return LastChanges(SEEN if self.views else None)

    def health(self) -> InstallationHealth:
        if self.error:
            raise self.error
        return InstallationHealth(
            documents=len(self.views),
            sources=sum(s.enabled for s in self.configured),
            last_run=SEEN if self.views else None,
            problems=self.problems,
        )


def replace_hour(number: int) -> datetime:
    return SEEN.replace(hour=3 + number)


@dataclass
class SampleStore:
    """Finds a word as it stands in title and text; enough to drive every page."""

    views: dict[str, DocumentView] = field(default_factory=documents)
    error: Exception | None = None
    requests: list[SearchRequest] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        if self.error:
            raise self.error
        if "(" in request.query:
            raise QueryError(
                "a bracket is opened and never closed",
                position=request.query.index("("),
                reason="unbalanced-bracket",
                hint="Write ) where the group ends.",
            )
        request = _with_values(request)
        found = [v for v in self.views.values() if _matches(v, request)]
        start = int(request.cursor or 0)
        stretch = found[start : start + request.limit]
        more = start + request.limit < len(found)
        return SearchResult(
            total=len(found),
            hits=tuple(_hit(v, request) for v in stretch),
            facets=self._facets(request) if request.facets else {},
            next=str(start + request.limit) if more else None,
            days=Counter(
                days[0] for v in found if (days := event_days(v.page.published, None)) is not None
            )
            if request.timeline
            else {},
            chosen=request.filters,
        )

    def values(self, field: str, request: SearchRequest | None = None) -> tuple[FacetValue, ...]:
        request = request or SearchRequest("*", news_only=True, facets=True, limit=1)
        found = self.search(request).facets[field]
        return tuple(value for value in found if value.count)

    def found_among(self, queries: Sequence[str], documents: object) -> list[tuple[()]]:
        return [() for _ in queries]

    def nearest(self, text: str, request: SearchRequest) -> dict[DocumentId, float]:
        return {}

    def hits_of(self, request: SearchRequest, documents: object) -> tuple[()]:
        return ()

    def days(self, field: str, values: Sequence[str]) -> dict[str, dict[int, int]]:
        request = SearchRequest("*", news_only=True, limit=1, timeline=True)
        found = {
            value: dict(self.search(dataclasses.replace(request, filters={field: (value,)})).days)
            for value in values
        }
        return {value: days for value, days in found.items() if days}

    def _facets(self, request: SearchRequest) -> dict[str, tuple[FacetValue, ...]]:
        """Each field is counted without its own filter, as the port says."""
        facets: dict[str, tuple[FacetValue, ...]] = {}
        for name in FACETS:
            found = [v for v in self.views.values() if _matches(v, request, without=name)]
            chosen = request.filters.get(name, ())
            counts = Counter(value for view in found for value in _values(view).get(name, ()))
            counts.update(dict.fromkeys(chosen, 0))
            names: dict[str, tuple[str, ...]] = {
                c.id: (c.name,) for view in found for c in view.page.commodities
            }
            names |= {"karaganda": ("Karagandy",), "berlin": ("Berlin",)}
            names |= forms_of((form, 1) for view in found for form in _forms(view).get(name, ()))
            facets[name] = tuple(
                FacetValue(value, names.get(value, (value,))[0], count, names.get(value, ()))
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            )
        return facets


def _with_values(request: SearchRequest) -> SearchRequest:
    """The request with its filters as the index has them, and a query for a value as any page."""
    filters = {
        field: tuple(Naming().value(field, v) if field in MERGED_FIELDS else v for v in values)
        for field, values in request.filters.items()
    }
    asks_for_value = any(request.query.startswith(f'{field}:"') for field in FACETS)
    query = "*" if asks_for_value else request.query
    return dataclasses.replace(request, filters=filters, query=query)


@contextlib.contextmanager
def embedded_samples(
    folder: Path, views: Mapping[str, DocumentView] | None = None
) -> Iterator[EmbeddedStore]:
    """The sample documents in the embedded store, or others."""
    store = EmbeddedStore(folder, QueryCompiler(load_reference(), {}), writable=True)
    try:
        store.write(
            [
                StoredDocument(v.id, v.page.url or "", v.source, v.revision, v.first_seen, v.page)
                for v in (views or documents()).values()
            ]
        )
        yield store
    finally:
        store.close()


def _record(view: DocumentView) -> SearchRecord:
    return record_of(
        StoredDocument(
            view.id, view.page.url or "", view.source, view.revision, view.first_seen, view.page
        )
    )


def _forms(view: DocumentView) -> Mapping[str, Sequence[str]]:
    details = _record(view).details
    return details.forms if isinstance(details, Details) else {}


def _values(view: DocumentView) -> Mapping[str, Sequence[str]]:
    return _record(view).values


def _matches(view: DocumentView, request: SearchRequest, without: str = "") -> bool:
    values = _values(view)
    word = request.query.strip().casefold()
    filters = {k: chosen for k, chosen in request.filters.items() if k != without}
    if request.news_only and "kind" not in request.filters and without != "kind":
        filters["kind"] = tuple(kind for kind in KINDS if kind not in NOT_NEWS)
    narrowed = all(set(values.get(k, ())) & set(chosen) for k, chosen in filters.items())
    published = event_days(view.page.published, None)
    narrowed = narrowed and (request.seen_since is None or request.seen_since <= view.first_seen)
    if request.published_from or request.published_to:
        first, last = request.published_from or "0001-01-01", request.published_to or "9999-12-31"
        asked = event_days(first, last) or (0, 0)
        narrowed = (
            narrowed
            and published is not None
            and (published[0] <= asked[1] and asked[0] <= published[1])
        )
    haystack = f"{view.page.title} {view.page.text}".casefold()
    return narrowed and (word == "*" or word in haystack)


def _hit(view: DocumentView, request: SearchRequest) -> Hit:
    page = view.page
    passages = []
    for text in (page.title, *page.text.split("\n\n")):
        at = (text or "").casefold().find(request.query.casefold())
        if text and at >= 0:
            passages.append(MarkedPassage(text, ((at, at + len(request.query)),)))
    if not passages:
        passages.append(MarkedPassage(page.text.split("\n\n")[0], ()))
    score = 1.5 if request.sort == "relevance" else None
    return Hit(
        id=view.id,
        url=page.url or "",
        title=page.title,
        source=view.source,
        lang=page.lang,
        kind=page.kind,
        published=page.published,
        score=score,
        passages=tuple(passages),
        event=next((event_summary(event) for event in page.events), None),
        commodities=tuple(commodity.id for commodity in page.commodities),
    )


class SampleWatches(NoWatches):
    """Two watches; nothing is kept."""

    def entries(self) -> tuple[WatchEntry, ...]:
        desk = Watch("desk-only", "Desk <1>", "lithium", ("mailto:a@desk.example",), "weekly mon")
        strategies = Watch("cluster-strategies", "Strategies", "strategy", ("feed",))
        return (
            WatchEntry(strategies, editable=False),
            WatchEntry(desk, editable=True, changed=SEEN),
        )

    def check(self, content: Mapping[str, Any]) -> Watch:
        return Watch(**{"id": "new", **content})


def sample_app() -> FastAPI:
    """The application over the sample data."""
    return create_app(SampleStore(), SampleArchive(), desk=SampleWatches())


@cache
def described_api() -> dict[str, Any]:
    """Its OpenAPI document, made once for all modules that read it."""
    return sample_app().openapi()


def described_operations() -> list[str]:
    """Method and path of all that the OpenAPI document describes, without it: to make it takes a
    second, of each process that collects tests.
    """
    return [
        f"{method} {route.path_format}"
        for route in _described_routes(sample_app().routes)
        for method in sorted(route.methods)
    ]


def _described_routes(routes: Sequence[Any]) -> Iterator[Any]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _described_routes(route.original_router.routes)
        elif getattr(route, "include_in_schema", False) and hasattr(route, "methods"):
            yield route


def _with_places() -> dict[str, DocumentView]:
    """The sample documents, of which the one on an event names places, too."""
    views, told = documents(), event_document()
    page = dataclasses.replace(views[told].page, places=("karaganda", "berlin"))
    return views | {told: dataclasses.replace(views[told], page=page)}


def map_app() -> FastAPI:
    """The same with pages that name places, and the tables that know where they are."""
    views = {name: view for name, view in _with_places().items() if name == event_document()}
    return create_app(SampleStore(views), SampleArchive(views), reference=load_reference())


@contextlib.contextmanager
def working_app(folder: Path) -> Iterator[FastAPI]:
    """The sample data in the embedded store, with watches that are kept in a real database."""
    folder.mkdir(exist_ok=True)
    opened = Installation(load_settings(folder, {}, home=folder))
    engine = open_database(opened.settings.database)
    desk = DatabaseWatchDesk(opened, lambda: engine, real_clock)
    views = _with_places()
    with embedded_samples(folder / "index", views) as store:
        yield create_app(store, SampleArchive(views), desk=desk, reference=load_reference())
    engine.dispose()


@dataclass(frozen=True)
class Guarded:
    """The application over the sample data, with a key of each scope in a real database."""

    app: FastAPI
    keys: Mapping[str, str]
    """Scope, which is the key's name too → key."""
    database: str
    log: Path

    def bearer(self, scope: str = "read") -> dict[str, str]:
        """The header with the key of this scope."""
        return {"Authorization": f"Bearer {self.keys[scope]}"}

    def audit(self) -> list[dict[str, Any]]:
        """The audit log."""
        file = self.log / "audit.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()]


def guarded_app(
    folder: Path,
    rules: AccessRules | None = None,
    clock: Clock = real_clock,
    *,
    scopes: tuple[Scope, ...] = KEY_SCOPES,
    search: SearchStore | None = None,
    labels: LabelDesk | None = None,
) -> Guarded:
    """Asks for keys, unless `rules` say otherwise."""
    folder.mkdir(exist_ok=True)
    database = f"sqlite:///{folder / 'radar.db'}"
    engine = open_database(database)
    with engine.begin() as connection:
        made = {scope.value: add_key(connection, scope.value, scope, clock()) for scope in scopes}
    engine.dispose()
    app = create_app(
        search or SampleStore(),
        SampleArchive(),
        desk=SampleWatches(),
        rules=rules or AccessRules(Admission.KEYS),
        keys=DatabaseKeyRing(database, clock),
        audit=AuditLog(folder / "log"),
        labels=labels,
    )
    return Guarded(app, {name: key or "" for name, key in made.items()}, database, folder / "log")


def empty_app() -> FastAPI:
    """An installation that has collected nothing yet."""
    return create_app(SampleStore(views={}), SampleArchive(views={}, saved=()))


@contextlib.contextmanager
def served(app: FastAPI, root: str = "") -> Iterator[str]:
    """Base address of the application on a free loopback port, until the block ends.

    `root` is the path that a proxy in front of it takes away.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", root_path=root)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


PATIENCE = 60.0
"""Seconds that a test waits for an answer: machines of tests are busy."""


@contextlib.contextmanager
def client(app: FastAPI, root: str = "") -> Iterator[httpx.Client]:
    """An HTTP client of the served application."""
    with (
        served(app, root) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=PATIENCE) as http,
    ):
        yield http


def event_document() -> DocumentId:
    """Id of the page with two events."""
    assert EVENT_PAGE.url is not None
    return document_id(EVENT_PAGE.url)

"""Assembles the application: routes, middleware, static files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from indexer.query.concepts import concepts_of
from indexer.query.naming import Naming
from indexer.query.other_words import OtherWords
from indexer.records.errors import RadarError
from indexer.records.reference import NO_REFERENCE, Reference
from search_api.access.audit import AuditLog
from search_api.access.gate import Gate
from search_api.access.key_ring import KeyRing, NoKeys
from search_api.access.rules import AccessRules
from search_api.api.answers import problem_answers
from search_api.api.examples import with_examples
from search_api.api.routes import ApiRoutes
from search_api.archive_routes import ArchiveRoutes
from search_api.coverage import CoverageReader
from search_api.error_responses import ErrorResponses
from search_api.events.event_list import EventList
from search_api.events.pages import EventPages
from search_api.events.routes import EventRoutes
from search_api.exports.routes import ExportRoutes
from search_api.facets.facet_list import FacetList
from search_api.facets.pages import FacetPages
from search_api.facets.routes import FacetRoutes
from search_api.feeds.routes import FeedRoutes
from search_api.labelling.desk import LabelDesk
from search_api.labelling.pages import LabelPages
from search_api.middleware.compression import Compression
from search_api.middleware.conditional import ConditionalAnswers
from search_api.middleware.headers import SecurityHeaders
from search_api.middleware.interface_language import InterfaceLanguage
from search_api.middleware.request_counts import CountRequests, RequestCounts
from search_api.names.directory import Directory
from search_api.names.pages import NamePages
from search_api.names.routes import NameRoutes
from search_api.names.series import SeriesReader
from search_api.near_meaning import WaysToSay
from search_api.pages.login import LoginRoutes
from search_api.pages.record import Names
from search_api.pages.rendering import Templates
from search_api.pages.routes import PageRoutes
from search_api.pages.start import StartReader
from search_api.ports import DocumentArchive, SearchStore
from search_api.related.related_pages import RelatedPages
from search_api.related.routes import RelatedRoutes
from search_api.runs.pages import RunPages
from search_api.runs.routes import RunRoutes
from search_api.static_files import StaticFolder
from search_api.suggestions.empty_results import EmptyResults
from search_api.suggestions.routes import SuggestionRoutes
from search_api.suggestions.vocabulary import Vocabulary
from search_api.unknown_parameters import refuse_unknown
from search_api.watches.desk import NoWatches, WatchDesk
from search_api.watches.pages import WatchPages
from search_api.watches.routes import WatchRoutes
from search_api.watches.unsubscribe import UnsubscribeRoutes


def create_app(
    search: SearchStore,
    archive: DocumentArchive,
    *,
    desk: WatchDesk | None = None,
    reference: Reference | None = None,
    ways_to_say: WaysToSay | None = None,
    zone: tzinfo = UTC,
    version: str = "0",
    rules: AccessRules | None = None,
    keys: KeyRing | None = None,
    audit: AuditLog | None = None,
    labels: LabelDesk | None = None,
) -> FastAPI:
    """The application over a search store and a system of record.

    `reference` provides names for ids on the document page, `ways_to_say` what words of a query may
    be called in pages (without it made of `reference`); `zone` is the time zone of the pages.
    Without `desk` there are no watches, without `labels` no page can be labelled. Without `rules`
    and `keys` it answers whoever is on this machine, and nobody else. All ports are called from
    several threads at once.
    """
    keys = keys or NoKeys()
    rules = rules or AccessRules()
    names = Names(reference)
    templates = Templates(zone, names.towns)
    counts = RequestCounts()
    app = FastAPI(
        title="Rohstoffradar",
        version=version,
        description="Search over raw-materials news of partner organisations.",
        docs_url=None,  # the stock page loads its scripts from a CDN; /docs is our own
        redoc_url=None,
        responses=problem_answers(400, 401, 403, 429),
        dependencies=[Depends(refuse_unknown)],
    )
    vocabulary = Vocabulary(search, reference)
    shared = _Shared(
        search=search,
        archive=archive,
        reference=reference,
        names=names,
        templates=templates,
        coverage=CoverageReader(archive),
        vocabulary=vocabulary,
        empty=EmptyResults(search, vocabulary, lambda: archive.source_names, names.called),
        counts=counts,
        ways_to_say=ways_to_say or OtherWords(reference or NO_REFERENCE),
        zone=zone,
        public_url=rules.public_url,
    )
    for router in (
        *_list_routers(shared),
        *_page_routers(shared, labels),
        *_personal_routers(desk or NoWatches(), keys, templates),
    ):
        app.include_router(router)
    app.openapi = with_examples(app)  # type: ignore[method-assign]  # as FastAPI documents it
    app.mount("/static", StaticFolder(), name="static")
    respond = ErrorResponses(templates)
    for expected in (RadarError, RequestValidationError, HTTPException):
        app.add_exception_handler(expected, respond.expected)
    app.add_exception_handler(Exception, respond.unexpected)
    app.add_middleware(ConditionalAnswers)
    app.add_middleware(Compression)
    app.add_middleware(Gate, rules=rules, keys=keys, audit=audit, refuse=respond.expected)
    app.add_middleware(InterfaceLanguage)
    app.add_middleware(CountRequests, counts=counts)
    app.add_middleware(SecurityHeaders)  # outside: what is made of HEAD has the route that counts
    return app


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What routes of several kinds use."""

    search: SearchStore
    archive: DocumentArchive
    reference: Reference | None
    names: Names
    templates: Templates
    coverage: CoverageReader
    vocabulary: Vocabulary
    empty: EmptyResults
    counts: RequestCounts
    ways_to_say: WaysToSay
    zone: tzinfo
    public_url: str | None

    def now(self) -> datetime:
        """The moment, in the time zone of the pages."""
        return datetime.now(self.zone)


def _list_routers(shared: _Shared) -> Iterator[APIRouter]:
    """Routes of the search for programs, of its exports, and of lists that it is the source of."""
    search, archive, templates = shared.search, shared.archive, shared.templates
    exports = ExportRoutes(search, archive, shared.public_url, shared.zone, shared.coverage)
    yield ApiRoutes(
        search,
        archive,
        exports.by_accept,
        shared.counts,
        shared.coverage,
        instead=lambda parameters, total: shared.empty.help(parameters, total).to_json(
            "/api/search"
        ),
        ways_to_say=shared.ways_to_say,
        now=shared.now,
    ).router()
    yield exports.router()
    similar = shared.vocabulary.similar
    called = shared.names.called
    events = EventList(search, archive, shared.zone, shared.names.towns, similar, called=called)
    yield EventRoutes(events, archive, shared.public_url, shared.coverage).router()
    yield EventPages(events, archive, templates, shared.coverage, called).router()
    directory = Directory(search, shared.reference, similar, called)
    naming = Naming(concepts_of(shared.reference) if shared.reference else None)
    series = SeriesReader(search, archive, naming)
    yield NameRoutes(directory, series, archive, shared.coverage).router()
    yield NamePages(
        directory, series, archive, templates, shared.names, coverage=shared.coverage
    ).router()
    facets = FacetList(search, shared.names)
    yield FacetRoutes(facets, archive).router()
    yield FacetPages(facets, archive, templates, naming).router()
    yield ArchiveRoutes(archive).router()
    yield RunRoutes(archive).router()
    yield RunPages(archive, templates).router()
    yield FeedRoutes(archive, shared.public_url).router()


def _page_routers(shared: _Shared, labels: LabelDesk | None) -> Iterator[APIRouter]:
    """Routes of the search page and of documents, with what stands beside them."""
    search, archive, templates = shared.search, shared.archive, shared.templates
    yield SuggestionRoutes(shared.vocabulary).router()
    if labels is not None:
        yield LabelPages(labels, templates).router()
    related = RelatedPages(search)
    yield RelatedRoutes(related, archive).router()
    yield PageRoutes(
        search,
        archive,
        shared.names,
        templates,
        shared.coverage,
        empty=shared.empty,
        start=StartReader(archive, search, shared.now),
        related=related,
        ways_to_say=shared.ways_to_say,
        now=shared.now,
        labelling=labels is not None,
    ).router()


def _personal_routers(desk: WatchDesk, keys: KeyRing, templates: Templates) -> Iterator[APIRouter]:
    """Routes of watches and of the login."""
    yield WatchRoutes(desk).router()
    yield WatchPages(desk, templates).router()
    yield UnsubscribeRoutes(desk, templates).router()
    yield LoginRoutes(keys, templates).router()

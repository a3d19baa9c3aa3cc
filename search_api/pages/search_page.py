"""The search page as plain records, ready for its template. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urlencode

from indexer.query.record import EventSummary
from indexer.stores.base import FacetValue, Hit, Place, SearchResult
from indexer.stores.facets import most_values
from search_api.language import number, t, tn
from search_api.page_words import (
    EVENT_LINKS,
    EXPORTS,
    FILTERS,
    NO_TITLE,
    SORT_LINKS,
    SORTS,
    articles,
    facet_label,
    partial_date,
    value_label,
)
from search_api.pages.highlight import Segment, segments
from search_api.pages.timeline import Bar, bars
from search_api.pages.watch_link import new_watch_address, watch_query, watched_filters
from search_api.parameters import SearchParameters
from search_api.ports import InstallationHealth

FACET_VALUES = 8
"""Values of a filter that are shown, besides those chosen; a page of its own has all."""
MOST_TAGS = 6
"""Raw materials that are shown with a hit."""
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes the search."""

    label: str
    address: str
    active: bool = False
    count: int | None = None
    id: str | None = None
    """By which it is known again when the search has changed: it keeps the focus."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values."""

    label: str
    shown: tuple[Choice, ...]
    more: Choice | None
    """The list of all values; None: these are all."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit as the page shows it."""

    id: str
    url: str
    title: tuple[Segment, ...]
    source: str
    lang: str | None
    kind: str
    published: str | None
    event: EventSummary | None
    passages: tuple[tuple[Segment, ...], ...]
    others: tuple[OtherPlace, ...]
    """The other pages of its story."""
    languages: int
    """In which the story is told."""
    commodities: tuple[Choice, ...] = ()
    """The raw materials that it names; each link narrows the search to one."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Another page of a story."""

    id: str
    title: str
    source: str
    lang: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything that the search page shows."""

    parameters: SearchParameters
    status: str
    incomplete: bool
    """A part of the store did not answer: there may be more hits."""
    sorts: tuple[Choice, ...]
    events: tuple[Choice, ...]
    """Where hits are in the order of their events: lists of these."""
    active: tuple[Choice, ...]
    """Active filters; each link removes one."""
    filters: tuple[Filter, ...]
    results: tuple[HitRow, ...]
    next: str | None
    first: str | None
    """Link from any other page of the result to the first one."""
    feed: str
    json: str
    timeline: tuple[Bar, ...]
    exports: tuple[Choice, ...]
    """The whole search as files."""
    sources: Mapping[str, str]
    """Id → name."""
    watch: str | None
    """Form of a watch of this search; None: it would tell of everything."""


Labels: TypeAlias = Mapping[tuple[str, str], str]
Facets: TypeAlias = Mapping[str, Sequence[FacetValue]]


def search_page(
    parameters: SearchParameters,
    result: SearchResult,
    sources: Mapping[str, str],
    milliseconds: int,
    named: Callable[[Facets], Facets] = dict,
) -> SearchPage:
    """Assemble the page; `sources` maps ids to names, `named` gives the values that are shown their
    names in the language of the page.
    """
    chosen = {field: list(values) for field, values in result.chosen.items()}
    plain = parameters.model_copy(update={"cursor": None, **chosen})
    shown = named(_shown(plain.filters, result.facets))
    labels = _labels(shown, sources)
    return SearchPage(
        parameters=parameters,
        status=f"{articles(result.total)}, {t(SORTS[parameters.order])}, "
        + t("{n} ms", n=milliseconds),
        incomplete=result.incomplete,
        sorts=tuple(
            Choice(
                t(label),
                plain.address("/", sort=sort),
                active=sort == parameters.order,
                id=f"by-{sort}",
            )
            for sort, label in SORT_LINKS.items()
            if sort != "event_date" or sort == parameters.order
        ),
        events=tuple(_events(plain)),
        active=tuple(_active(plain, labels)),
        filters=tuple(_filters(plain, shown, result.facets, labels)),
        results=tuple(_results(plain, result, sources, named)),
        next=plain.address("/", cursor=result.next) if result.next else None,
        first=plain.address("/") if parameters.cursor else None,
        feed=plain.address("/search.atom"),
        json=plain.address("/api/search"),
        timeline=bars(plain, result.days),
        exports=tuple(
            Choice(t(label), plain.address(path, limit=20)) for label, path in EXPORTS.items()
        ),
        sources=sources,
        watch=new_watch_address(plain, _watched(plain, labels)),
    )


def _shown(chosen: Mapping[str, Sequence[str]], facets: Facets) -> Facets:
    """The values that the page shows of each facet: the first ones, and those chosen."""
    return {
        field: [
            *values[:FACET_VALUES],
            *(value for value in values[FACET_VALUES:] if value.value in chosen.get(field, ())),
        ]
        for field, values in facets.items()
    }


def _events(parameters: SearchParameters) -> Iterator[Choice]:
    """The lists of the events of which the pages of a search tell: those that its order asks for
    first, both where it takes all alike.
    """
    if parameters.order not in ("event_date", *EVENT_LINKS):
        return
    query = watch_query(parameters)
    for when, label in EVENT_LINKS.items():
        if parameters.order not in ("event_date", when):
            continue
        asked = {"q": query, "when": when} if query else {"when": when}
        yield Choice(t(label), f"/events?{urlencode(asked)}")


def _watched(parameters: SearchParameters, labels: Labels) -> Iterator[str]:
    """The values of filters that a watch of the search has, as the page calls them."""
    for field, values in watched_filters(parameters):
        for value in values:
            yield _label(field, value, labels)


def _labels(facets: Facets, sources: Mapping[str, str]) -> Labels:
    """(facet, value) → label."""
    return {
        (field, v.value): value_label(field, v, sources)
        for field, values in facets.items()
        for v in values
    }


def _label(field: str, value: str, labels: Labels) -> str:
    """A value as its facet calls it, which need not have it."""
    return labels.get((field, value)) or facet_label(field, value, value, {})


def _active(parameters: SearchParameters, labels: Labels) -> Sequence[Choice]:
    chosen = []
    for field, values in parameters.filters.items():
        for value in values:
            label = _label(field, value, labels)
            address = parameters.toggle("/", field, value)
            chosen.append(Choice(f"{t(FILTERS[field])}: {label}", address, active=True))
    if parameters.from_:
        label = t("From {day}", day=partial_date(parameters.from_))
        chosen.append(Choice(label, parameters.address("/", from_=None), active=True))
    if parameters.to:
        label = t("To {day}", day=partial_date(parameters.to))
        chosen.append(Choice(label, parameters.address("/", to=None), active=True))
    return chosen


def _filters(
    parameters: SearchParameters, shown: Facets, facets: Facets, labels: Labels
) -> Sequence[Filter]:
    filters, in_force = [], parameters.filters
    for field, label in FILTERS.items():
        chosen = in_force.get(field, ())
        values = shown.get(field, ())
        addresses = parameters.toggles("/", field, [v.value for v in values])
        choices = tuple(
            Choice(
                labels[field, v.value],
                address,
                active=v.value in chosen,
                count=v.count,
                id=f"{field}-{_SPACE.sub('_', v.value)}",
            )
            for v, address in zip(values, addresses, strict=True)
        )
        if choices:
            more = _more(parameters, field, len(facets[field]), len(choices))
            filters.append(Filter(t(label), choices, more))
    return filters


def _more(parameters: SearchParameters, field: str, counted: int, shown: int) -> Choice | None:
    """The link to all values of a field, where some are left."""
    if counted == shown:
        return None
    many = counted >= most_values(field)  # there may be more than were counted
    label = t("all values") if many else t("{n} more", n=number(counted - shown))
    return Choice(label, parameters.address(f"/facets/{field}", limit=20))


def _results(
    parameters: SearchParameters,
    result: SearchResult,
    sources: Mapping[str, str],
    named: Callable[[Facets], Facets],
) -> Iterator[HitRow]:
    """The hits, each with what raw materials it names."""
    found = {value for hit in result.hits for value in hit.commodities}
    known = [v for v in result.facets.get("commodity", ()) if v.value in found]
    shown = named({"commodity": known})["commodity"]
    addresses = parameters.toggles("/", "commodity", [v.value for v in shown])
    tags = {
        v.value: Choice(v.label, address)
        for v, address in zip(shown, addresses, strict=True)
        if v.value not in parameters.filters.get("commodity", ())
    }
    for hit in result.hits:
        named_by_it = [tags[value] for value in hit.commodities if value in tags]
        yield replace(hit_row(hit, sources), commodities=tuple(named_by_it[:MOST_TAGS]))


def hit_row(hit: Hit, sources: Mapping[str, str]) -> HitRow:
    """A hit as pages show it; `sources` maps ids to names."""
    title = hit.title or t(NO_TITLE)
    marks = next((p.marks for p in hit.passages if p.text == hit.title), ())
    return HitRow(
        id=hit.id,
        url=hit.url,
        title=segments(title, marks),
        source=sources.get(hit.source, hit.source),
        lang=hit.lang,
        kind=hit.kind,
        published=hit.published,
        event=hit.event,
        passages=tuple(segments(p.text, p.marks) for p in hit.passages if p.text != hit.title),
        others=tuple(other_place(place, sources) for place in hit.others),
        languages=len({hit.lang, *(place.lang for place in hit.others)} - {None}),
    )


def other_place(place: Place | Hit, sources: Mapping[str, str]) -> OtherPlace:
    """A place of a story as pages list it."""
    return OtherPlace(
        place.id,
        place.title or t(NO_TITLE),
        sources.get(place.source, place.source),
        place.lang,
        place.published,
    )


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do on an installation that has no content yet."""

    heading: str
    explanation: str
    commands: tuple[tuple[str, str], ...]
    """Command and what it does."""


def next_step(health: InstallationHealth) -> NextStep:
    """The next command, depending on what is missing: sources, pages or the index."""
    demo = ("radar demo", "shows the whole way on bundled sample sites")
    if health.documents:
        return NextStep(
            "The search index is empty",
            t("The database has pages, but none is in the search index."),
            (("radar rebuild", "builds the index again from the database"),),
        )
    if health.sources:
        return NextStep(
            "No page has been collected yet",
            tn("{n} sources are ready to be crawled.", health.sources),
            (("radar run", "crawls the sources, reads their pages and indexes them"), demo),
        )
    return NextStep(
        "No source is configured yet",
        t("Rohstoffradar collects pages of the partners that are listed in its configuration."),
        (
            ("radar init", "makes a configuration to start from"),
            ("radar run", "crawls the sources, reads their pages and indexes them"),
            demo,
        ),
    )

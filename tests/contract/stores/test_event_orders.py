"""Hits in the order of their events, those to come or those that are over first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.records.document import Event, StoredDocument
from indexer.stores import tantivy_search
from indexer.stores.base import SearchRequest, SearchResult, Sort, Store
from indexer.stores.event_order import EVENT_ORDERS
from tests.contract.stores.samples import REFERENCE, document

TODAY = date(2026, 12, 2)


def telling(number: int, *events: tuple[str, ...], text: str = "Erz") -> StoredDocument:
    """A page that tells of events: their first and last days."""
    told = tuple(Event("Treffen", start=days[0], end=(days[1:] or (None,))[0]) for days in events)
    return document(text, number=number, events=told)


PAGES = [
    telling(1, ("2027-03-04",), ("2025-03-04",)),  # the edition to come, and the one before it
    telling(2, ("2026-12-10",)),
    telling(3, ("2026-11-30", "2026-12-02")),  # its last day
    telling(4, ("2026-11-28", "2026-12-01")),  # over since yesterday
    telling(5),
    telling(6, ("2024-05",), ("2026-02-03",)),
    telling(7, ("2028",), ("2027-06-01",)),
    telling(8, ("2026-12-02",)),  # today
    telling(9, ("spring",)),  # no year, no day
    telling(10, ("2026-12-10",), ("2026-12-12",), ("2025-01-01",)),
]
UPCOMING = ["3", "8", "10", "2", "1", "7", "4", "6"]
PAST = ["4", "6", "1", "10", "3", "8", "2", "7"]


def names(result: SearchResult) -> list[str]:
    return [hit.url.rsplit("/", 1)[1] for hit in result.hits]


def walk(store: Store, request: SearchRequest, later: int = 0) -> list[str]:
    """All pages of a result; each is asked for so many days later than the one before."""
    listed: list[str] = []
    while True:
        result = store.search(request)
        listed += names(result)
        if result.next is None:
            return listed
        today = request.today + timedelta(days=later)
        request = replace(request, cursor=result.next, today=today)


@pytest.mark.parametrize(("sort", "order"), [("upcoming", UPCOMING), ("past", PAST)])
def test_the_next_or_the_last_event_comes_first(store: Store, sort: Sort, order: list[str]) -> None:
    store.write(PAGES)
    result = store.search(SearchRequest("Erz", sort, 0, today=TODAY))
    assert names(result)[:8] == order
    assert set(names(result)[8:]) == {"5", "9"}
    assert result.total == 10
    assert {hit.score for hit in result.hits} == {None}


def test_each_hit_shows_the_event_by_which_it_stands_there(store: Store) -> None:
    store.write(PAGES)
    shown: dict[Sort, dict[str, str | None]] = {}
    for sort in EVENT_ORDERS:
        hits = store.search(SearchRequest("Erz", sort, 0, today=TODAY)).hits
        shown[sort] = {hit.url.rsplit("/", 1)[1]: hit.event and hit.event.start for hit in hits}
    assert (shown["upcoming"]["1"], shown["past"]["1"]) == ("2027-03-04", "2025-03-04")
    assert (shown["upcoming"]["10"], shown["past"]["10"]) == ("2026-12-10", "2025-01-01")
    assert shown["upcoming"]["7"] == shown["past"]["7"] == "2027-06-01"
    assert shown["upcoming"]["6"] == shown["past"]["6"] == "2026-02-03"
    assert shown["upcoming"]["9"] == "spring"
    assert shown["upcoming"]["5"] is None


@pytest.mark.parametrize("sort", EVENT_ORDERS)
@pytest.mark.parametrize("limit", [1, 3, 9])
@pytest.mark.parametrize("later", [0, 200])
def test_pages_join_across_both_halves_on_whatever_day_they_are_asked_for(
    store: Store, sort: Sort, limit: int, later: int
) -> None:
    """All look from the day of the first."""
    store.write(PAGES)
    whole = names(store.search(SearchRequest("Erz", sort, 0, today=TODAY)))
    assert walk(store, SearchRequest("Erz", sort, limit, today=TODAY), later) == whole


@pytest.mark.parametrize("sort", EVENT_ORDERS)
def test_a_later_page_shows_the_events_of_the_day_of_the_first(store: Store, sort: Sort) -> None:
    store.write(PAGES)
    request = SearchRequest("Erz", sort, 5, today=TODAY)
    first = store.search(request)
    asked = replace(request, cursor=first.next)
    tomorrow = replace(asked, today=TODAY + timedelta(days=1000))
    assert store.search(asked) == store.search(tomorrow)


@pytest.mark.parametrize("sort", EVENT_ORDERS)
def test_pages_of_a_day_all_stand_once(store: Store, sort: Sort) -> None:
    """Ties, before and behind the day on which is asked."""
    days = ("2026-12-20", "2026-11-20")
    store.write([telling(n, (days[n % 2],)) for n in range(14)])
    listed = walk(store, SearchRequest("Erz", sort, 3, today=TODAY))
    assert sorted(map(int, listed)) == list(range(14))
    odd = [int(name) % 2 for name in listed]
    assert odd == sorted(odd, reverse=sort == "past")


@pytest.mark.parametrize("sort", EVENT_ORDERS)
@pytest.mark.parametrize("today", [date(2015, 1, 1), date(2019, 6, 15), date.min, date.max])
def test_pages_of_random_documents_join(
    store: Store, sort: Sort, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_search, "FEW", 0)  # the embedded store reads them by stretches
    maker = DocumentMaker(REFERENCE, Vocabulary.of(30), length=20)
    store.write(list(maker.documents(60)))
    request = SearchRequest("*", sort, 0, today=today)
    whole = names(store.search(request))
    assert len(set(whole)) == 60
    assert walk(store, replace(request, limit=7), 3000 if today < date.max else 0) == whole
    read = replace(request, limit=7, once=True)
    assert walk(store, read) == whole


@pytest.mark.parametrize("sort", EVENT_ORDERS)
def test_a_story_is_the_first_of_its_pages_in_the_order(store: Store, sort: Sort) -> None:
    told = [replace(page, story="s") for page in (PAGES[1], PAGES[3])]
    store.write([*told, PAGES[0], PAGES[5]])
    request = SearchRequest("Erz", sort, 1, today=TODAY, stories="entries")
    order = {"upcoming": ["2", "1", "6"], "past": ["4", "6", "1"]}
    assert walk(store, request, later=100) == order[sort]


@pytest.mark.parametrize("sort", EVENT_ORDERS)
def test_filters_hold_and_nothing_found_is_no_error(store: Store, sort: Sort) -> None:
    store.write([*PAGES, replace(telling(20, ("2026-12-11",)), source="other")])
    asked = SearchRequest("Erz", sort, today=TODAY, filters={"source": ("other",)}, facets=True)
    assert names(store.search(asked)) == ["20"]
    assert store.search(SearchRequest("Kupfer", sort)).hits == ()


def test_thousands_of_events_in_a_page(store: Store) -> None:
    first = date(2010, 1, 1)
    days = [(first + timedelta(days=n)).isoformat() for n in range(0, 12_000, 2)]
    store.write([telling(1, *((day,) for day in days)), telling(2, ("2026-12-05",))])
    for sort, order in (("upcoming", ["1", "2"]), ("past", ["1", "2"])):
        hits = store.search(SearchRequest("Erz", sort, today=TODAY))  # type: ignore[arg-type]
        assert names(hits) == order

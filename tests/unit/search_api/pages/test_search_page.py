from __future__ import annotations

import pytest

from indexer.records.document import DocumentId
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.base import FacetValue, Hit, SearchResult
from indexer.stores.facets import MOST_FACET_VALUES
from search_api.pages.search_page import FACET_VALUES, SearchPage, next_step, search_page
from search_api.parameters import SearchParameters
from search_api.ports import InstallationHealth

NAMES = {"erzkunde": "Institut für Erzkunde"}


def page(result: SearchResult, **values: object) -> SearchPage:
    return search_page(SearchParameters.model_validate(values), result, NAMES, 7)


def hit(title: str | None, *passages: MarkedPassage) -> Hit:
    return Hit(
        DocumentId("0"),
        "https://x.example/",
        title,
        "erzkunde",
        "de",
        "article",
        None,
        None,
        passages,
    )


def test_the_status_line_says_count_order_and_time() -> None:
    assert page(SearchResult(1234, ()), q="x").status == "1,234 pages, most relevant first, 7 ms"
    assert page(SearchResult(1, ())).status == "1 page, newest first, 7 ms"


def test_by_event_date_the_events_of_the_search_can_be_listed_the_next_or_the_last_first() -> None:
    shown = page(SearchResult(1, ()), q="tin OR zinc", sort="event_date", country=["KZ"])
    addresses = [(each.label, each.address) for each in shown.events]
    query = "q=%28tin+OR+zinc%29+AND+country%3AKZ"
    assert addresses == [
        ("List of events to come", f"/events?{query}&when=upcoming"),
        ("List of past events", f"/events?{query}&when=past"),
    ]
    everything = page(SearchResult(1, ()), q="*", sort="event_date").events
    assert everything[0].address == "/events?when=upcoming"
    (alone,) = page(SearchResult(1, ()), q="tin", sort="past").events
    assert alone.address == "/events?q=tin&when=past"
    assert page(SearchResult(1, ()), q="tin", sort="newest").events == ()


def test_orders_are_links_and_the_latest_of_all_events_first_is_one_where_it_is_in_force() -> None:
    shown = page(SearchResult(1, ()), q="tin", sort="upcoming")
    orders = [(each.address, each.active) for each in shown.sorts]
    assert orders == [
        ("/?q=tin&sort=relevance", False),
        ("/?q=tin&sort=newest", False),
        ("/?q=tin&sort=upcoming", True),
        ("/?q=tin&sort=past", False),
    ]
    assert shown.status == "1 page, events to come first, 7 ms"
    assert page(SearchResult(1, ()), q="tin", sort="event_date").sorts[-1].active


def test_the_title_takes_the_marks_of_its_passage() -> None:
    result = SearchResult(1, (hit("Erz am Berg", MarkedPassage("Erz am Berg", ((0, 3),))),))
    (shown,) = page(result, q="erz").results
    assert [s.text for s in shown.title if s.marked] == ["Erz"]
    assert shown.passages == ()
    assert shown.source == "Institut für Erzkunde"


def test_a_page_without_a_title_can_be_opened() -> None:
    (shown,) = page(SearchResult(1, (hit(None),))).results
    assert shown.title[0].text == "Page without a title"


def test_long_filters_have_a_page_with_all_values() -> None:
    values = tuple(FacetValue(f"c{i}", f"Label {i}", 20 - i) for i in range(12))
    (shown,) = page(SearchResult(9, (), {"commodity": values})).filters
    assert len(shown.shown) == FACET_VALUES
    assert shown.more is not None
    assert (shown.more.label, shown.more.address) == ("4 more", "/facets/commodity")


def test_the_link_to_all_values_keeps_the_search_but_not_its_stretch() -> None:
    values = tuple(FacetValue(f"c{i}", f"Label {i}", 20 - i) for i in range(MOST_FACET_VALUES))
    result = SearchResult(9, (), {"commodity": values})
    (shown,) = page(result, q="erz", lang=["de"], sort="newest", limit=50, cursor="x").filters
    assert shown.more is not None
    assert shown.more.label == "all values"
    assert shown.more.address == "/facets/commodity?q=erz&lang=de&sort=newest"


def test_how_many_more_there_are_is_not_told_where_not_all_were_counted() -> None:
    values = tuple(FacetValue(f"c{i}", f"Label {i}", 20 - i) for i in range(MOST_FACET_VALUES))
    result = SearchResult(9, (), {"commodity": values})
    (shown,) = page(result, commodity=["c900", "c901"]).filters
    assert shown.more is not None
    assert shown.more.label == "all values"


def test_bare_codes_get_words_and_labels_stay() -> None:
    facets = {
        "lang": (FacetValue("ru", "ru", 1),),
        "country": (FacetValue("KZ", "KZ", 1),),
        "source": (FacetValue("erzkunde", "erzkunde", 1),),
        "kind": (FacetValue("not-an-article", "not-an-article", 1),),
        "commodity": (FacetValue("ree", "rare earths", 1),),
    }
    labels = [f.shown[0].label for f in page(SearchResult(9, (), facets)).filters]
    assert labels == [
        "Russian",
        "Kazakhstan",
        "rare earths",
        "not an article",
        "Institut für Erzkunde",
    ]


def test_chosen_values_stay_among_those_shown_at_once() -> None:
    values = tuple(FacetValue(f"c{i}", f"Label {i}", 20 - i) for i in range(12))
    (shown,) = page(SearchResult(9, (), {"commodity": values}), commodity=["c11"]).filters
    assert [(c.label, c.active) for c in shown.shown][-1] == ("Label 11", True)
    assert len(shown.shown) == FACET_VALUES + 1
    assert shown.more is not None
    assert shown.more.label == "3 more"


def test_values_that_are_not_chosen_are_added_by_their_links() -> None:
    facets = {"kind": (FacetValue("article", "article", 3), FacetValue("listing", "listing", 1))}
    (shown,) = page(SearchResult(3, (), facets), q="x", kind=["article"]).filters
    assert [(c.label, c.count, c.address) for c in shown.shown] == [
        ("article", 3, "/?q=x"),
        ("listing", 1, "/?q=x&kind=article&kind=listing"),
    ]


def test_a_filter_in_force_stays_removable_when_nothing_has_it() -> None:
    shown = page(SearchResult(0, ()), q="x", country=["KZ"], to="2015-06", cursor="abc")
    assert [c.label for c in shown.active] == ["Country: Kazakhstan", "To June 2015"]
    assert [c.address for c in shown.active] == ["/?q=x&to=2015-06", "/?q=x&country=KZ"]


def test_paging_has_a_way_on_and_a_way_back() -> None:
    shown = page(SearchResult(50, (), {}, "abc"), q="x")
    assert (shown.next, shown.first) == ("/?q=x&cursor=abc", None)
    last = page(SearchResult(50, ()), q="x", cursor="abc")
    assert (last.next, last.first) == (None, "/?q=x")


@pytest.mark.parametrize(
    ("health", "command"),
    [
        (InstallationHealth(documents=0, sources=0), "radar init"),
        (InstallationHealth(documents=0, sources=1), "radar run"),
        (InstallationHealth(documents=9, sources=1), "radar rebuild"),
    ],
)
def test_an_empty_page_names_the_next_command(health: InstallationHealth, command: str) -> None:
    assert next_step(health).commands[0][0] == command


def test_a_hit_has_its_raw_materials_as_links_that_narrow_the_search() -> None:
    values = (FacetValue("tin", "tin", 2), FacetValue("tungsten", "Wolfram", 1))
    found = hit("Erz")._replace(commodities=("tin", "tungsten", "unheard-of"))
    (shown,) = page(SearchResult(2, (found,), {"commodity": values}), q="erz").results
    assert [(tag.label, tag.address) for tag in shown.commodities] == [
        ("tin", "/?q=erz&commodity=tin"),
        ("Wolfram", "/?q=erz&commodity=tungsten"),
    ]
    chosen = SearchResult(2, (found,), {"commodity": values}, chosen={"commodity": ("tin",)})
    (narrowed,) = page(chosen, q="erz", commodity=["tin"]).results
    assert [tag.label for tag in narrowed.commodities] == ["Wolfram"]


def test_the_watch_of_a_search_is_named_by_what_the_page_calls_its_values() -> None:
    shown = page(SearchResult(0, (), chosen={"country": ("TJ",)}), q="tin", country=["TJ"])
    assert shown.watch == "/watches/new?q=tin+AND+country%3ATJ&name=tin%2C+Tajikistan"

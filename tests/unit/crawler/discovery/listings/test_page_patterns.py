from __future__ import annotations

import pytest

from crawler.discovery.listings.page_patterns import PagePattern, counts_on, page_after

AT = "https://www.example.org/news"


@pytest.mark.parametrize(
    ("addresses", "fifth"),
    [
        ({2: "?page=2", 3: "?page=3"}, "?page=5"),
        ({1: "?page=0", 2: "?page=1", 3: "?page=2"}, "?page=4"),
        ({1: "", 2: "?start=20", 3: "?start=40"}, "?start=80"),
        ({2: "?PAGEN_1=2", 9: "?PAGEN_1=9"}, "?PAGEN_1=5"),
        ({2: "/page/2/", 3: "/page/3/"}, "/page/5/"),
        ({2: ";p=2", 3: ";p=3"}, ";p=5"),
        ({2: "?page=2&offset=20", 4: "?page=4&offset=60"}, "?page=5&offset=80"),
        ({2: "?cat=7&page=2", 3: "?cat=7&page=3"}, "?cat=7&page=5"),
    ],
)
def test_addresses_are_numbered_evenly(addresses: dict[int, str], fifth: str) -> None:
    pages = [(number, AT + address) for number, address in addresses.items()]
    pattern = PagePattern.learn(pages)
    assert pattern is not None
    assert pattern.address_of(5) == AT + fifth
    assert pattern.number_of(AT + fifth) == 5


@pytest.mark.parametrize(
    "addresses",
    [
        {2: "?page=2"},
        {2: "?a=2", 3: "?b=3"},
        {2: "?page=2", 3: "?page=3", 4: "?page=9"},
        {2: "?page=5", 3: "?page=5"},
        {2: "?page=9", 3: "?page=2"},
        {2: "?updated=20260504101010", 3: "?updated=20260503101010"},
    ],
)
def test_what_is_not_numbered_evenly_has_no_pattern(addresses: dict[int, str]) -> None:
    pages = [(number, AT + address) for number, address in addresses.items()]
    assert PagePattern.learn(pages) is None


def test_a_page_is_told_by_its_parameter_among_others() -> None:
    pattern = PagePattern.learn([(2, f"{AT}?page=2&size=32"), (3, f"{AT}?page=3&size=32")])
    assert pattern is not None
    assert pattern.number_of(f"{AT}?page=4") is None
    assert pattern.number_in_query(f"{AT}?lang=de&page=4") == 4
    assert pattern.number_in_query(f"{AT}?lang=de") is None


@pytest.mark.parametrize(
    ("before", "page", "after"),
    [
        (f"{AT}?page=2", f"{AT}?page=3", f"{AT}?page=4"),
        (f"{AT}?start=20", f"{AT}?start=40", f"{AT}?start=60"),
        (AT, f"{AT}?page=2", f"{AT}?page=3"),
        (AT, f"{AT}?page=1", f"{AT}?page=2"),
        (f"{AT}/", f"{AT}/page/2/", f"{AT}/page/3/"),
        (AT, f"{AT}?start=20", f"{AT}?start=40"),
        (AT, f"{AT}?a=1&b=2", None),
        (AT, "https://www.example.org/other?page=2", "https://www.example.org/other?page=3"),
        (AT, "https://www.example.org/other?page=2&size=2", None),
        (AT, "https://www.example.org/other?page=3", None),
        (f"{AT}?page=3", f"{AT}?page=2", None),
    ],
)
def test_the_page_after_two_others(before: str, page: str, after: str | None) -> None:
    assert page_after(before, page) == after


@pytest.mark.parametrize(
    ("before", "page", "yes"),
    [
        (f"{AT}?page=2", f"{AT}?page=3", True),
        (AT, f"{AT}/2", True),
        (f"{AT}/7", f"{AT}/19", False),
        (AT, f"{AT}/17", False),
        (AT, "https://www.example.org/other/2", False),
    ],
)
def test_an_address_with_the_next_number(before: str, page: str, yes: bool) -> None:
    assert counts_on(before, page) is yes

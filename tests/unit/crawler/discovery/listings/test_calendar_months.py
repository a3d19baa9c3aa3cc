from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.calendar_months import month_before, months_ahead

HOST = "https://www.example.org"


def ahead(html: str, page: str) -> list[str]:
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    found = months_ahead(
        soup,
        HOST + page,
        HOST + page,
        lambda url: url.startswith(HOST),
        lambda tag: "next" in tag.get_text(),
    )
    return [address.removeprefix(HOST) for address in found]


def links(*queries: str) -> str:
    return "".join(f"<a href='?{query}'>a month</a>" for query in queries)


@pytest.mark.parametrize(
    ("page", "html", "found"),
    [
        (
            "/termine.html",
            "<a href='?month=203112'>next</a>",
            [
                "/termine.html?month=203112",
                "/termine.html?month=203201",
                "/termine.html?month=203202",
            ],
        ),
        # a sign is not needed between two months, or where the page's own address has one
        (
            "/afisha/",
            "<a href='2031-03/'>a</a><a href='2031-05/'>b</a>",
            ["/afisha/2031-05/", "/afisha/2031-06/", "/afisha/2031-07/"],
        ),
        (
            "/events/2031/09",
            "<a href='/events/2031/10'>October</a>",
            ["/events/2031/10", "/events/2031/11", "/events/2031/12"],
        ),
        # the same month of other years may stand beside
        (
            "/agenda",
            links("y=2030&m=3", "y=2031&m=2", "y=2031&m=4", "y=2032&m=3"),
            ["/agenda?y=2031&m=4", "/agenda?y=2031&m=5", "/agenda?y=2031&m=6"],
        ),
        (
            "/cal",
            "<a href='?month=12&year=2031'>next</a>",
            ["/cal?month=12&year=2031", "/cal?month=1&year=2032", "/cal?month=2&year=2032"],
        ),
        (
            "/cal",
            "<a href='?cal[month]=11&cal[year]=2031'>next</a>",
            [
                f"/cal?cal%5Bmonth%5D={month}&cal%5Byear%5D={year}"
                for month, year in ((11, 2031), (12, 2031), (1, 2032))
            ],
        ),
        (
            "/calendar.aspx",
            "<a href='?CalendarDate=4%2F1%2F2031&CalendarPeriod=month'>next</a>",
            [
                f"/calendar.aspx?CalendarDate={month}%2F1%2F2031&CalendarPeriod=month"
                for month in (4, 5, 6)
            ],
        ),
        (
            "/cal",
            "<a href='?from=01.09.2031'>next</a>",
            ["/cal?from=01.09.2031", "/cal?from=01.10.2031", "/cal?from=01.11.2031"],
        ),
        # none: the month before alone, an archive, days, years, what stands elsewhere
        ("/cal", "<a href='?month=203103'>before</a>", []),
        ("/news", "".join(f"<a href='?month=20310{n}'>next</a>" for n in range(1, 6)), []),
        ("/cal", "<a href='/cal/2031/03/14'>next</a><a href='/cal/2031/03/16'>b</a>", []),
        ("/news", "<a href='/news/2031/03/tin'>next</a>", []),
        ("/cal", "<a href='?year=2032'>next</a>", []),
        ("/cal", "<a href='/news?month=203104'>next</a>", []),
        ("/cal", "<a href='https://other.example/cal?month=203104'>next</a>", []),
    ],
)
def test_months_to_come(page: str, html: str, found: list[str]) -> None:
    assert ahead(html, page) == found


@pytest.mark.parametrize(
    ("page", "html", "before"),
    [
        ("/news", links("m=2031-02"), "/news?m=2031-02"),
        ("/news", links("m=2030-11"), "/news?m=2030-11"),  # the last one with anything
        ("/news?m=2031-02", links("m=2031-01", "m=2031-03"), "/news?m=2031-01"),
        ("/news?m=2031-01", links("m=2030-12"), "/news?m=2030-12"),
        ("/news", links("m=2031-04"), None),
        ("/news?m=2031-01", links("m=2031-02"), None),
        ("/news?m=2031-01", links("m=2030-12", "m=2030-11"), None),  # an archive
        ("/news", "<a href='/topics?m=2031-02'>a month</a>", None),
        ("/news", "", None),
    ],
)
def test_the_month_before(page: str, html: str, before: str | None) -> None:
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    found = month_before(soup, HOST + page, HOST + page, lambda _: True, date(2031, 3, 3))
    assert found == (HOST + before if before is not None else None)

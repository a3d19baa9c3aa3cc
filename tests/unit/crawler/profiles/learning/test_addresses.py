"""How the addresses of a site's news are made."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage, learn
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, words

HOME = "https://erz.example.org"


def page(number: int, path: str, *, dated: bool = True) -> SamplePage:
    day = date(2026, 2, number + 1)
    printed = f'<p class="day">{day:%d.%m.%Y}</p>' if dated else ""
    html = (
        f"<main><h1>{words(f't{number}', 4)}</h1>{printed}<p>{words(f'b{number}', 30)}</p></main>"
    )
    raw = RawPage(html=html, url=HOME + path)
    return SamplePage(raw, FIRST_NIGHT, day.isoformat() if dated else None)


def learnt(*pages: SamplePage) -> SiteProfile:
    profile = learn(pages, None)
    assert profile is not None
    return profile


@pytest.mark.parametrize("made", ["/news/show/{}", "/index.php?id={}&page=view", "/n/a-{}.html"])
def test_addresses_of_pages_with_a_day_are_those_of_news(made: str) -> None:
    profile = learnt(*(page(n, made.format(n + 100)) for n in range(6)))
    assert profile.has_news_at(HOME + made.format(999))
    assert not profile.has_news_at(f"{HOME}/about")
    assert not profile.has_news_at("https://other.example" + made.format(999))
    assert not profile.has_news_at(None)


def test_a_shape_of_which_some_pages_have_no_day_is_not_that_of_news() -> None:
    news = [page(n, f"/news/{n + 100}") for n in range(4)]
    assert learnt(*news).has_news_at(f"{HOME}/news/999")
    others = [page(n, f"/news/{n + 100}", dated=False) for n in range(4, 6)]
    assert not learnt(*news, *others).has_news_at(f"{HOME}/news/999")


def test_one_page_teaches_no_shape() -> None:
    news = [page(n, f"/news/{n + 100}") for n in range(6)]
    assert not learnt(*news, page(7, "/x/5")).has_news_at(f"{HOME}/x/9")

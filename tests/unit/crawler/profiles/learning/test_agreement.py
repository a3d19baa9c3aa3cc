"""Whether a site still looks as it was learnt."""

from __future__ import annotations

import dataclasses

from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import Comparison, SamplePage, compare, learn
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, site

PROFILE = learn(site(10))
NAMES = [("kopf", "top"), ("leiste", "side"), ("mitte", "main"), ("wann", "at"), ("fuss", "end")]
"""Classes of the site, and what they are called after a redesign."""


def compared(*pages: SamplePage) -> list[bool]:
    assert PROFILE is not None
    return compare(Comparison(PROFILE, pages))


def changed(sample: SamplePage, *words: tuple[str, str]) -> SamplePage:
    """The page with other words, or in another layout."""
    html = (sample.raw.body or b"").decode()
    for old, new in words:
        html = html.replace(old, new)
    return dataclasses.replace(sample, raw=RawPage(body=html.encode(), url=sample.raw.url))


def test_pages_that_were_not_learnt_from_agree() -> None:
    assert compared(page(50), page(51)) == [True, True]


def test_pages_in_another_language_agree() -> None:
    other = changed(page(50), ("Meistgelesen", "Most read"), ("Heute ist der", "Today is"))
    assert compared(other) == [True]


def test_pages_in_another_layout_do_not() -> None:
    names = [
        ("kopf", "top"),
        ("leiste", "side"),
        ("mitte", "main"),
        ("wann", "at"),
        ("fuss", "end"),
    ]
    assert compared(changed(page(50), *names)) == [False]


def test_two_layouts_side_by_side_are_both_known() -> None:
    profile = learn([*site(12), *(changed(page(20 + n), *NAMES) for n in range(4))])
    assert profile is not None
    pages = [page(50), changed(page(51), *NAMES)]
    assert compare(Comparison(profile, pages)) == [True, True]


def test_what_is_no_page_is_not_judged() -> None:
    pdf = SamplePage(RawPage(body=b"%PDF-1.4", url="https://erz.example.org/a.pdf"), FIRST_NIGHT)
    assert compared(pdf) == []


def test_a_profile_is_the_same_whatever_its_site_is_known_by() -> None:
    assert PROFILE is not None
    assert PROFILE.places
    assert dataclasses.replace(PROFILE, places=frozenset()).digest == PROFILE.digest

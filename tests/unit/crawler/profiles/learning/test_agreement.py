"""Whether a site still looks as it was learnt."""

from __future__ import annotations

import dataclasses
from functools import cache

from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import Comparison, Lesson, SamplePage, compare, learn, study
from crawler.profiles.profile import SiteProfile
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, site

NAMES = [("kopf", "top"), ("leiste", "side"), ("mitte", "main"), ("wann", "at"), ("fuss", "end")]
"""Classes of the site, and what they are called after a redesign."""


@cache
def known() -> SiteProfile:
    """What ten pages of the site have taught."""
    profile = learn(site(10))
    assert profile is not None
    return profile


def compared(*pages: SamplePage) -> list[bool]:
    return list(compare(Comparison(known(), pages)).layout)


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
    assert compare(Comparison(profile, pages)).layout == [True, True]


def test_what_is_no_page_is_not_judged() -> None:
    pdf = SamplePage(RawPage(body=b"%PDF-1.4", url="https://erz.example.org/a.pdf"), FIRST_NIGHT)
    assert compared(pdf) == []


def test_a_new_design_within_the_old_frame_does_not_agree() -> None:
    """Header, menu and footer stay; only what is inside is made otherwise."""
    inside = [("h2>", "h4>"), ("<p>", '<div class="x">'), ("</p>", "</div>")]
    assert compared(changed(page(50), *inside)) == [False]


def test_what_an_article_brings_along_is_the_smaller_part() -> None:
    table = "<table>" + "<tr><td>Zinn</td><td>17</td></tr>" * 6 + "</table>"
    assert compared(changed(page(50), ('<div class="daten">', f'{table}<div class="daten">'))) == [
        True
    ]


def test_a_profile_is_kept_unless_more_pages_are_known_by_a_new_one() -> None:
    new = [changed(page(20 + n), *NAMES) for n in range(4)]
    taught = study(Lesson([*site(8), *new], known()))
    assert taught is not None
    assert compare(Comparison(taught, new)).layout == [True] * 4
    assert study(Lesson(site(8), known())) is known()
    assert study(Lesson(site(2), known())) is known()
    assert study(Lesson(site(2))) is None

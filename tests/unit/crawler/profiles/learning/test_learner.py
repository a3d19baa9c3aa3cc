from __future__ import annotations

import dataclasses
import random

import pytest

from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import SamplePage, learn
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, site, words


def test_pages_in_any_order_teach_the_same() -> None:
    pages = site(12)
    first = learn(pages)
    for seed in range(3):
        random.Random(seed).shuffle(pages)  # a seeded order is what is wanted
        assert learn(pages) == first
    assert first is not None
    assert first.pages == 12


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_pages_teach_nothing(count: int) -> None:
    assert learn(site(count)) is None


def test_copies_of_a_page_count_once() -> None:
    again = [
        dataclasses.replace(p, raw=dataclasses.replace(p.raw, url=f"{p.raw.url}?print={n}"))
        for p in site(2)
        for n in range(5)
    ]
    assert learn(again) is None


def test_pages_that_cannot_be_read_and_other_forms_teach_nothing() -> None:
    others = [
        RawPage(body=b"", url="https://erz.example.org/a"),
        RawPage(body=b"%PDF-1.7", url="https://erz.example.org/b"),
        RawPage(text="Bare text.", url="https://erz.example.org/c"),
        RawPage(body=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", url="https://erz.example.org/d"),
    ]
    assert learn([*site(2), *(SamplePage(raw, FIRST_NIGHT) for raw in others)]) is None
    with_others = learn([*site(5), *(SamplePage(raw, FIRST_NIGHT) for raw in others)])
    assert with_others == learn(site(5))


def test_a_hostile_page_among_ten_teaches_nothing() -> None:
    honest = learn([page(n) for n in range(9)])
    stolen = b"".join(p.raw.body or b"" for p in site(9))
    hostile = SamplePage(RawPage(body=stolen, url="https://erz.example.org/news/evil"), FIRST_NIGHT)
    taught = learn([*(page(n) for n in range(9)), hostile])
    assert honest is not None
    assert taught is not None
    # It repeats every line of the others, and no line that was on one page is taken for a frame.
    assert taught.lines == honest.lines
    assert taught.boxes == honest.boxes


def test_the_names_of_authors_are_no_box() -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"t{n}", 4)}</h1><p class="autor">Von {name}</p>'
                f"<p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(12)
        for name in [("Erika Muster", "Jan Beispiel", "Ida Probe", "Max Exempel")[n % 4]]
    ]
    profile = learn(pages)
    assert profile is not None
    assert not profile.boxes
    assert not profile.lines


def test_a_box_of_changing_links_is_known_by_its_place() -> None:
    profile = learn(site(12))
    assert profile is not None
    assert "body > div.leiste > ul > li" in profile.boxes

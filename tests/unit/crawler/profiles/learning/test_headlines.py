from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import SamplePage, learn
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, site, words

PLACE = "body > div.mitte > h2"


def test_headlines_stand_where_lists_and_window_titles_say() -> None:
    titled = [
        SamplePage(
            RawPage(
                html=f"<title>{title} - Nachrichten | Verband Erz</title><h1>Verband Erz</h1>"
                f"<p class=titel><b>{title}</b></p><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(4)
        for title in [words(f"Titel {n}", 4)]
    ]
    profile = learn(titled)
    assert profile is not None
    assert profile.headlines == ("body > p.titel",)
    assert profile.title_frame == {"nachrichten", "verband erz"}


def test_links_from_other_pages_say_what_a_page_is_called() -> None:
    pages = site(9)
    entries = "".join(
        f'<li><a href="/news/{n}">{words(f"Titel {n}", 5)}</a></li>' for n in range(9)
    )
    listing = RawPage(
        html=f"<title>Verband Erz - Nachrichten</title><ul>{entries}</ul>",
        url="https://erz.example.org/news/",
    )
    alone, together = learn(pages), learn([*pages, SamplePage(listing, FIRST_NIGHT)])
    assert alone is not None
    assert together is not None
    assert alone.headlines == ()
    assert together.headlines == (PLACE,)
    assert together.title_frame >= {"verband erz", "nachrichten"}


@pytest.mark.parametrize("end", ["", " Erz wird …"])
def test_feeds_and_lists_say_what_a_page_is_called(end: str) -> None:
    """The window shows the name of the site; lists may cut a long headline in a word."""
    ending = " Erz wird nun gefördert"
    titles = {n: words(f"Titel {n} dieser Meldung", 6) + ending for n in range(6)}
    pages = [
        SamplePage(
            RawPage(
                html=f"<title>Verband Erz</title><h1>Verband Erz</h1><div><span class=kopf>{title}"
                f"</span></div><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
            title=title.removesuffix(ending) + end if end else title,
        )
        for n, title in titles.items()
    ]
    profile = learn(pages)
    assert profile is not None
    assert profile.headlines == ("body > div:0",)
    untold = learn([replace(page, title=None) for page in pages])
    assert untold is not None
    assert untold.headlines == ()


def test_a_label_that_is_all_of_a_card_speaks_against_no_place() -> None:
    titles = [words(f"Titel {n}", 5) for n in range(6)]
    pages = [
        SamplePage(
            RawPage(
                html=f"<title>Verband Erz</title><h2>{title}</h2><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/news/{n}",
            ),
            FIRST_NIGHT,
            title=f"Energie {title} {words(f'Anriss {n}', 9)}",
        )
        for n, title in enumerate(titles)
    ]
    entries = "".join(f"<li><a href={n}>{title}</a></li>" for n, title in enumerate(titles[:4]))
    listing = RawPage(html=f"<ul>{entries}</ul>", url="https://erz.example.org/news/")
    profile = learn([*pages, SamplePage(listing, FIRST_NIGHT)])
    assert profile is not None
    assert profile.headlines == ("body > h2",)


def test_what_several_pages_are_called_alike_is_no_title_of_one() -> None:
    """Of twelve pages three are called by their kind."""
    events = [
        SamplePage(
            RawPage(
                html=f"<title>Termin</title><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/termine/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(3)
    ]
    profile, fewer = learn([*site(9), *events]), learn([*site(9), *events[:2]])
    assert profile is not None
    assert fewer is not None
    assert "termin" in profile.title_frame
    assert "termin" not in fewer.title_frame


@pytest.mark.parametrize("shown", ["<b>Stammtisch</b>", "<h2>Stammtisch</h2>", "Stammtisch"])
def test_what_pages_called_alike_show_may_be_their_title(shown: str) -> None:
    """Meetings that recur are called alike; a menu that has the word shows no title."""
    menu = '<nav><a href="/termine">Termin</a></nav>'
    events = [
        SamplePage(
            RawPage(
                html=f"<title>{title}</title>{menu}<div>{shown}</div><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/termine/{n}",
            ),
            FIRST_NIGHT,
        )
        for n, title in enumerate(["Stammtisch", "Termin"] * 3)
    ]
    profile = learn([*site(9), *events])
    assert profile is not None
    assert "termin" in profile.title_frame
    assert "stammtisch" not in profile.title_frame

"""Pages that their address places among the events of a site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft
from crawler.parsers.article.kind.event_address import lies_among_events
from tests.page_reader import packaged_words

WORDS = packaged_words()
Read = Callable[..., ArticleDraft]

SHORT = "<p>Bring your own helmet. Breakfast is free for all members of the chamber.</p>"
LONG = "<p>The chamber invites all members to a tour of the old tin mine above the town.</p>" * 6
ARCHIVE = "<ul><li><a href=/n/7>Tin is mined again</a></li></ul>"


def whole(main: str, head: str = "") -> str:
    menu = "".join(f"<li><a href=/{n}>{n}</a></li>" for n in ("about", "members", "projects"))
    return (
        f"<html><head><title>Mine tour | Chamber</title>{head}</head><body><ul>{menu}</ul>"
        f"<main><h1>Mine tour</h1>{main}</main></body></html>"
    )


@pytest.mark.parametrize(
    ("path", "lies"),
    [
        ("/event/mine-tour/", True),
        ("/en/events/2031/mine-tour", True),
        ("/termine/detail/grubenfahrt", True),
        ("/anonsy/1861-den-otkrytyh-dverey.html", True),
        ("/veranstaltungen-5019.html", True),
        ("/event.php?nr=9", True),
        ("/index.php?page=tadbirlar&id=17", True),
        ("/Lists/Events/DispForm.aspx?ID=11", True),
        # the section itself, and what is only named so
        ("/events/", False),
        ("/events-5.html", False),
        ("/events", False),
        ("/index.php?page=events", False),
        ("/news/events-of-the-year", False),
        ("/eventing/horses", False),
        ("", False),
    ],
)
def test_addresses_of_events(path: str, *, lies: bool) -> None:
    assert lies_among_events(f"https://example.org{path}", WORDS) is lies


def test_no_address_is_none_of_an_event() -> None:
    assert not lies_among_events(None, WORDS)


EVENT, NEWS = "https://example.org/event/mine-tour/", "https://example.org/news/mine-tour/"
MARKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Mine tour"}</script>'
)


def test_what_lies_among_events_is_one(read: Read) -> None:
    assert read(whole(LONG), EVENT).kind == "event"
    assert read(whole(LONG), NEWS).kind == "article"
    assert read(whole(f"<p>12.04.2031, 9:00</p>{SHORT}"), EVENT).kind == "event"


def test_without_a_day_hardly_a_text_is_none(read: Read) -> None:
    assert read(whole("<p>Bring your own helmet.</p>"), EVENT).kind == "not-an-article"


def test_markup_of_an_article_speaks_louder(read: Read) -> None:
    assert read(whole(LONG, MARKED), EVENT).kind == "article"


def test_the_archive_of_a_day_is_a_list(read: Read) -> None:
    assert read(whole(ARCHIVE), "https://example.org/2031/03/12/").kind == "listing"
    assert read(whole(ARCHIVE), "https://example.org/about/").kind == "not-an-article"

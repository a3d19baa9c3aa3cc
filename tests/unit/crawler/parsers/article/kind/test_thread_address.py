"""Addresses of threads, as programs of forums write them."""

from __future__ import annotations

import pytest

from crawler.parsers.article.kind.thread_address import shows_thread


@pytest.mark.parametrize(
    "path",
    [
        "forum/viewthread.php?thread_id=311",
        "forum/forum_viewtopic.php?33",
        "phpBB/viewtopic.php?t=5&start=15",
        "showthread.php?12-Lamps",
        "modules.php?name=Forums&file=viewtopic&t=5",
        "index.php?showtopic=9",
        "viewforum.php?f=2",
    ],
)
def test_threads_are_known_by_their_address(path: str) -> None:
    assert shows_thread(f"https://erz.example.org/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "forum/2031/opening.html",
        "news/topic-of-the-week.php",
        "modules.php?name=News&new_topic=3",
        "view.php?thread=3",
        "",
    ],
)
def test_news_of_a_forum_and_pages_of_a_topic_are_none(path: str) -> None:
    assert not shows_thread(f"https://erz.example.org/{path}")
    assert not shows_thread(None)

"""Window titles of shells."""

from __future__ import annotations

import pytest

from crawler.rendering.shell_title import with_own_title


def page(title: str, *headlines: str) -> str:
    shown = "".join(f'<h1 class="a"><b>{each}</b> </h1>' for each in headlines)
    return f"<html><head><title>{title}</title></head><body>{shown}<p>Text</p></body></html>"


@pytest.mark.parametrize(
    ("title", "headlines", "own"),
    [
        ("Bund &amp; Erz", ["Halde &amp; See"], "Halde &amp; See"),
        ("ERZ", ["Die Halde wächst"], "Die Halde wächst"),
        ("", ["Die Halde wächst"], "Die Halde wächst"),
        ("Halde | Bund und Erz", ["Die Halde wächst"], "Halde | Bund und Erz"),
        ("Bund und Erz", ["Die Halde wächst", "Mehr"], "Bund und Erz"),
        ("Bund und Erz", ["Bund Erz"], "Bund und Erz"),
        ("Bund und Erz", [], "Bund und Erz"),
    ],
)
def test_a_title_that_is_the_name_of_the_site_is_the_headline(
    title: str, headlines: list[str], own: str
) -> None:
    site = "Bund und Erz" if "&" not in title else "Bund & Erz e. V."
    assert with_own_title(page(title, *headlines), site) == page(own, *headlines)


@pytest.mark.parametrize(
    "unseen",
    ["<script>x = '<h1>' + y + '</h1>'</script>", "<!-- <h1>Old</h1> -->", "<h1>"],
)
def test_headlines_of_scripts_and_comments_are_none(unseen: str) -> None:
    html = page("Bund und Erz", "Die Halde wächst").replace("<p>", unseen + "<p>")
    assert with_own_title(html, "Bund und Erz") == html.replace(
        "<title>Bund und Erz", "<title>Die Halde wächst"
    )
    alone = page("Bund und Erz").replace("<p>", unseen + "<p>")
    assert with_own_title(alone, "Bund und Erz") == alone


def test_styles_are_no_words_of_a_headline() -> None:
    html = page("Bund und Erz", "<style>.a{b:c}</style>Die Halde wächst")
    assert "<title>Die Halde wächst</title>" in with_own_title(html, "Bund und Erz")


def test_a_page_without_a_title_stays() -> None:
    html = "<body><h1>Die Halde wächst</h1></body>"
    assert with_own_title(html, "Bund und Erz") == html

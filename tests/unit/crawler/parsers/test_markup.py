"""JSON-LD, microdata and meta tags."""

import pytest

from crawler.parsers.html import HtmlDocument
from crawler.parsers.markup import ARTICLE_TYPES, Markup, read_markup, text_of


def markup(html: str) -> Markup:
    return read_markup(HtmlDocument(f"<html><head>{html}</head><body><p>x</p></body></html>"), None)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Zinn"}',
        '[{"@type": "NewsArticle", "headline": "Zinn"}]',
        (
            '{"@graph": [{"@type": "WebPage"}, {"@type": ["Thing", "NewsArticle"], "headline": '
            '"Zinn"}]}'
        ),
        '{"@type": "http://schema.org/NewsArticle", "headline": "Zinn",}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Zinn"}\n//]]>',
        '<!-- {"@type": "NewsArticle", "headline": "Zinn"} -->',
        '{"@type": "NewsArticle", "headline": "Zinn", "text": "two\nlines"}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Zinn"}}',
        '{"@type": "NewsArticle", "headline": "Zinn"};',
        '{"@type": "NewsArticle", "headline": "Zinn"}}];',
        "[{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Zinn&quot;}]",
        '{"@type": "NewsArticle", // the first\n"headline": /* and only */ "Zinn"}',
        """{"@type": 'NewsArticle', "text": 'the "old" pit', "headline": "Zinn"}""",
    ],
)
def test_json_ld_as_it_is_found(block: str) -> None:
    found = markup(f'<script type="application/ld+json">{block}</script>')
    assert [text_of(n.get("headline")) for n in found.of_type(ARTICLE_TYPES)] == ["Zinn"]


@pytest.mark.parametrize(
    "block", ["", "{", "null", "[1, 2]", '"text"', "[" * 100_000, '{"@type": {}}']
)
def test_json_ld_that_is_none(block: str) -> None:
    assert markup(f'<script type="application/ld+json">{block}</script>').nodes == ()


def test_halves_of_characters_in_json_ld_are_replaced() -> None:
    block = r'{"@type": "Event", "name": "\ud83d\ude00, \uD83D, \\ud83d", "\udc00": [1, "\udc00"]}'
    [node] = markup(f'<script type="application/ld+json">{block}</script>').nodes
    half = "\N{REPLACEMENT CHARACTER}"
    assert node == {"@type": "Event", "name": f"😀, {half}, \\ud83d", half: [1, half]}


def test_microdata_is_read_where_json_ld_is_silent() -> None:
    html = (
        '<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Forum</span>'
        '<time itemprop="startDate" datetime="2025-05-01">1 May</time></div>'
    )
    found = read_markup(HtmlDocument(f"<body>{html}</body>"), None)
    assert "Event.name: Forum" in found.event_text()
    assert "Event.startDate: 2025-05-01" in found.event_text()


def test_events_as_text() -> None:
    block = (
        '[{"@type": "Event", "name": "Forum &amp; Fair", "location": {"@type": "Place", "name": '
        '"Hall"}}, {"@type": "BusinessEvent", "name": "Talk", "performer": [{"name": "A"}, '
        '{"name": "B"}]}]'
    )
    text = markup(f'<script type="application/ld+json">{block}</script>').event_text()
    first, second = text.split("\n\n")
    assert "Event.name: Forum & Fair" in first.split("\n")
    assert "Event.location.name: Hall" in first.split("\n")
    assert "BusinessEvent.performer[1].name: B" in second.split("\n")


def test_meta_tags() -> None:
    found = markup(
        '<meta property="OG:Title" content=" A  title "><meta name="author" content="A">'
        '<meta name="author" content="B">'
    )
    assert found.first_meta("twitter:title", "og:title") == "A title"
    assert found.repeated["author"] == ("A", "B")

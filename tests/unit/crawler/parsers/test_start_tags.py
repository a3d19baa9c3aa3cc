"""The scan of start tags beside the parser that it guards."""

from __future__ import annotations

import random

from lxml import etree

from crawler.parsers.start_tags import count_attributes, start_tags

TRAP = "<div a1 a2 a3 a4 a5 a6 a7 a8 a9>"
AROUND = (
    *("<script>", "</script>", "<script/>", '<script a="', "<script-x>", "</script-x>", "<SCRIPT "),
    *("<style>", "</style>", "<style/>", "<style", "</style", "<style\xa0>", "<\u017fcript>"),
    *("<textarea>", "</textarea>", "<title>", "</title>", "<title/>", "<xmp>", "</xmp>"),
    *("<iframe>", "</iframe>", "<noembed>", "</noembed>", "<noframes>", "</noframes>"),
    *("<noscript>", "</noscript>", "<svg>", "</svg>", "<select>", "<option>", "<p>", "</p>"),
    *("<!--", "-->", "--!>", "<!-->", "<!--->", "<!", "<?", "<![CDATA[", "]]>", "<!DOCTYPE a"),
    *("<", "</", ">", '"', "'", "=", "/", " ", "\n", "\f", "-", "--", "a", "<b ", "</b ", "<a/"),
    *('x="', "y='", "<a b=c=", "<a =", "&lt;"),
)


def test_no_tag_is_passed_over_that_the_parser_sees() -> None:
    drawn = random.Random(20261201)
    hidden = seen = 0
    for _ in range(4_000):
        before = "".join(drawn.choices(AROUND, k=drawn.randint(1, 7)))
        behind = "".join(drawn.choices(AROUND, k=drawn.randint(0, 3)))
        markup = f"<p>text</p>{before}{TRAP}{behind}"
        # The tag may lose its first attributes to what stands before it, and get some from there.
        expected = most_attributes(markup)
        counted = max(counts(markup), default=0)
        assert counted >= expected, markup
        hidden += expected < 8 and counted < 8
        seen += expected >= 8
    assert seen > 1_000
    assert hidden > 500


def most_attributes(markup: str) -> int:
    root = etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8"))
    return max(len(element.attrib) for element in root.iter() if isinstance(element.tag, str))


def test_twice_the_same_counts_twice() -> None:
    assert counts("<p x x='1' / y= z>") == [3]


def counts(markup: str) -> list[int]:
    return [count_attributes(markup[start:end]) for start, end in start_tags(markup, 2)]

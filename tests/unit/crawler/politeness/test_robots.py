from __future__ import annotations

from crawler.politeness.robots import ALLOW_ALL, RobotsRules

ROBOTS = b"""\
User-agent: *
Disallow: /

User-agent: rohstoffradar
Disallow: /intern/*.html$
Allow: /
Crawl-delay: 2.5

Sitemap: https://example.org/sitemap.xml
"""


def test_robots_rules_are_those_of_our_name() -> None:
    rules = RobotsRules(b"\xef\xbb\xbf" + ROBOTS)
    assert rules.allowed("https://example.org/news")
    assert not rules.allowed("https://example.org/intern/a.html")
    assert rules.crawl_delay() == 2.5
    assert rules.sitemaps == ("https://example.org/sitemap.xml",)
    assert ALLOW_ALL.allowed("https://example.org/intern/a.html")
    assert RobotsRules(b"<html>\x00\xff no rules").allowed("https://example.org/")

"""robots.txt: what a site allows, and the check in the downloader that no request bypasses."""

from __future__ import annotations

from typing import Self

from protego import Protego
from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser

PRODUCT = "Rohstoffradar"
"""The name that robots.txt rules are addressed to."""

LONGEST = 512 * 1024
"""Bytes of a robots.txt that are parsed; RFC 9309 requires at least 500 KiB."""


class RobotsRules(RobotParser):
    """The rules of one site."""

    def __init__(self, body: bytes) -> None:
        self._rules = Protego.parse(body[:LONGEST].decode("utf-8-sig", errors="ignore"))

    @classmethod
    def from_crawler(cls, crawler: object, robotstxt_body: bytes) -> Self:
        """Scrapy's constructor."""
        return cls(robotstxt_body)

    def allowed(self, url: str | bytes, user_agent: str | bytes = PRODUCT) -> bool:
        """Whether the address may be requested."""
        text = url.decode() if isinstance(url, bytes) else url
        agent = user_agent.decode() if isinstance(user_agent, bytes) else user_agent
        return bool(self._rules.can_fetch(text, agent))

    def crawl_delay(self, user_agent: str | bytes = PRODUCT) -> float | None:
        """Seconds between two requests that the site demands."""
        agent = user_agent.decode() if isinstance(user_agent, bytes) else user_agent
        delay = self._rules.crawl_delay(agent)
        return None if delay is None else float(delay)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses on its `Sitemap:` lines, as written."""
        return tuple(self._rules.sitemaps)


ALLOW_ALL = RobotsRules(b"")


class RobotsGate(RobotsTxtMiddleware):
    """Scrapy's robots middleware, with rules that the spider has fetched and archived.

    Scrapy would fetch robots.txt outside the pace of the site, and would allow everything if that
    fails. A request without rules in `meta` is a mistake in our code.
    """

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules that came with the request."""
        rules = request.meta["robots"]
        if not isinstance(rules, RobotParser):
            raise TypeError(f"no robots rules came with {request}")
        return rules

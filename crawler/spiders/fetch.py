"""One address asked for: robots, pace, redirects, limits. Ends in an answer or a failure, always.

Requests go through `engine.download_async`: the downloader with its middlewares, without the
scheduler, whose duplicate filter drops requests silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response as ScrapyResponse

from crawler.politeness.backoff import blocked, retry_after
from crawler.politeness.encoding import decode
from crawler.politeness.robots import RobotsRules
from crawler.politeness.site import Rest, Site, Sites
from crawler.politeness.site_state import PAGE_STATUS, SiteKeeping
from crawler.scrapy_settings import MAX_BODY, MAX_REDIRECTS
from indexer.frontier.port import ArchivePosition, Response, SiteRecords
from indexer.records.errors import ResponseRejected
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.records.urls import canonical, identity, site

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VALIDATORS = frozenset({"etag", "last-modified"})
_TRY_AGAIN = frozenset({500, 502, 504})
"""Statuses of a passing hiccup: asked once more. 503 may mean overload, and is left alone."""

_FAILED = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    ResponseRejected,
    UnsupportedURLSchemeError,
    OSError,
    ValueError,  # a host name that no resolver takes
)


class Engine(Protocol):
    """What is used of Scrapy's engine."""

    async def download_async(self, request: Request) -> ScrapyResponse:
        """Pass a request through the downloader."""


class ResponseSink(Protocol):
    """Where responses go as they come in."""

    def append(self, response: Response) -> ArchivePosition:
        """Keep a response; tells where it lies."""


@dataclass(frozen=True, slots=True)
class FetchedResponse:
    """A response, archived. Its status may be any but that of a redirect with a target."""

    response: Response
    position: ArchivePosition


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """Why there is no page to read."""

    outcome: Outcome
    reason: str
    status: int | None = None
    position: ArchivePosition | None = None
    asked: bool = True
    """False: the site rests, no request was made for this address."""


@dataclass(frozen=True, slots=True)
class FetchContext:
    """Who asks, and what is acceptable on the way."""

    source: str
    delay: float
    """Seconds between two requests to a site, at least."""
    may_lead_to: Callable[[str], str | None]
    """Judges the target of a redirect: None, or why it is refused."""
    already: Callable[[str], bool] = lambda _: False
    """Whether the target of a redirect has an outcome of its own in this run, or will have."""
    validators: Callable[[str], Mapping[str, str]] = lambda _: {}
    """Conditional request headers for the address that is asked for.

    The targets of its redirects are asked for whole: a "not modified" there would say nothing of
    where the page now is.
    """
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further request headers, such as the language that a JSON API is asked in.

    Sent to the site that is asked first alone: they may hold a key.
    """


class Fetcher:
    """Fetches for all sources of a run."""

    def __init__(
        self,
        engine: Engine,
        sink: ResponseSink,
        now: Callable[[], datetime],
        discovered: Callable[[str, str, FetchedResponse | FetchFailure], None],
        memory: SiteRecords,
        *,
        received: Callable[[str, int], None] = lambda source, size: None,
    ) -> None:
        """`discovered` is told of each robots.txt: source, address, and what came of it.

        `received` is told of each answer: source, and bytes of the body.
        """
        self._engine = engine
        self._keeping = SiteKeeping(memory, now)
        self._sink = sink
        self._now = now
        self._discovered = discovered
        self._received = received
        self.sites = Sites()
        self.claimed: set[str] = set()
        """Identities of the pages that some source of this run has asked for, or is asking for."""

    def site_of(self, url: str, context: FetchContext) -> Site:
        """The site that an address stands on."""
        return self.sites.get(site(url), context.delay)

    async def robots_rules(self, url: str, context: FetchContext) -> RobotsRules | None:
        """What robots.txt says of the address's site, asked for if need be; None: the site rests."""
        await self._admit(url, context)
        place = self.site_of(url, context)
        return place.robots if place.rest is None else None

    async def fetch(self, url: str, context: FetchContext) -> FetchedResponse | FetchFailure:
        """Ask for a canonical address, through redirects."""
        current, passed = url, list[str]()
        while True:
            failure = await self._admit(current, context)
            if failure is not None:
                return replace(failure, asked=failure.asked or bool(passed))
            fetched = await self._ask(url, current, tuple(passed), context)
            if isinstance(fetched, FetchFailure) or fetched.response.status not in REDIRECTS:
                return fetched
            target = _target(fetched)
            if target is None:
                return _no_target(fetched)
            refusal = self._judge(target, [*passed, current], fetched, context)
            if refusal is not None:
                return refusal
            passed.append(current)
            current = target

    def _judge(
        self, target: str, passed: list[str], fetched: FetchedResponse, context: FetchContext
    ) -> FetchFailure | None:
        """Why a redirect is not followed."""
        status, position = fetched.response.status, fetched.position
        if target in passed:
            return FetchFailure(Outcome.REFUSED, f"redirect loop at {target}", status, position)
        if len(passed) > MAX_REDIRECTS:
            return FetchFailure(
                Outcome.REFUSED, f"more than {MAX_REDIRECTS} redirects", status, position
            )
        reason = context.may_lead_to(target)
        if reason is not None:
            return FetchFailure(Outcome.REFUSED, reason, status, position)
        if identity(target) != identity(passed[0]) and context.already(target):
            return FetchFailure(Outcome.DUPLICATE, f"{REDIRECTS_TO}{target}", status, position)
        return None

    def answered(self, url: str, context: FetchContext, outcome: Outcome, reason: str) -> None:
        """Tell what came of a page; enough failures in a row make its site rest."""
        place = self.site_of(url, context)
        rested = place.rest
        place.answered(outcome, reason)
        if place.rest is not None and rested is None:
            self._keeping.rests(place)

    async def _admit(self, url: str, context: FetchContext) -> FetchFailure | None:
        """Why the site is not to be asked for the address; its robots.txt is fetched first."""
        place = self.site_of(url, context)
        self._keeping.recall(place)
        if place.robots is None and place.rest is None:
            async with place.gate:
                if place.robots is None and place.rest is None:
                    await self._learn_robots(place, url, context)
        if place.rest is not None:
            return FetchFailure(place.rest.outcome, place.rest.reason, asked=False)
        if place.robots is not None and not place.robots.allowed(url):
            return FetchFailure(Outcome.ROBOTS, "robots.txt forbids it")
        return None

    async def _learn_robots(self, place: Site, url: str, context: FetchContext) -> None:
        """Fetch robots.txt: 4xx allows all, no answer or 5xx closes the site."""
        scheme = url.partition(":")[0]
        address = f"{scheme}://{url.split('/', 3)[2]}/robots.txt"
        fetched = await self._follow_robots(address, context)
        self._discovered(context.source, address, fetched)
        if place.rest is not None:
            return
        if isinstance(fetched, FetchFailure):
            place.rest = Rest("unreachable", fetched.outcome, f"robots.txt: {fetched.reason}")
            self._keeping.rests(place)
            return
        status, body = fetched.response.status, fetched.response.body
        if status >= 500:
            place.rest = Rest("unreachable", Outcome.UNREACHABLE, f"robots.txt answers {status}")
            self._keeping.rests(place)
            return
        self._keeping.robots(place, status, body)

    async def _follow_robots(
        self, address: str, context: FetchContext
    ) -> FetchedResponse | FetchFailure:
        """robots.txt may redirect anywhere (RFC 9309, 2.3.1.2); too far means that there is none."""
        current, passed = address, list[str]()
        while True:
            fetched = await self._ask(address, current, tuple(passed), context, robots=True)
            if isinstance(fetched, FetchFailure) or fetched.response.status not in REDIRECTS:
                return fetched
            target = _target(fetched)
            if target is None or target in passed or len(passed) >= MAX_REDIRECTS:
                return fetched
            passed.append(current)
            current = target

    async def _ask(
        self,
        asked: str,
        url: str,
        passed: tuple[str, ...],
        context: FetchContext,
        *,
        robots: bool = False,
    ) -> FetchedResponse | FetchFailure:
        """One request, and once more after a hiccup; the answer is archived."""
        fetched = await self._ask_once(asked, url, passed, context, robots=robots)
        if _is_hiccup(fetched) and self.site_of(url, context).rest is None:
            fetched = await self._ask_once(asked, url, passed, context, robots=robots)
        return fetched

    async def _ask_once(
        self, asked: str, url: str, passed: tuple[str, ...], context: FetchContext, *, robots: bool
    ) -> FetchedResponse | FetchFailure:
        place = self.site_of(url, context)
        conditions = {} if robots or url != asked else dict(context.validators(url))
        further = {} if robots or site(url) != site(asked) else context.headers
        request = Request(
            url,
            headers={**further, **conditions},
            meta={
                "download_slot": place.name,
                "pace": place.pace,
                "robots": place.robots,
                "dont_obey_robotstxt": robots,
                "verbatim_url": True,
            },
            dont_filter=True,
        )
        try:
            raw = await self._engine.download_async(request)
            response = self._response(asked, url, passed, raw)
        except _FAILED as error:
            return _failure(error)
        position = self._sink.append(response)
        self._received(context.source, len(response.body))
        self._heed(place, response, robots=robots)
        return FetchedResponse(response, position)

    def _response(
        self, asked: str, url: str, passed: tuple[str, ...], raw: ScrapyResponse
    ) -> Response:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
            for name, values in raw.headers.items()
        }
        decoded = decode(raw.body, headers.get("content-encoding", ""), limit=MAX_BODY)
        return Response(
            url=asked,
            final_url=url,
            status=raw.status,
            headers=headers,
            fetched_at=self._now(),
            body=decoded.body,
            redirects=passed,
            truncated=not decoded.complete or "dataloss" in raw.flags,
        )

    def _heed(self, place: Site, response: Response, *, robots: bool) -> None:
        """429, and 503 with Retry-After: the site rests, in later runs too. A good answer heals."""
        seconds = retry_after(response.headers, self._now())
        if response.status == 429 or (response.status == 503 and seconds is not None):
            asked = "" if seconds is None else f", Retry-After {seconds:.0f} s"
            place.rest = Rest("blocked", Outcome.BLOCKED, f"status {response.status}{asked}")
            self._keeping.rests(place, seconds)
        elif response.status < 400 and place.failures and not robots:
            self._keeping.heals(place)


def response_failure(fetched: FetchedResponse) -> FetchFailure | None:
    """Why an answer is no document: blocked, an error status, an unfit redirect; None if it is one."""
    response = fetched.response
    status = response.status
    reason = blocked(status, response.headers, response.body)
    if reason is None and status == 503 and "retry-after" in response.headers:
        reason = "status 503 with Retry-After"
    if reason is not None:
        return FetchFailure(Outcome.BLOCKED, reason, status, fetched.position)
    if status in PAGE_STATUS or status == 304:
        return None
    return FetchFailure(Outcome.HTTP_ERROR, f"status {status}", status, fetched.position)


def with_own_validators(response: Response) -> Response:
    """The response, without validators that must not be kept for the address that was asked for.

    Those of a body that was cut off would make the next run take half a page for the whole; those
    of a redirect's target belong to another address.
    """
    if not response.truncated and identity(response.final_url) == identity(response.url):
        return response
    headers = {k: v for k, v in response.headers.items() if k not in _VALIDATORS}
    return replace(response, headers=headers)


def _target(fetched: FetchedResponse) -> str | None:
    location = fetched.response.headers.get("location", "")
    return canonical(location, fetched.response.final_url) if location else None


def _no_target(fetched: FetchedResponse) -> FetchFailure:
    location = fetched.response.headers.get("location", "")
    status = fetched.response.status
    if not location:
        return FetchFailure(
            Outcome.HTTP_ERROR, f"status {status} without Location", status, fetched.position
        )
    return FetchFailure(
        Outcome.REFUSED,
        f"redirect to an unusable address: {location[:200]}",
        status,
        fetched.position,
    )


def _is_hiccup(fetched: FetchedResponse | FetchFailure) -> bool:
    if isinstance(fetched, FetchedResponse):
        return fetched.response.status in _TRY_AGAIN
    return fetched.outcome is Outcome.UNREACHABLE and fetched.reason.startswith(_BROKEN)


_BROKEN = "connection broken"
_OBJECT = re.compile(r" ssl:(<[^>]*>|\w+)")


def _failure(error: Exception) -> FetchFailure:
    # aiohttp puts its own objects into its messages: `ssl:<ssl.SSLContext object at 0x7f…>
    # [reason]`.
    text = _OBJECT.sub("", str(error).split("\n", 1)[0])[:300]
    match error:
        case ResponseRejected():
            outcome, reason = Outcome.REFUSED, error.message
        case DownloadCancelledError():
            outcome, reason = Outcome.REFUSED, f"larger than {MAX_BODY} bytes"
        case IgnoreRequest():
            outcome, reason = Outcome.ROBOTS, "robots.txt forbids it"
        case DownloadTimeoutError() | TimeoutError():
            outcome, reason = Outcome.TIMED_OUT, "no whole answer in time"
        case CannotResolveHostError():
            outcome, reason = Outcome.UNREACHABLE, f"name not resolved: {text}"
        case DownloadConnectionRefusedError():
            outcome, reason = Outcome.UNREACHABLE, text
        case DownloadFailedError() | ResponseDataLossError() | OSError():
            outcome, reason = Outcome.UNREACHABLE, f"{_BROKEN}: {text}"
        case _:
            outcome, reason = Outcome.REFUSED, f"unusable address: {text}"
    return FetchFailure(outcome, reason)

"""Fetches one address: robots, pace, redirects, limits. Always ends in a response or a failure.

Requests go through `engine.download_async`: the downloader with its middlewares, without the
scheduler, whose duplicate filter drops requests silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
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

from crawler.politeness.backoff import block_reason, retry_after
from crawler.politeness.encoding import decode
from crawler.politeness.robots import LONGEST, RobotsRules
from crawler.politeness.site import Cooldown, Site, Sites
from crawler.politeness.site_clock import site_time
from crawler.politeness.site_state import PAGE_STATUS, SiteStateStore, apply_robots
from crawler.scrapy_settings import MAX_BODY, MAX_REDIRECTS
from crawler.spiders.form_cookies import FormCookies
from indexer.frontier.port import ArchivePosition, Purpose, Response, SiteRecords
from indexer.records.errors import ResponseRejected
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.records.urls import canonical, identity
from indexer.records.urls import site as site_name

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VALIDATORS = frozenset({"etag", "last-modified"})
_REPEATED = frozenset({307, 308})
"""Redirects after which a form would be sent once more."""
FORM = "application/x-www-form-urlencoded"
_RETRIED = frozenset({500, 502, 504})
"""Statuses of a passing failure: one retry. 503 may mean overload, and gets none."""
_TOO_MANY_REQUESTS = 429

_DOWNLOAD_ERRORS = (
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
    """The part of Scrapy's engine that is used."""

    async def download_async(self, request: Request) -> ScrapyResponse:
        """Pass a request through the downloader."""


class ResponseSink(Protocol):
    """Takes responses as they come in."""

    def append(self, response: Response) -> ArchivePosition:
        """Store a response; returns its position."""


@dataclass(frozen=True, slots=True)
class FetchedResponse:
    """An archived response, with any status but that of a redirect with a target."""

    response: Response
    position: ArchivePosition


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """Why there is no page to read."""

    outcome: Outcome
    reason: str
    status: int | None = None
    position: ArchivePosition | None = None
    requested: bool = True
    """False: no request was made for this address, because its site is in cooldown."""


@dataclass(frozen=True, slots=True)
class FetchContext:
    """For whom an address is fetched, and what is acceptable on the way."""

    source: str
    delay: float
    """Minimum seconds between two requests to a site."""
    may_lead_to: Callable[[str], str | None]
    """Judges the target of a redirect: None, or why it is refused."""
    already: Callable[[str], bool] = lambda _: False
    """Whether the target of a redirect has or will have its own outcome in this run."""
    validators: Callable[[str], Mapping[str, str]] = lambda _: {}
    """Conditional request headers for the address.

    Targets of its redirects are requested unconditionally: "not modified" there would not tell
    where the page is now.
    """
    purpose: Purpose = "page"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further request headers, such as the language of a JSON API.

    Sent to the first site only: they may contain a key.
    """
    cookies: FormCookies | None = None
    """Of the list that it belongs to: kept from every answer, sent with forms alone."""


class Fetcher:
    """Fetches for all sources of a run."""

    def __init__(
        self,
        engine: Engine,
        sink: ResponseSink,
        now: Callable[[], datetime],
        on_robots: Callable[[str, str, FetchedResponse | FetchFailure], None],
        site_records: SiteRecords,
        *,
        on_response: Callable[[str, int], None] = lambda source, size: None,
        on_site_time: Callable[[datetime], None] = lambda _: None,
    ) -> None:
        """`on_robots` is called for each robots.txt: source, address, and the result.

        `on_response` is called for each response: source, and bytes of the body; `on_site_time`
        with what the clock of the site shows.
        """
        self._engine = engine
        self._site_states = SiteStateStore(site_records, now)
        self._sink = sink
        self._now = now
        self._on_robots = on_robots
        self._on_response = on_response
        self._on_site_time = on_site_time
        self.sites = Sites()
        self.claimed_pages: set[str] = set()
        """Identities of the pages that some source of this run has fetched, or is fetching."""

    def site_of(self, url: str, context: FetchContext) -> Site:
        """The site of an address."""
        return self.sites.get(site_name(url), context.delay)

    async def robots_rules(self, url: str, context: FetchContext) -> RobotsRules | None:
        """robots.txt of the address's site, fetched if necessary; None: the site is in cooldown."""
        await self._admit(url, context)
        site = self.site_of(url, context)
        return site.robots if site.cooldown is None else None

    async def fetch(
        self, url: str, context: FetchContext, posted: bytes | None = None
    ) -> FetchedResponse | FetchFailure:
        """Fetch a canonical address, following redirects. `posted`: a form that is sent to it, and
        not to where it redirects.
        """
        current, redirects = url, list[str]()
        while True:
            failure = await self._admit(current, context)
            if failure is not None:
                return replace(failure, requested=failure.requested or bool(redirects))
            fetched = await self._request(
                url,
                current,
                context,
                posted=None if redirects else posted,
                for_form=posted is not None,
            )
            if isinstance(fetched, FetchFailure) or fetched.response.status not in REDIRECTS:
                return fetched
            target = _target(fetched)
            if target is None:
                return _no_target(fetched)
            if fetched.response.posted is not None and fetched.response.status in _REPEATED:
                reason = "redirect that asks to send the form again"
                return FetchFailure(
                    Outcome.REFUSED, reason, fetched.response.status, fetched.position
                )
            refusal = _refuse_redirect(target, [*redirects, current], fetched, context)
            if refusal is not None:
                return refusal
            redirects.append(current)
            current = target

    def record_outcome(
        self, url: str, context: FetchContext, outcome: Outcome, reason: str
    ) -> None:
        """Record the outcome of a page; enough failures in a row start a cooldown of its site."""
        site = self.site_of(url, context)
        before = site.cooldown
        site.record_outcome(outcome, reason)
        if site.cooldown is not None and before is None:
            self._site_states.save_cooldown(site)

    async def _admit(self, url: str, context: FetchContext) -> FetchFailure | None:
        """Why the address may not be requested; its site's robots.txt is fetched first."""
        site = self.site_of(url, context)
        self._site_states.load(site)
        if site.robots is None and site.cooldown is None:
            async with site.robots_lock:
                if site.robots is None and site.cooldown is None:
                    await self._fetch_robots(site, url, context)
        if site.cooldown is not None:
            return FetchFailure(site.cooldown.outcome, site.cooldown.reason, requested=False)
        if site.robots is not None and not site.robots.allowed(url):
            return FetchFailure(Outcome.ROBOTS, "robots.txt forbids it")
        return None

    async def _fetch_robots(self, site: Site, url: str, context: FetchContext) -> None:
        """Fetch robots.txt: 4xx allows everything; no response, 5xx and 429 start a cooldown."""
        scheme = url.partition(":")[0]
        address = f"{scheme}://{url.split('/', 3)[2]}/robots.txt"
        fetched = await self._follow_robots_redirects(address, context)
        self._on_robots(context.source, address, fetched)
        if site.cooldown is not None:
            return
        if isinstance(fetched, FetchFailure):
            reason = f"robots.txt: {fetched.reason}"
            site.cooldown = Cooldown("unreachable", fetched.outcome, reason)
            self._site_states.save_cooldown(site)
            return
        status, body = fetched.response.status, fetched.response.body
        if status >= 500 or status == _TOO_MANY_REQUESTS:
            reason = f"robots.txt answers {status}"
            site.cooldown = Cooldown("unreachable", Outcome.UNREACHABLE, reason)
            self._site_states.save_cooldown(site)
            return
        if fetched.response.truncated and len(body) < LONGEST:
            # What it says further is not known: the next run asks again.
            apply_robots(site, status, body)
        else:
            self._site_states.save_robots(site, status, body)

    async def _follow_robots_redirects(
        self, address: str, context: FetchContext
    ) -> FetchedResponse | FetchFailure:
        """robots.txt may redirect anywhere (RFC 9309, 2.3.1.2); too many redirects mean none."""
        current, redirects = address, list[str]()
        while True:
            fetched = await self._request(address, current, context, robots=True)
            if isinstance(fetched, FetchFailure) or fetched.response.status not in REDIRECTS:
                return fetched
            target = _target(fetched)
            if target is None or target in redirects or len(redirects) >= MAX_REDIRECTS:
                return fetched
            redirects.append(current)
            current = target

    async def _request(
        self,
        first: str,
        url: str,
        context: FetchContext,
        *,
        robots: bool = False,
        posted: bytes | None = None,
        for_form: bool = False,
    ) -> FetchedResponse | FetchFailure:
        """One request, with one retry after a passing failure unless a form is sent; the response
        is archived. A robots.txt that came too late is asked for once more, too: the whole night of
        a site hangs on it.

        `first`: the address before all redirects. `for_form`: it sends a form, or a form has led
        to it.
        """
        request = partial(self._request_once, first, url, context, robots=robots, for_form=for_form)
        if posted is not None:
            return await request(posted=posted)
        fetched = await request()
        if not (_is_passing(fetched) or (robots and _is_late(fetched))):
            return fetched
        return await request() if self.site_of(url, context).cooldown is None else fetched

    async def _request_once(
        self,
        first: str,
        url: str,
        context: FetchContext,
        *,
        robots: bool = False,
        posted: bytes | None = None,
        for_form: bool = False,
    ) -> FetchedResponse | FetchFailure:
        site = self.site_of(url, context)
        conditions = {} if robots or url != first else dict(context.validators(url))
        further = {} if robots or site_name(url) != site_name(first) else context.headers
        sent = {"Content-Type": FORM} if posted is not None else {}
        request = Request(
            url,
            method="GET" if posted is None else "POST",
            body=posted,
            headers={**further, **conditions, **sent},
            meta={
                "download_slot": site.name,
                "pace": site.pace,
                "robots": site.robots,
                "dont_obey_robotstxt": robots,
                "verbatim_url": True,
            },
            dont_filter=True,
        )
        cookies = None if robots else context.cookies
        if cookies is not None and for_form:
            cookies.add_to(request)
        try:
            raw = await self._engine.download_async(request)
            if cookies is not None:
                cookies.keep(raw, request)
            response = self._response(first, url, raw)
            purpose: Purpose = "robots" if robots else context.purpose
            response = replace(response, source=context.source, purpose=purpose, posted=posted)
        except _DOWNLOAD_ERRORS as error:
            return _failure(error)
        position = self._sink.append(response)
        self._on_response(context.source, len(response.body))
        shown = site_time(response.headers)
        if shown is not None:
            self._on_site_time(shown)
        self._update_cooldown(site, response, robots=robots)
        return FetchedResponse(response, position)

    def _response(self, first: str, url: str, raw: ScrapyResponse) -> Response:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
            for name, values in raw.headers.items()
        }
        decoded = decode(raw.body, headers.get("content-encoding", ""), limit=MAX_BODY)
        return Response(
            url=first,
            final_url=url,
            status=raw.status,
            headers=headers,
            fetched_at=self._now(),
            body=decoded.body,
            truncated=not decoded.complete or "dataloss" in raw.flags,
        )

    def _update_cooldown(self, site: Site, response: Response, *, robots: bool) -> None:
        """429, and 503 with Retry-After, start a cooldown over runs; a good response resets it, and
        a challenge page with status 200 is none.
        """
        seconds = retry_after(response.headers, self._now())
        status = response.status
        if status == _TOO_MANY_REQUESTS or (status == 503 and seconds is not None):
            wait = "" if seconds is None else f", Retry-After {seconds:.0f} s"
            reason = f"status {status}{wait}"
            site.cooldown = Cooldown("blocked", Outcome.BLOCKED, reason)
            self._site_states.save_cooldown(site, seconds)
        elif site.failures and not robots and _is_good(response):
            self._site_states.reset(site)


def _refuse_redirect(
    target: str, visited: list[str], fetched: FetchedResponse, context: FetchContext
) -> FetchFailure | None:
    """Why a redirect is not followed; `visited`: the addresses so far, the first one first."""
    status, position = fetched.response.status, fetched.position
    if target in visited:
        return FetchFailure(Outcome.REFUSED, f"redirect loop at {target}", status, position)
    if len(visited) > MAX_REDIRECTS:
        reason = f"more than {MAX_REDIRECTS} redirects"
        return FetchFailure(Outcome.REFUSED, reason, status, position)
    refusal = context.may_lead_to(target)
    if refusal is not None:
        return FetchFailure(Outcome.REFUSED, refusal, status, position)
    if identity(target) != identity(visited[0]) and context.already(target):
        return FetchFailure(Outcome.DUPLICATE, f"{REDIRECTS_TO}{target}", status, position)
    return None


def response_failure(fetched: FetchedResponse) -> FetchFailure | None:
    """Why a response is no document (blocked, an error status, no target); None if it is one."""
    response = fetched.response
    status = response.status
    reason = block_reason(status, response.headers, response.body)
    if reason is None and status == 503 and "retry-after" in response.headers:
        reason = "status 503 with Retry-After"
    if reason is not None:
        return FetchFailure(Outcome.BLOCKED, reason, status, fetched.position)
    if status in PAGE_STATUS or status == 304:
        return None
    return FetchFailure(Outcome.HTTP_ERROR, f"status {status}", status, fetched.position)


def _is_good(response: Response) -> bool:
    if response.status >= 400:
        return False
    return block_reason(response.status, response.headers, response.body) is None


def with_own_validators(response: Response) -> Response:
    """The response, without validators that must not be saved for the requested address.

    With those of a truncated body, the next run would take half a page for the whole one; those of
    a redirect's target belong to another address.
    """
    if not response.truncated and identity(response.final_url) == identity(response.url):
        return response
    return without_validators(response)


def without_validators(response: Response) -> Response:
    """The response, without what would make the next request for its address conditional."""
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


def _is_passing(fetched: FetchedResponse | FetchFailure) -> bool:
    if isinstance(fetched, FetchedResponse):
        return fetched.response.status in _RETRIED
    return fetched.outcome is Outcome.UNREACHABLE and fetched.reason.startswith(_CONNECTION_BROKEN)


def _is_late(fetched: FetchedResponse | FetchFailure) -> bool:
    return isinstance(fetched, FetchFailure) and fetched.outcome is Outcome.TIMED_OUT


_CONNECTION_BROKEN = "connection broken"
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
            outcome, reason = Outcome.UNREACHABLE, f"{_CONNECTION_BROKEN}: {text}"
        case _:
            outcome, reason = Outcome.REFUSED, f"unusable address: {text}"
    return FetchFailure(outcome, reason)

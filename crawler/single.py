"""One page asked for outside a run, as a page to read or an error."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.asking import Manners, ask_around
from crawler.frontier import Response
from crawler.scrapy_settings import TIMEOUT
from crawler.spiders.fetch import Answer, Failure, refused_answer
from crawler.spiders.page_type import why_no_page
from crawler.urls import canonical
from indexer.errors import FetchError, HostUnavailable, ResponseRejected, RobotsDenied
from indexer.outcome import Outcome

_ERRORS: dict[Outcome, type[FetchError]] = {
    Outcome.ROBOTS: RobotsDenied,
    Outcome.UNREACHABLE: HostUnavailable,
    Outcome.TIMED_OUT: HostUnavailable,
}


def fetch_page(
    url: str,
    *,
    contact: str | None,
    allow_networks: Sequence[str],
    delay: float,
    timeout: float = TIMEOUT,
) -> Response:
    """Ask for one page, in this process and thread; robots.txt is asked for first.

    `contact`, `allow_networks`, `timeout` as in `CrawlSettings`; `delay`: seconds between two
    requests to a site. Redirects are followed to whatever site, whose robots.txt counts there.
    Raises FetchError: RobotsDenied, HostUnavailable, or ResponseRejected for everything that is no
    page to read (forbidden network, status, size, type, block).
    """
    address = canonical(url)
    if address is None:
        raise ResponseRejected(f"{url} is no address to ask for")
    manners = Manners(contact, allow_networks, timeout)
    [got] = ask_around([lambda asker: asker.ask(address, delay)], manners)
    return _page(address, got)


def _page(url: str, got: Answer | Failure) -> Response:
    failure = got if isinstance(got, Failure) else refused_answer(got)
    if failure is not None:
        error = _ERRORS.get(failure.outcome, ResponseRejected)
        raise error(f"{url}: {failure.outcome.value}: {failure.reason}")
    if not isinstance(got, Answer):
        raise TypeError("a failure was told above")
    response = got.response
    reason = why_no_page(response.headers, response.body)
    if response.status == 304:
        reason = "status 304"
    if reason is not None:
        raise ResponseRejected(f"{url}: {Outcome.REFUSED.value}: {reason}")
    return response

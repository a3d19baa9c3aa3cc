"""A link that may lead on though nothing says so: the only one at the list's own address with one
number more. Pure.

It is of use where the label is in a language without word list, or an image: `?stranka=2`,
`/habarho/page/2/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.listings.page_patterns import SECOND

MOST_DIGITS = 4
ROUND = 5
"""What offsets are multiples of, mostly."""
_IN_PATH = re.compile(r"(?P<list>.*?)/(?P<name>[a-z]{1,10})(?P<sign>[/-]?)(?P<number>\d{1,3})")
"""The path of a list, and behind it the number of its page."""


def lone_number(
    urls: Iterable[str], page: str, is_further_page: Callable[[str], bool]
) -> str | None:
    """The address that differs from that of the page by one numbered parameter alone, or by a
    number behind its path, if there is one only: canonical addresses of all links, and that of the
    page. `is_further_page` knows addresses by the word before their number: `/page2`.
    """
    found = {
        url: number
        for url in {*urls}
        if (number := _further(url, page, is_further_page)) is not None
    }
    if len({name for name, _ in found.values()}) != 1:
        return None
    after = [url for url, (_, is_after) in found.items() if is_after]
    return after[0] if len(after) == 1 and len(found) <= SECOND else None


def _further(
    url: str, page: str, is_further_page: Callable[[str], bool]
) -> tuple[str, bool] | None:
    """The name of the parameter that is added or differs, and whether it counts on."""
    there, here = urlsplit(url), urlsplit(page)
    if there.netloc != here.netloc:
        return None
    if there.path != here.path:
        if there.query != here.query:
            return None
        return _further_path(there.path, here.path, is_named=is_further_page(url))
    asked, known = dict(parse_qsl(there.query)), dict(parse_qsl(here.query))
    names = [name for name, value in asked.items() if known.get(name) != value]
    if len(names) != 1 or known.keys() - asked.keys():
        return None
    [name] = names
    value = asked[name]
    if not value.isdecimal() or len(value) > MOST_DIGITS:
        return None
    return name, _counts_on(int(value), known.get(name))


def _further_path(there: str, here: str, *, is_named: bool) -> tuple[str, bool] | None:
    """The same of addresses whose paths alone differ. News has numbers, too (`/covid-2`, `/post/2`
    below a home page): there the word before them has to say that it is a page.
    """
    there, here = there.rstrip("/"), here.rstrip("/")
    found, known = _IN_PATH.fullmatch(there), _IN_PATH.fullmatch(here)
    if found is None:
        return None
    number, name = int(found["number"]), f"{found['name']}/"
    if known is not None and (known["list"], known["name"]) == (found["list"], found["name"]):
        return name, number == int(known["number"]) + 1
    is_second = found["list"] == here and number == SECOND
    return (name, True) if is_second and (is_named or (here and found["sign"] == "/")) else None


def _counts_on(number: int, current: str | None) -> bool:
    """Whether a number is that of the next page, or the offset of its entries."""
    if current is not None and current.isdecimal():
        here = int(current)
        return number == here + 1 or (here >= ROUND and number > here)
    return number in (1, SECOND) or (number >= ROUND and number % ROUND == 0)

"""The way through a paged list: the next page, or what may be it where a page names none.

A button or a number without an address leaves the next page open: a script loads it. Then the
address after the present one is tried, once: it is taken for a page of the list if it brings
entries that no page had, of the make that they have had so far. Each page that is taken earns one
more trial. Where pages name the next one, the page that names none is the last.

A list may have parts by year or month. They come after what can be turned from the first page, each
like a trial; their own pages are turned, their parts are not. Where pages name the next one, the
parts mostly hold what these hold: once a few in a row bring nothing new, the others are left out.
The next months of a calendar that shows one month come like parts, before them. A way that goes on
within a part, where another run has ended, leads to the parts behind that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, urlsplit

from crawler.discovery.list_page import ListPage, PostedForm
from crawler.discovery.listings.page_addresses import folder
from crawler.discovery.listings.page_patterns import page_after
from indexer.frontier.port import Link
from indexer.records.urls import identity

MOST_IDLE = 6
"""Half a year by months."""
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class ListStep:
    """The next request of a paged list."""

    url: str
    is_trial: bool = False
    """No page names the address, or only as that of a part."""
    is_part: bool = False
    """It begins a part of the list."""
    posted: PostedForm | None = None
    """The form that asks for it; `url` is then its name, with the number of the turn from the
    second on: a button that says next is the same on each page.
    """

    @property
    def is_guess(self) -> bool:
        """Whether nothing has named its address."""
        return self.is_trial and not self.is_part and self.posted is None


@dataclass(slots=True)
class ListPath:
    """The pages of one list that were requested, in their order."""

    visited: set[str] = field(default_factory=set)
    """Their identities."""
    taken: int = 0
    """Pages that were taken for pages of the list."""
    goes_on: bool = False
    """It begins where another run has ended."""
    _steps: list[ListStep] = field(default_factory=list)
    _brought: bool = False
    """The last page was taken, and had links that no page before had."""
    _makes: Counter[str] = field(default_factory=Counter)
    """Folders of the entries so far, without their numbers."""
    _parts: list[str] = field(default_factory=list)
    """Parts that have not been requested."""
    _is_index: bool = False
    """Its first page has no entries."""
    _is_parted: bool = False
    """The parts have been read."""
    _instead: ListStep | None = None
    """What to request where the last step was in vain."""
    _idle: int | None = None
    """Parts in a row that brought nothing new, behind a list whose pages name the next one."""

    def visit(self, step: ListStep) -> None:
        """Add a page that is requested."""
        self.visited.add(identity(step.url))
        self._steps.append(step)

    def after(self, content: ListPage) -> ListStep | None:
        """What to request after the last page; None at the end of the list."""
        if not self._is_parted and content.next is None:
            self._is_parted = True
            start = self._steps[0].url if self.goes_on else None
            parts = [*content.ahead, *content.parts]
            self._parts = _behind(parts, start) if start else parts
            if len(self._steps) > 1 and not self.goes_on:
                self._idle = 0
        return self._following(content) or self.next_part()

    def next_part(self) -> ListStep | None:
        """What to request where what came before leads on no more: what was left to try, else the
        next part; None after the last one.
        """
        instead, self._instead = self._instead, None
        if instead is not None:
            return instead
        while self._parts and (self._idle is None or self._idle < MOST_IDLE):
            step = self._unvisited(ListStep(self._parts.pop(0), is_trial=True, is_part=True))
            if step is not None:
                return step
        return None

    def leave_parts(self) -> None:
        """Request no part that has not been requested."""
        self._is_parted = True
        self._parts.clear()

    def _following(self, content: ListPage) -> ListStep | None:
        if content.next is not None:
            return self._unvisited(ListStep(content.next))
        if content.ends:
            return None
        *_, before, here = [None, *self._steps]
        guess = content.guess
        if before is not None and here is not None and here.is_guess:
            guess = page_after(before.url, here.url) or guess
        tried = self._unvisited(ListStep(guess, is_trial=True)) if guess is not None else None
        form = self._by_form(content.posted) if content.posted is not None else None
        if tried is not None:
            self._instead = form
        return tried or form

    def takes(self, step: ListStep, fresh: Iterable[Link]) -> bool:
        """Whether a page belongs to the list; `fresh`: its links that no page before had."""
        fresh = [*fresh]
        self._brought = False
        if self._idle is not None:
            self._idle = 0 if fresh else self._idle + step.is_part
        makes = Counter(_DIGITS.sub("0", folder(link.url)) for link in fresh)
        alike = sum(number for make, number in makes.items() if make in self._makes)
        is_first = step.is_part and not self._makes
        if not step.is_trial and not self.taken:
            self._is_index = not fresh
        is_time = self._is_index and step.is_part and _is_time_of(step.url, self._steps[0].url)
        is_own = is_first or (is_time and bool(fresh))
        if step.is_trial and not is_own and not _is_enough(alike, makes.total(), step):
            return False
        self._makes.update(makes)
        self._instead = None
        self._brought = bool(fresh)
        self.taken += 1
        return True

    def _unvisited(self, step: ListStep) -> ListStep | None:
        return step if identity(step.url) not in self.visited else None

    def _by_form(self, posted: PostedForm) -> ListStep | None:
        """The turn by a form; again by the same button only if the last page brought something,
        and only with what has not been sent.
        """
        before = [step.posted for step in self._steps if step.posted is not None]
        turns = sum(form == posted for form in before)
        if turns == 0:
            return self._unvisited(ListStep(posted.name, is_trial=True, posted=posted))
        if not self._brought or any(form.sends_as(posted) for form in before):
            return None
        return ListStep(f"{posted.name};{turns + 1}", is_trial=True, posted=posted)


def _is_enough(alike: int, links: int, step: ListStep) -> bool:
    """Most links are made as those of the list; half of them suffice where the list itself names
    the page: reports of what is over may stand elsewhere.
    """
    return alike * 2 > links or (step.is_part and alike > 0 and alike * 2 == links)


def _is_time_of(part: str, page: str) -> bool:
    """Whether an address is that of an archive with a year behind it: whatever stands there is of
    that time, also where each entry has a folder of its own.
    """
    behind = part.removeprefix(page.rstrip("/"))
    return behind != part and _YEAR.search(behind) is not None


def _behind(parts: Sequence[str], page: str) -> list[str]:
    """The parts behind the one to which a page belongs; none where it belongs to none.

    The row may leave out the part that it stands on: then those of its year and before.
    """
    for number, part in enumerate(parts):
        if _is_within(urlsplit(page), urlsplit(part)):
            return [*parts[number + 1 :]]
    years = _YEAR.findall(page)
    return [part for part in parts if years and _YEAR.findall(part)[-1:] <= years[-1:]]


def _is_within(page: SplitResult, part: SplitResult) -> bool:
    """Whether an address is that of a part, or has more behind its path or in its query."""
    return (
        page.netloc == part.netloc
        and f"{page.path.rstrip('/')}/".startswith(f"{part.path.rstrip('/')}/")
        and {*parse_qsl(part.query)} <= {*parse_qsl(page.query)}
    )

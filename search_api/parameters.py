"""The parameters of a search, the same for the API, the page and the feed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import quote_plus, urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from indexer.query.fields import FACETS
from indexer.query.moments import moment_of, seconds_of
from indexer.records.document import NOT_NEWS
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest, Sort
from indexer.stores.timeline import By
from search_api.page_words import FILTERS

QUERY_LIMIT = 2000
"""Characters of a query (contract)."""

EVERYTHING = "*"

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DOTTED = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", re.ASCII)
"""8.6.2015, 06.2015: with dots the day stands first everywhere; with strokes it does not."""


def _partial_date(value: str) -> str:
    if dotted := _DOTTED.fullmatch(value.strip()):
        day, month, year = dotted.groups()
        value = "-".join((year, *(f"{part:0>2}" for part in (month, day) if part)))
    match = _PARTIAL_DATE.fullmatch(value)
    if match is None or not _exists(*(int(g) if g else None for g in match.groups())):
        raise PydanticCustomError(
            "partial_date", "should be a date such as 2015-06-08, 2015-06 or 2015"
        )
    return value


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or 1 <= day <= calendar.monthrange(year, month or 1)[1]


def _first_day(value: str) -> str:
    return value + "-01-01"[len(value) - 4 :]


def _last_day(value: str) -> str:
    if len(value) == 4:
        value += "-12"
    if len(value) == 7:
        year, month = (int(part) for part in value.split("-"))
        value += f"-{calendar.monthrange(year, month)[1]:02}"
    return value


def _moment(value: str) -> str:
    # A plus sign of a zone that an address has not escaped is a blank.
    value = value.strip().replace(" ", "+")
    found = seconds_of(value)
    # Pages show it in their own zone, in which not every moment of the years 1 and 9999 exists.
    if found is None or not 1970 <= moment_of(found[0]).year < 3000:
        raise PydanticCustomError(
            "moment", "should be a moment such as 2015-06-08T07:30Z, or a date"
        )
    return value


class FormParameters(BaseModel):
    """Parameters of an address. An empty one counts as missing: HTML forms send them so."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        lists = {
            k: [v for v in value if v] for k, value in values.items() if isinstance(value, list)
        }
        return {k: v for k, v in {**values, **lists}.items() if v not in ("", [], None)}

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from the defaults, in a fixed order."""
        given = self.model_dump(by_alias=True, exclude_defaults=True)
        return [(key, str(value)) for key, value in given.items()]

    def address(self, path: str, **changes: object) -> str:
        """`path` with these parameters and some changes (by attribute name)."""
        pairs = self.model_copy(update=changes).pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path


class PeriodParameters(FormParameters):
    """Parameters with a period: `from_` and `to`, which a subclass has with their meaning."""

    @model_validator(mode="after")
    def _check_period(self) -> Self:
        first, last = getattr(self, "from_", None), getattr(self, "to", None)
        if first and last and _first_day(first) > _last_day(last):
            raise PydanticCustomError("period", "`from` lies after `to`")
        return self


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Moment = Annotated[str, AfterValidator(_moment)]
Values = Annotated[list[str], Field(default_factory=list, max_length=50)]


class _QueryParameter(PeriodParameters):
    q: str = Field(
        "",
        description="Query in the query language, up to 2,000 characters; empty: all news. "
        f"Pages that are no news ({', '.join(NOT_NEWS)}) are found only where the query or the "
        "parameter `kind` names kinds of pages, and by the query `*`. `sure:yes` beside a field of "
        "events (`series:Rohstoffdialog sure:yes`): only values that are sure answer.",
    )


_ORDER = ("q", *FILTERS, "from", "to", "since", "sort", "limit", "group")
"""Parameters of a search but the cursor, as they stand in its address."""


if TYPE_CHECKING:
    _FacetParameters = _QueryParameter
else:
    _FacetParameters = create_model(
        "_FacetParameters",
        __base__=_QueryParameter,
        **{
            name: (Values, Field(description=f"{facet.facet}; may be repeated."))
            for name, facet in FACETS.items()
        },
    )


class SearchParameters(_FacetParameters):
    """A search: query, filters, order and page of the result."""

    from_: PartialDate | None = Field(
        None, alias="from", description="Published on or after: 2015, 2015-06 or 2015-06-08."
    )
    to: PartialDate | None = Field(
        None, description="Published on or before, whole month or year included."
    )
    since: Moment | None = Field(
        None,
        description="First seen then or later: 2015-06-08T07:30Z (UTC where it names no zone), or "
        "the beginning of a date.",
    )
    sort: Sort | None = Field(
        None,
        description="Order; relevance if not given, newest where `q` is empty. By the days of "
        "events: `upcoming` (the next event first, those under way before it; then those that are "
        "over, the latest first), `past` (the latest that is over first; then the next one to "
        "come), `event_date` (the latest of all first). Hits show the event that this is.",
    )
    limit: int = Field(20, ge=1, le=100, description="Hits in one answer.")
    cursor: str | None = Field(None, description="`next` of the answer before.")
    group: Literal["story", "off"] = Field(
        "story",
        description="`story`: pages that tell the same news are one hit, with the others in "
        "`others`; `off`: each page is a hit. Total and facets count pages.",
    )

    @property
    def query(self) -> str:
        """The query without surrounding space; may be empty."""
        return self.q.strip()

    @property
    def order(self) -> Sort:
        """The order that was given, else relevance, or newest for an empty query."""
        return self.sort or ("relevance" if self.query else "newest")

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Field → chosen values; only fields that have any."""
        chosen = {
            field: tuple(FACETS[field].form(value) for value in self._chosen(field))
            for field in FILTERS
        }
        return {field: values for field, values in chosen.items() if values}

    def _chosen(self, field: str) -> list[str]:
        """The chosen values of a facet, as they were given."""
        values: list[str] = getattr(self, field)
        return values

    @property
    def last_day(self) -> date | None:
        """Last day of the period of publication; None: it is open."""
        return date.fromisoformat(_last_day(self.to)) if self.to else None

    @property
    def seen_since(self) -> datetime | None:
        """The moment since which pages were first seen."""
        found = seconds_of(self.since) if self.since else None
        return moment_of(found[0]) if found else None

    @property
    def is_narrowed(self) -> bool:
        """Whether the search is for less than everything."""
        return bool(self.query or self.filters or self.from_ or self.to or self.since)

    def request(
        self,
        *,
        facets: bool,
        timeline: bool = False,
        entries: bool = False,
        today: date | None = None,
    ) -> SearchRequest:
        """The request to the store; QueryError for a query that is too long.

        `entries`: pages of one story are one hit, unless `group` says otherwise. `today`: where
        people are; None: in UTC.
        """
        if len(self.q) > QUERY_LIMIT:
            raise QueryError(
                f"the query is longer than {QUERY_LIMIT:,} characters",
                position=QUERY_LIMIT,
                reason="too-long",
            )
        request = SearchRequest(
            query=self.q if self.query else EVERYTHING,  # as typed: errors give positions in it
            sort=self.order,
            limit=self.limit,
            cursor=self.cursor,
            filters=self.filters,
            published_from=_first_day(self.from_) if self.from_ else None,
            published_to=_last_day(self.to) if self.to else None,
            seen_since=self.seen_since,
            news_only=not self.query,
            facets=facets,
            timeline=timeline,
            stories="entries" if entries and self.group == "story" else "places",
        )
        return replace(request, today=today) if today else request

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from the defaults, in a fixed order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(field, value) for field in FILTERS for value in self._chosen(field)]
        periods = (("from", self.from_), ("to", self.to), ("since", self.since))
        pairs += [(k, v) for k, v in periods if v]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.limit != 20:
            pairs.append(("limit", str(self.limit)))
        if self.group != "story":
            pairs.append(("group", self.group))
        if self.cursor:
            pairs.append(("cursor", self.cursor))
        return pairs

    @classmethod
    def as_typed(cls, given: Iterable[tuple[str, str]]) -> Self:
        """What somebody has asked for, as far as a form shows or keeps it: the query, the period,
        and filters, whether or not they can be searched.
        """
        values: dict[str, Any] = {}
        for name, value in given:
            if name in FILTERS:
                values.setdefault(name, []).append(value)
            elif name in ("q", "from", "to"):
                values["from_" if name == "from" else name] = value
        return cls.model_construct(**values)

    def toggle(self, path: str, field: str, value: str) -> str:
        """Address of the same search with a filter value added, or removed if it is set."""
        values = [FACETS[field].form(chosen) for chosen in self._chosen(field)]
        changed = [v for v in values if v != value] if value in values else [*values, value]
        return self.address(path, cursor=None, **{field: changed})

    def toggles(self, path: str, field: str, values: Iterable[str]) -> Iterator[str]:
        """The addresses of several values, as `toggle` gives them. What they share is written once:
        a page has a hundred.
        """
        chosen = [FACETS[field].form(value) for value in self._chosen(field)]
        before, after = _around(self.model_copy(update={field: chosen}).pairs(), field, field)
        for value in values:
            if value in chosen:
                yield self.toggle(path, field, value)
            else:
                yield f"{path}?{before}{field}={quote_plus(value)}{after}"

    def in_periods(self, path: str, periods: Iterable[str]) -> Iterator[str]:
        """The addresses of the same search in each of several periods of publication (2015-06)."""
        wide = self.model_copy(update={"from_": None, "to": None})
        before, after = _around(wide.pairs(), "from", "to")
        for period in periods:
            yield f"{path}?{before}from={quote_plus(period)}&to={quote_plus(period)}{after}"


def _around(pairs: Iterable[tuple[str, str]], first: str, last: str) -> tuple[str, str]:
    """The pairs as an address without a cursor has them: up to the parameter `first`, and behind
    `last`. What is added stands in between.
    """
    places = [(_ORDER.index(name), name, value) for name, value in pairs if name in _ORDER]
    begin, end = _ORDER.index(first), _ORDER.index(last)
    before = urlencode([(name, value) for place, name, value in places if place <= begin])
    after = urlencode([(name, value) for place, name, value in places if place > end])
    return before and f"{before}&", after and f"&{after}"


class TimelineParameters(SearchParameters):
    """A search, and the periods in which its hits are counted."""

    by: By = Field("month", description="Length of a period.")

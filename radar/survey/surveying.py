"""Surveys of configured sources, and of sites that may become one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.discovery.listing_words import ListingWords
from crawler.one_off.asker import CrawlIdentity, ask_all
from crawler.one_off.survey import AddressReport, Survey
from indexer.records.errors import ConfigError, HostUnavailable
from indexer.records.source import Source
from indexer.records.urls import canonical, identity, is_home, sites
from indexer.records.values import check_country, is_language
from radar.installation.installation import Installation

_SECOND_LEVEL = frozenset({"com", "co", "org", "gov", "net", "ac", "edu"})
"""Labels before a country's domain that do not name an organisation."""


def survey_sources(
    installation: Installation,
    sources: Sequence[Source],
    today: date,
    done: Callable[[], None],
) -> list[list[AddressReport]]:
    """Fetch every address of each source once; the reports in the order of the sources."""
    languages = installation.reference.languages
    words = ListingWords.from_languages(languages)
    surveys = [Survey(source, words, today, languages) for source in sources]
    return ask_all([survey.check for survey in surveys], _identity(installation), done=done)


@dataclass(frozen=True, slots=True)
class SourceOverrides:
    """Values of a new source that the operator sets; None or empty: detect them."""

    id: str | None = None
    name: str | None = None
    country: str | None = None
    languages: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source to be, as far as one look can tell."""

    source: Source
    reports: list[AddressReport]
    guessed: frozenset[str]
    """Keys whose values a person should look at."""
    empty_because: str | None = None
    """Why its pages seem to have no text without a browser; None if they have."""

    @property
    def ways_in(self) -> list[AddressReport]:
        """Feeds, sitemaps and listings that give links to pages."""
        return [report for report in self.reports if report.kind != "home" and report.works]

    @property
    def unused(self) -> list[AddressReport]:
        """Addresses that were fetched and give no links."""
        return [report for report in self.reports if report.kind != "home" and not report.works]


def propose(installation: Installation, url: str, given: SourceOverrides, today: date) -> Proposal:
    """Look at a site for an entry of its own; raises ConfigError, HostUnavailable."""
    address = canonical(url)
    if address is None:
        raise ConfigError([f"{url} is not an address; it must begin with http:// or https://"])
    _refuse_known(address, installation.settings.sources)
    crawler = installation.settings.crawler
    source_draft = Source("new", "new", address, "INT", (), delay=crawler.delay)
    known = installation.reference.languages
    survey = Survey(source_draft, ListingWords.from_languages(known), today, known)
    [found] = ask_all([survey.explore], _identity(installation))
    if found.facts is None:
        home = found.reports[0]
        raise HostUnavailable(f"{url}: {home.outcome}: {'; '.join(home.problems)}")
    languages = given.languages or _languages(found.facts.languages, found.reports)
    source = Source(
        id=given.id or _free_id(address, installation.settings.sources),
        name=given.name or _harmless(found.facts.name) or urlsplit(address).netloc,
        url=found.url if found.url and is_home(address) else address,
        country=given.country or _country_of(address) or "INT",
        languages=languages or ("en",),
        kind=given.kind,
        render="auto" if found.empty_because is not None else "never",
    )
    certain = {
        "name": bool(given.name),
        "country": bool(given.country),
        "languages": bool(given.languages),
    }
    guessed = frozenset(key for key, known in certain.items() if not known)
    return Proposal(source, found.reports, guessed, found.empty_because)


def _languages(of_home: Iterable[str], reports: Iterable[AddressReport]) -> tuple[str, ...]:
    """The languages of the home page and its versions, then those of the feeds and lists."""
    ways = (report.contents.language for report in reports if report.works and report.contents)
    return tuple(dict.fromkeys(filter(is_language, (*of_home, *filter(None, ways)))))


def neighbours(source: Source, known: Iterable[Source]) -> list[str]:
    """Ids of sources that share a site with this one."""
    return [other.id for other in known if sites(other) & sites(source)]


def _refuse_known(address: str, known: Sequence[Source]) -> None:
    for source in known:
        addresses = [source.url, *(f.url for f in source.feeds), *(e.url for e in source.listings)]
        if any(identity(canonical(a) or a) == identity(address) for a in addresses):
            raise ConfigError(
                [f"{address} belongs to the source {source.id} already"],
                hint=f"`radar sources check {source.id}` requests its addresses",
            )


def _free_id(address: str, known: Sequence[Source]) -> str:
    """An id made from the host's own name: `www.geo-survey.gov.kz` gives `geo-survey-kz`."""
    labels = (urlsplit(address).hostname or "source").removeprefix("www.").split(".")
    named = [label for label in labels if label not in _SECOND_LEVEL]
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(named or labels).lower()).strip("-") or "source"
    taken = {source.id for source in known}
    candidates = [words, *(f"{words}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _harmless(name: str | None) -> str:
    """A name as a page states it, without what a configuration file would act on: `${SECRET}`."""
    return "".join(c for c in (name or "").replace("${", "$ {") if c.isprintable()).strip()


def _country_of(address: str) -> str | None:
    """The country of the address's domain, if it is one of a country."""
    domain = (urlsplit(address).hostname or "").rpartition(".")[2].upper()
    try:
        return check_country({"UK": "GB"}.get(domain, domain))
    except ValueError:
        return None


def _identity(installation: Installation) -> CrawlIdentity:
    crawler = installation.settings.crawler
    return CrawlIdentity(crawler.contact, crawler.allow_networks)

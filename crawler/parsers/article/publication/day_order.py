"""Whether the day or the month comes first in a date of numbers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.parsers.article.publication.record import PublicationSource

_MONTH_FIRST_REGIONS = {"en": frozenset({"us", "ph"})}
"""Language → its regions that write the month first; they decide where none is stated."""
_MONTH_FIRST_DOMAINS = frozenset({"us", "gov", "mil", "edu"})
_GENERIC_DOMAINS = frozenset({"com", "org", "net", "info", "biz", "news", "io", "tv", "co"})


def is_source_day_first(source: PublicationSource) -> bool:
    """How the page writes it: as is known of its site, else by language, region and domain."""
    if source.day_first is not None:
        return source.day_first
    locale = source.markup.first_meta("og:locale")
    return is_day_first(source.lang, source.elements.root.get("lang"), locale, source.url)


def is_day_first(
    lang: str | None, declared: str | None, locale: str | None, url: str | None
) -> bool:
    """How `06/09/2015` is read: month first only in American English.

    English without a region: by the country of the address, and month first on generic domains.
    """
    regions = _MONTH_FIRST_REGIONS.get(lang or "")
    if regions is None:
        return True
    for tag in (declared, locale):
        region = re.search(rf"^{lang}[-_]([a-z]{{2}})$", (tag or "").strip(), re.IGNORECASE)
        if region:
            return region.group(1).lower() not in regions
    domain = (urlsplit(url or "").hostname or "").rsplit(".", 1)[-1]
    return domain not in _MONTH_FIRST_DOMAINS and domain not in _GENERIC_DOMAINS

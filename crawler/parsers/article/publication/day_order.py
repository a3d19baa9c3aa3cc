"""Whether the day or the month comes first in a date of numbers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MONTH_FIRST_DOMAINS = frozenset({"us", "gov", "mil", "edu"})
_GENERIC_DOMAINS = frozenset({"com", "org", "net", "info", "biz", "news", "io", "tv", "co"})


def is_day_first(
    lang: str | None, declared: str | None, locale: str | None, url: str | None
) -> bool:
    """How `06/09/2015` is read: month first only in American English.

    English without a region: by the country of the address, and month first on generic domains.
    """
    if lang != "en":
        return True
    for tag in (declared, locale):
        region = re.search(r"^en[-_]([a-z]{2})$", (tag or "").strip(), re.IGNORECASE)
        if region:
            return region.group(1).lower() not in ("us", "ph")
    domain = (urlsplit(url or "").hostname or "").rsplit(".", 1)[-1]
    return domain not in _MONTH_FIRST_DOMAINS and domain not in _GENERIC_DOMAINS

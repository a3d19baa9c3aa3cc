"""Page classes for sites whose markup the general reader misses; one module for each site or CMS.

`MODULES` names them with the domains that they are for: a module, and web-poet with all that it
loads (a tenth of the memory of a reading process), is imported at the first page of such a domain.
A class overrides only the fields that differ:

    @handle_urls("example.org")
    class ExamplePage(NewsPage):
        \"\"\"Keeps the byline in a data attribute.\"\"\"

        @field
        def authors(self) -> list[str]:
            return [tag["data-author"] for tag in self.soup.select("[data-author]")]
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from urllib.parse import urlsplit

from crawler.parsers.sites.site_fields import NewsFields, SiteFields

__all__ = ["MODULES", "NewsFields", "SiteFields", "read_site_fields"]

MODULES: Mapping[str, tuple[str, ...]] = {
    "government_site_builder": (
        "auswaertiges-amt.de",
        "bgr.bund.de",
        "bundeswirtschaftsministerium.de",
        "deutsche-rohstoffagentur.de",
    ),
}
"""Module of this package → domains for which it has page classes."""


def read_site_fields(url: str | None, markup: str) -> SiteFields | None:
    """Fields of the page class registered for the address; None where there is none.

    A field that finds nothing (None, empty) is left to the general reader.
    """
    if not url or not url.startswith(("http://", "https://")):
        return None
    host = _host(url)
    modules = [name for name, domains in MODULES.items() if any(_within(host, d) for d in domains)]
    if not modules:  # nearly all
        return None
    for name in modules:
        import_module(f"{__name__}.{name}")
    # web-poet, see above
    from crawler.parsers.sites.news_page import read_registered  # noqa: PLC0415

    return read_registered(url, markup)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address that is none has no page class
        return ""


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")

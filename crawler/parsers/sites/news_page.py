"""Base of the page classes (web-poet page objects), and their look-up by address."""

from __future__ import annotations

from collections.abc import Callable

import tldextract.tldextract
import web_poet
from bs4 import BeautifulSoup
from web_poet.fields import get_fields_dict

from crawler.parsers.sites.site_fields import NewsFields, SiteFields

# The rules match by registered domain. As shipped, that look-up downloads the public suffix list at
# its first use; reading a page touches no network, so the list inside the package is used.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


class NewsPage(web_poet.WebPage[NewsFields]):
    """A news page; fields that a class declares win over the general reader."""

    @property
    def soup(self) -> BeautifulSoup:
        """The page for selectors of beautifulsoup4."""
        return BeautifulSoup(self.response.text, "lxml")


def handle_urls(pattern: str) -> Callable[[type[NewsPage]], type[NewsPage]]:
    """Register a page class for the addresses of a site (`bgr.bund.de`, `example.org/news`)."""
    decorator: Callable[[type[NewsPage]], type[NewsPage]] = web_poet.handle_urls(pattern)
    return decorator


def read_registered(url: str, markup: str) -> SiteFields | None:
    """Fields of the page class registered for the address; None where there is none."""
    page_class = web_poet.default_registry.page_cls_for_item(url, NewsFields)
    if page_class is None:
        return None
    response = web_poet.HttpResponse(url, body=markup.encode(), encoding="utf-8")
    page = page_class(response)
    values = {name: getattr(page, name) or None for name in get_fields_dict(page_class)}
    return SiteFields(page_class.__name__, NewsFields(**values))

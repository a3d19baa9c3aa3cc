"""Page classes are found by their domains, and imported only for them."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest
import web_poet

from crawler.parsers import sites
from crawler.parsers.sites import MODULES, NewsFields, read_site_fields

_NO_PAGE_CLASSES = {"news_page", "site_fields"}
DATED = '<div class="docData"><span class="value">3. März 2026</span></div>'


@pytest.mark.parametrize("host", ["bgr.bund.de", "www.bgr.bund.de"])
def test_a_page_of_a_domain_is_read_by_its_class(host: str) -> None:
    found = read_site_fields(f"https://{host}/news", DATED)
    assert found is not None
    assert (found.page_class, found.fields.published) == (
        "GovernmentSiteBuilderPage",
        "3. März 2026",
    )


@pytest.mark.parametrize(
    "url",
    [None, "", "file:///bgr.bund.de", "https://bund.de/x", "https://xbgr.bund.de", "http://["],
)
def test_other_addresses_have_none(url: str | None) -> None:
    assert read_site_fields(url, DATED) is None


def test_every_page_class_is_listed_with_its_domains() -> None:
    assert {m.name for m in pkgutil.iter_modules(sites.__path__)} - _NO_PAGE_CLASSES == set(MODULES)
    for name in MODULES:
        import_module(f"{sites.__name__}.{name}")
    registered = {
        pattern.split("/")[0]
        for rule in web_poet.default_registry.get_rules()
        if rule.to_return is NewsFields
        for pattern in rule.for_patterns.include
    }
    assert registered == {domain for domains in MODULES.values() for domain in domains}


def test_pages_of_other_sites_load_no_page_class() -> None:
    program = (
        "import sys; from crawler.parsers.page import PageReader;"
        "from crawler.parsers.sites import read_site_fields;"
        "read_site_fields('https://example.org/', '');"
        "sys.exit('web_poet' in sys.modules or 'scrapy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

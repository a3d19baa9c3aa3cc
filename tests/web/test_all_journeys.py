"""Ten journeys over the data of `radar demo`, in every width, theme and language, with and without
scripts: 360, in which axe tests each page once in each look.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.demo_site import demo_app, made_demo
from tests.web.grid import ALL_LOOKS, Look, Site, go
from tests.web.journeys import JOURNEYS
from tests.web.sample_site import served

pytestmark = [pytest.mark.endurance, pytest.mark.timeout(600)]

Tested = set[tuple[str, Look]]


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    demo = made_demo(tmp_path_factory.mktemp("demo") / "demo")
    with served(demo_app(demo)) as address:
        yield Site(address, "copper")


@pytest.fixture(scope="module")
def tested() -> Tested:
    """Pages that axe has tested, by their step, in a look."""
    return set()


@pytest.mark.parametrize(
    ("look", "journey"), tuple(itertools.product(ALL_LOOKS, JOURNEYS)), ids=str
)
def test_a_journey_goes_well(
    browser: Browser, demo_site: Site, tested: Tested, journey: str, look: Look
) -> None:
    assert go(browser, demo_site, journey, look, tested) == []

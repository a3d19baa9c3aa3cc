"""Ten journeys through the sample site, each in one look; each two values of looks are met.

Every journey in every look: `test_all_journeys.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.grid import LANGUAGES, THEMES, WIDTHS, Look, Site, go, pairs
from tests.web.journeys import JOURNEYS
from tests.web.sample_site import served, working_app

SCRIPTS = (True, False)


@pytest.fixture(scope="module")
def working_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with working_app(tmp_path_factory.mktemp("journeys")) as app, served(app) as address:
        yield Site(address, "lithium")


@pytest.mark.parametrize(("journey", "look"), pairs(), ids=str)
def test_a_journey_goes_well(
    browser: Browser, working_site: Site, journey: str, look: Look
) -> None:
    assert go(browser, working_site, journey, look) == []


def test_each_pair_of_values_is_met() -> None:
    assert [journey for journey, _ in pairs()] == list(JOURNEYS)
    values = [WIDTHS, THEMES, LANGUAGES, SCRIPTS]
    gone = [(look.width, look.theme, look.lang, look.scripts) for _, look in pairs()]
    for one, other in itertools.combinations(range(len(values)), 2):
        met = {(way[one], way[other]) for way in gone}
        assert met == set(itertools.product(values[one], values[other]))

"""A database, an index or an archive that was put back to an earlier state, without the others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Toll
from tests.faults.restoring import LAST, Newsroom, newsroom


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("nights")) as made:
        yield made


@pytest.mark.fault("restore")
@pytest.mark.parametrize("night", [0, 1])
def test_an_index_that_was_put_back_is_brought_up_to_date(
    nights: Newsroom, night: int, toll: Toll
) -> None:
    place = nights.restored(f"index-{night}", LAST - 1, index=night)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    place.pay(toll)


@pytest.mark.fault("restore")
@pytest.mark.parametrize("part", ["index", "archive"])
def test_what_belongs_to_another_installation_is_refused_and_left_alone(
    nights: Newsroom, part: str, toll: Toll
) -> None:
    other = nights.installation(f"other-of-{part}")
    assert other.night(0).code == 0
    place = nights.restored(f"foreign-{part}", LAST - 1)
    shutil.rmtree(place.world.home / part)
    shutil.copytree(other.world.home / part, place.world.home / part)
    before = contents(place.world.home / part)
    revisions = place.documents()
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 3, ended)
    toll.answered_rightly("belongs to another installation" in ended.err, ended.err)
    toll.answered_rightly("hint: " in ended.err, ended.err)
    check = place.world.radar("check")
    toll.answered_rightly("belongs to another installation" in check.out, check.out)
    rebuilt = place.world.radar("rebuild")
    toll.answered_rightly((rebuilt.code == 3) == (part == "index"), rebuilt)
    toll.compare(before.items(), contents(place.world.home / part).items())
    toll.compare(revisions, place.documents())


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}

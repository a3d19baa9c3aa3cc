"""Configuration folders with files that are none, that never end, or that grow when read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.records.config_files import LARGEST
from indexer.records.reference import packaged_config
from tests.e2e.world import World
from tests.faults.conftest import Toll
from tests.faults.deadline import deadline
from tests.unit.indexer.records.test_config_files import make_socket, nested

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]"
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SETTINGS = ["radar.yaml", "apis.yaml", "sources/a.yaml", "watches/a.yaml", "topics/a.yaml"]
REFERENCE = ["languages/de.yaml", "email_disguises.yaml", "commodities.csv", "towns.csv"]
FILES: dict[str, Callable[[Path], object]] = {
    "anchors that multiply": lambda p: p.write_text(LAUGHS),
    "merges that multiply": lambda p: p.write_text(
        "a: &a {x: y}\n"
        + "\n".join(
            f"{n}: &{n} {{k: {{<<: [{', '.join([f'*{below}'] * 20)}]}}}}"
            for below, n in zip("abcdefgh", "bcdefghi", strict=True)
        )
    ),
    "deep nesting": lambda p: p.write_text("a: " + nested(900)),
    "deeper nesting": lambda p: p.write_text("- " * 1_000_000),
    "a named pipe": os.mkfifo,
    "a device": lambda p: p.symlink_to("/dev/zero"),
    "a socket": make_socket,
    "a folder": Path.mkdir,
    "a link that leads nowhere": lambda p: p.symlink_to("nowhere"),
    "an unreadable file": lambda p: p.symlink_to("/proc/self/mem"),
    "eight megabytes": lambda p: p.write_bytes(b"# comment\n" * 800_001),
    "other bytes": lambda p: p.write_bytes(b"id,name\na: \xff\xfe\n"),
    "NUL": lambda p: p.write_bytes(b"a: b\0c\n"),
}
ONLY_YAML = ("anchors that multiply", "merges that multiply", "deep nesting", "deeper nesting")


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("places", [SETTINGS, REFERENCE], ids=["settings", "reference"])
def test_a_file_of_the_configuration_that_is_none_is_told_with_its_line(
    places: list[str], kind: str, tmp_path_factory: pytest.TempPathFactory, toll: Toll
) -> None:
    """All places at once: each has its line."""
    world = World(tmp_path_factory.mktemp("c"))  # short: the name of a socket has 108 characters
    places = [p for p in places if p.endswith(".yaml") or kind not in ONLY_YAML]
    for place in places:
        (world.config / place).parent.mkdir(parents=True, exist_ok=True)
        FILES[kind](world.config / place)
    with toll.waiting(), deadline():
        ended = world.radar("check")
    told = [line.partition(":")[0] for line in ended.err.splitlines()]
    toll.compare([str(world.config / place) for place in places], told)
    toll.answered_rightly(ended.code == 2, ended)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("name", ["sources", "watches", "topics", "languages"])
def test_a_file_in_place_of_a_folder_of_the_configuration_is_told(
    name: str, tmp_path: Path, toll: Toll
) -> None:
    world = World(tmp_path)
    world.configure([])
    shutil.rmtree(world.config / name, ignore_errors=True)
    (world.config / name).write_text("- {}\n")
    with toll.waiting():
        ended = world.radar("check")
    right = (ended.code, ended.err) == (
        2,
        f"{world.config / name}: can't be read: Not a directory\n",
    )
    toll.answered_rightly(right, ended)


def test_the_packaged_files_are_far_from_the_limits() -> None:
    sizes = [p.stat().st_size for p in packaged_config().rglob("*") if p.is_file()]
    assert max(sizes) < LARGEST / 2

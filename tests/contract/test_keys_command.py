"""`radar key`: what other programs read of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.configure([])
    return world


def test_a_key_is_shown_once_and_listed_without_it(world: World) -> None:
    assert world.radar("key", "list", "--json").lines == []
    made = world.radar("key", "add", "desk", "--scope", "write", "--json").summary
    assert set(made) == {"name", "scope", "key", "feed_key"}
    (listed,) = world.radar("key", "list", "--json").lines
    assert set(listed) == {"name", "scope", "prefix", "created", "used"}
    assert (listed["name"], listed["scope"], listed["used"]) == ("desk", "write", None)
    assert made["key"].startswith(listed["prefix"])
    assert made["key"] not in json.dumps(listed)
    assert "desk: write, radar_" in world.radar("key", "list").out


def test_the_key_alone_goes_to_stdout(world: World) -> None:
    ended = world.radar("key", "add", "desk")
    (key,) = ended.out.split()
    assert key.startswith("radar_")
    assert key not in ended.err
    assert "radarfeed_" in ended.err


def test_without_keys_looking_makes_no_installation(world: World) -> None:
    listed = world.radar("key", "list")
    assert (listed.code, listed.out) == (0, "")
    assert "no key yet: `radar key add NAME`" in listed.err
    assert world.radar("key", "remove", "desk").code == 2
    assert not world.home.exists()


def test_a_new_data_folder_is_its_users_own(world: World) -> None:
    world.radar("key", "add", "desk")
    assert world.home.stat().st_mode & 0o777 == 0o700


def test_a_removed_key_is_gone(world: World) -> None:
    world.radar("key", "add", "desk")
    assert world.radar("key", "remove", "desk").code == 0
    assert world.radar("key", "list", "--json").lines == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "desk"), "there is a key 'desk' already"),
        (("add", "Two Words"), "is not an id"),
        (("add", "other", "--scope", "feeds"), "--scope"),
        (("remove", "dsk"), 'did you mean "desk"?'),
    ],
)
def test_mistakes_end_with_2_in_one_line(
    world: World, arguments: tuple[str, ...], told: str
) -> None:
    world.radar("key", "add", "desk")
    ended = world.radar("key", *arguments)
    assert ended.code == 2
    assert told in ended.err

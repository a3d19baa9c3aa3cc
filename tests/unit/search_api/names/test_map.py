from __future__ import annotations

import itertools

from search_api.names.directory import NameItem, Position
from search_api.names.map import LEAST_HEIGHT, MOST_HEIGHT, MOST_NAMED, WIDTH, draw


def place(name: str, lat: float, lon: float, documents: int = 1) -> NameItem:
    return NameItem(name, name, (), documents, {}, Position(lat, lon, None))


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw([place("Berlin", 52.5, 13.4), place("Astana", 51.2, 71.4, 3)])
    assert drawn is not None
    first, second = drawn.points
    assert (first.item.name, second.item.name) == ("Astana", "Berlin")
    assert first.x > second.x
    assert first.y > second.y
    assert first.radius > second.radius


def test_all_points_lie_inside_wherever_they_are() -> None:
    corners = [(90, 180), (-90, -180), (0, 0), (52.5, 13.4), (52.6, 13.5)]
    for number in range(1, len(corners) + 1):
        for chosen in itertools.combinations(corners, number):
            drawn = draw([place(str(n), *at) for n, at in enumerate(chosen)])
            assert drawn is not None
            assert LEAST_HEIGHT <= drawn.height <= MOST_HEIGHT
            assert all(0 <= p.x <= WIDTH and 0 <= p.y <= drawn.height for p in drawn.points)


def test_the_net_has_round_degrees() -> None:
    drawn = draw([place("a", 41, 44), place("b", 55, 75)])
    assert drawn is not None
    assert [line.degrees for line in drawn.parallels] == [40, 50]
    assert [line.degrees for line in drawn.meridians] == [40, 50, 60, 70]


def test_only_the_most_frequent_have_their_names_beside_them() -> None:
    drawn = draw([place(str(n), n, n, n) for n in range(1, 31)])
    assert drawn is not None
    assert [p.item.documents for p in drawn.points if p.named] == list(
        range(30, 30 - MOST_NAMED, -1)
    )


def test_places_without_a_position_are_no_map() -> None:
    assert draw([NameItem("x", "X", (), 1, {})]) is None

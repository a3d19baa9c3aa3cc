from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

from search_api.names.directory import NameItem, Position
from search_api.names.map import (
    LEAST_HEIGHT,
    LETTER,
    MOST_HEIGHT,
    MOST_NAMED,
    WIDTH,
    Box,
    Point,
    draw,
)


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
            assert all(p.radius <= p.x <= WIDTH - p.radius for p in drawn.points)
            assert all(p.radius <= p.y <= drawn.height - p.radius for p in drawn.points)
            assert all(-180 <= line.degrees <= 180 for line in drawn.meridians)
            assert all(-90 <= line.degrees <= 90 for line in drawn.parallels)


def test_the_net_has_round_degrees() -> None:
    drawn = draw([place("a", 41, 44), place("b", 55, 75)])
    assert drawn is not None
    assert [line.degrees for line in drawn.parallels] == [40, 50]
    assert [line.degrees for line in drawn.meridians] == [40, 50, 60, 70]


def test_only_the_most_frequent_have_their_names_beside_them() -> None:
    drawn = draw([place(str(n), 2 * n, 0, n) for n in range(1, 31)])
    assert drawn is not None
    assert [p.item.documents for p in drawn.points if p.label] == list(
        range(30, 30 - MOST_NAMED, -1)
    )


def covered(point: Point) -> Box:
    """What the name of a point covers."""
    assert point.label is not None
    width = LETTER * len(point.item.name)
    left = point.label.x - {"start": 0, "middle": width / 2, "end": width}[point.label.anchor]
    return Box(left, point.label.y - 13, left + width, point.label.y + 4)


def test_no_two_names_lie_on_one_another_and_the_larger_place_has_its_own() -> None:
    chance = Random(5)
    for _ in range(50):
        towns = [
            place(
                "Musterhausen"[: chance.randint(3, 12)], chance.gauss(50, 1), chance.gauss(9, 1), n
            )
            for n in range(1, 25)
        ]
        drawn = draw(towns)
        assert drawn is not None
        labelled = [p for p in drawn.points if p.label]
        assert labelled
        boxes = [covered(point) for point in labelled]
        assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
        points = [Box(p.x - 4, p.y - 4, p.x + 4, p.y + 4) for p in drawn.points]
        assert not any(name.overlaps(point) for name in boxes for point in points)
        assert all(b.left >= 0 and b.right <= WIDTH and b.top >= 0 for b in boxes)


def test_a_name_moves_to_where_there_is_room() -> None:
    drawn = draw([place("Astana", 51.2, 71.4, 3), place("Karaganda", 51.2, 71.9, 2)])
    assert drawn is not None
    first, second = drawn.points
    assert first.label is not None
    assert second.label is not None
    assert (first.label.anchor, second.label.anchor) == ("end", "start")


def test_places_without_a_position_are_no_map() -> None:
    assert draw([NameItem("x", "X", (), 1, {})]) is None


def test_countries_are_circles_where_their_middle_lies_on_the_map() -> None:
    cities = [place("Almaty", 43.2, 76.9, 3), place("Berlin", 52.5, 13.4)]
    drawn = draw(cities, [place("KZ", 48, 68, 9), place("DE", 51, 10, 4), place("AU", -25, 135)])
    assert drawn is not None
    assert [point.item.name for point in drawn.countries] == ["KZ", "DE"]
    assert drawn.countries[0].radius > drawn.countries[1].radius
    assert [point.item.name for point in drawn.points] == ["Almaty", "Berlin"]
    alone = draw(cities)
    assert alone is not None
    assert alone == replace(drawn, countries=())

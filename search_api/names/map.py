"""A map of places as points: their positions become units of an SVG. Pure.

It has no outlines of countries: a net of parallels and meridians, and a table beside it, say where
its points lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, floor, radians, sqrt
from typing import NamedTuple

from search_api.names.directory import NameItem, Position

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 900, 300, 640
"""Units of the map."""
MARGIN = 4.0
"""Degrees around the outermost points, at least."""
STEP = 10
"""Degrees from line to line of the net."""
MOST_NAMED = 12
"""Points that have their name beside them."""
LETTER = 8.5
"""Units of a letter, a little more than most fonts take at the size that the style sheet sets."""
_DEGREES = 16
"""Units that the degrees of a line are high; they are three times as wide."""
_SMALLEST, _LARGEST = 4.0, 18.0
"""Radius of a point in units."""


@dataclass(frozen=True, slots=True)
class Label:
    """The beginning, middle or end of a name (`anchor`, as SVG has it) on its base line."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    item: NameItem
    x: float
    y: float
    radius: float
    """Its area grows with the number of pages."""
    label: Label | None
    """Where its name stands; None where it has none beside it."""


class Box(NamedTuple):
    """What a name or a point covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A parallel or meridian."""

    degrees: int
    at: float
    """Its y or x."""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """The map."""

    width: int
    height: int
    points: tuple[Point, ...]
    """The largest first, so that small ones stay on top."""
    countries: tuple[Point, ...]
    """Those whose middle lies on the map, below the points, as large as their number of pages among
    the countries.
    """
    parallels: tuple[Line, ...]
    meridians: tuple[Line, ...]


def draw(places: Iterable[NameItem], countries: Iterable[NameItem] = ()) -> PlaceMap | None:
    """The map that shows all these places; None without any that has a position.

    An equirectangular projection that is true to scale in the middle.
    """
    placed = [(p, p.position) for p in places if p.position is not None]
    if not placed:
        return None
    west, east = _bounds([position.lon for _, position in placed], WIDTH)
    south, north = _bounds([position.lat for _, position in placed], LEAST_HEIGHT)
    narrowing = cos(radians(max(-89.0, min((south + north) / 2, 89.0))))
    height = WIDTH * (north - south) / ((east - west) * narrowing)
    height = round(min(max(height, LEAST_HEIGHT), MOST_HEIGHT))

    def x(lon: float) -> float:
        return round((lon - west) / (east - west) * WIDTH, 1)

    def y(lat: float) -> float:
        return round((north - lat) / (north - south) * height, 1)

    def points_of(shown: Sequence[tuple[NameItem, Position]]) -> list[Point]:
        most = max((item.documents for item, _ in shown), default=1)
        ranked = sorted(shown, key=lambda pair: (-pair[0].documents, pair[0].id))
        return [
            Point(item, x(at.lon), y(at.lat), _radius(item.documents, most), None)
            for item, at in ranked
        ]

    around = [(c, c.position) for c in countries if c.position is not None]
    inside = [(c, at) for c, at in around if west < at.lon < east and south < at.lat < north]
    points = points_of(placed)
    parallels = tuple(Line(lat, y(lat)) for lat in _net(south, north, 90) if y(lat) >= _DEGREES)
    meridians = tuple(
        Line(lon, x(lon)) for lon in _net(west, east, 180) if x(lon) <= WIDTH - 3 * _DEGREES
    )
    taken = [Box(0, line.at - _DEGREES, 3 * _DEGREES, line.at) for line in parallels]
    taken += [Box(line.at, height - 18, line.at + 3 * _DEGREES, height) for line in meridians]
    named = tuple(_labelled(points, taken, height))
    states = tuple(_labelled(points_of(inside), taken, height))
    return PlaceMap(WIDTH, height, named, states, parallels, meridians)


def _labelled(points: Sequence[Point], taken: list[Box], height: int) -> Iterator[Point]:
    """The points, with the names of the largest wherever there is room: beside, above or below."""
    taken += map(_box_of, points)
    named = 0
    for point in points:
        found = _free_label(point, taken, height) if named < MOST_NAMED else None
        if found is not None:
            label, box = found
            taken.append(box)
            named += 1
            point = replace(point, label=label)  # noqa: PLW2901  the same point with its name
        yield point


def _free_label(point: Point, taken: Sequence[Box], height: int) -> tuple[Label, Box] | None:
    """The first place for the name of a point that nothing else has."""
    width, away = LETTER * len(point.item.name), point.radius + 3
    for label, left in (
        (Label(point.x + away, point.y + 5, "start"), point.x + away),
        (Label(point.x - away, point.y + 5, "end"), point.x - away - width),
        (Label(point.x, point.y - away - 2, "middle"), point.x - width / 2),
        (Label(point.x, point.y + away + 12, "middle"), point.x - width / 2),
    ):
        box = Box(left, label.y - 13, left + width, label.y + 4)
        inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= height
        if inside and not any(box.overlaps(other) for other in taken):
            rounded = Label(round(label.x, 1), round(label.y, 1), label.anchor)
            return rounded, box
    return None


def _box_of(point: Point) -> Box:
    return Box(
        point.x - point.radius,
        point.y - point.radius,
        point.x + point.radius,
        point.y + point.radius,
    )


def _bounds(degrees: Sequence[float], units: int) -> tuple[float, float]:
    """The first and the last degree: around the outermost points is room for the largest. Behind
    the pole and the date line is nothing but that room.
    """
    first, last = min(degrees), max(degrees)
    margin = max(MARGIN, (last - first) * _LARGEST / (units - 2 * _LARGEST))
    return first - margin, last + margin


def _net(first: float, last: float, most: int) -> range:
    first, last = max(first, -most), min(last, most)
    return range(ceil(first / STEP) * STEP, floor(last / STEP) * STEP + 1, STEP)


def _radius(documents: int, most: int) -> float:
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(documents / most), 1)

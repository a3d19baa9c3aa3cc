"""A map of places as points: their positions become units of an SVG. Pure.

It has no outlines of countries: a net of parallels and meridians, and a table beside it, say where
its points lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sqrt

from search_api.names.directory import NameItem

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 900, 300, 640
"""Units of the map."""
MARGIN = 4.0
"""Degrees around the outermost points."""
STEP = 10
"""Degrees from line to line of the net."""
MOST_NAMED = 12
"""Points that have their name beside them."""
_SMALLEST, _LARGEST = 4.0, 18.0
"""Radius of a point in units."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    item: NameItem
    x: float
    y: float
    radius: float
    """Its area grows with the number of pages."""
    named: bool


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
    parallels: tuple[Line, ...]
    meridians: tuple[Line, ...]


def draw(places: Iterable[NameItem]) -> PlaceMap | None:
    """The map that shows all these places; None without any that has a position.

    An equirectangular projection that is true to scale in the middle.
    """
    placed = [(p, p.position) for p in places if p.position is not None]
    if not placed:
        return None
    west, east = _bounds([position.lon for _, position in placed], 180)
    south, north = _bounds([position.lat for _, position in placed], 90)
    narrowing = cos(radians((south + north) / 2))
    height = WIDTH * (north - south) / ((east - west) * narrowing)
    height = round(min(max(height, LEAST_HEIGHT), MOST_HEIGHT))

    def x(lon: float) -> float:
        return round((lon - west) / (east - west) * WIDTH, 1)

    def y(lat: float) -> float:
        return round((north - lat) / (north - south) * height, 1)

    most = max(place.documents for place, _ in placed)
    ranked = sorted(placed, key=lambda pair: (-pair[0].documents, pair[0].id))
    points = tuple(
        Point(place, x(at.lon), y(at.lat), _radius(place.documents, most), number < MOST_NAMED)
        for number, (place, at) in enumerate(ranked)
    )
    return PlaceMap(
        WIDTH,
        height,
        points,
        tuple(Line(lat, y(lat)) for lat in _net(south, north)),
        tuple(Line(lon, x(lon)) for lon in _net(west, east)),
    )


def _bounds(degrees: Sequence[float], most: float) -> tuple[float, float]:
    return max(min(degrees) - MARGIN, -most), min(max(degrees) + MARGIN, most)


def _net(first: float, last: float) -> range:
    return range(ceil(first / STEP) * STEP, floor(last / STEP) * STEP + 1, STEP)


def _radius(documents: int, most: int) -> float:
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(documents / most), 1)

"""Reference tables: read when they are needed, and mistakes in one's own told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.records.errors import ConfigError
from indexer.records.reference import load_reference

HEADER = "id,geonameid,country,lat,lon,en,de,ru"


def own_towns(folder: Path, row: str) -> Path:
    """A configuration folder with a table of towns."""
    (folder / "towns.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return folder


def test_the_packaged_towns_are_read_when_they_are_looked_at():
    towns = load_reference().towns
    assert (towns["Cairns"].country, towns["Cairns"].kind) == ("AU", "city")
    assert towns["Cairns"].names["ru"] == ("Кернс", "Кэрнс")
    assert "No such town" not in towns
    assert len(towns) == len(list(towns)) > 5_000


def test_own_towns_win(tmp_path):
    towns = load_reference(own_towns(tmp_path, "Erzdorf,1,DE,50.5,12.5,Erzdorf,,")).towns
    assert list(towns) == ["Erzdorf"]


def test_a_mistake_in_own_towns_is_told_before_anybody_looks_at_them(tmp_path):
    with pytest.raises(ConfigError) as told:
        load_reference(own_towns(tmp_path, "Erzdorf,first,DE,50.5,12.5,Erzdorf,,"))
    [problem] = told.value.problems
    assert problem.endswith("towns.csv:2: geonameid: 'first' is not a number")

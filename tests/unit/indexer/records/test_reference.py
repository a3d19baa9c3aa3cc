"""Reference tables: read when they are needed, and mistakes in one's own told at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.records.errors import ConfigError
from indexer.records.reference import load_reference

HEADER = "id,geonameid,country,lat,lon,en,de,ru"


def own_towns(folder: Path, row: str) -> Path:
    """A configuration folder with a table of towns."""
    (folder / "towns.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return folder


def test_the_packaged_towns_are_read_when_they_are_looked_at() -> None:
    towns = load_reference().towns
    assert (towns["Cairns"].country, towns["Cairns"].kind) == ("AU", "city")
    assert towns["Cairns"].names["ru"] == ("Кернс", "Кэрнс")
    assert "No such town" not in towns
    assert len(towns) == len(list(towns)) > 5_000


def test_own_towns_win(tmp_path: Path) -> None:
    towns = load_reference(own_towns(tmp_path, "Erzdorf,1,DE,50.5,12.5,Erzdorf,,")).towns
    assert list(towns) == ["Erzdorf"]


def test_a_mistake_in_own_towns_is_told_before_anybody_looks_at_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        load_reference(own_towns(tmp_path, "Erzdorf,first,DE,50.5,12.5,Erzdorf,,"))
    [problem] = told.value.problems
    assert problem.endswith("towns.csv:2: geonameid: 'first' is not a number")


def test_the_tables_are_read_anew_when_a_file_has_changed(tmp_path: Path) -> None:
    own = own_towns(tmp_path, "Erzdorf,1,DE,50.5,12.5,Erzdorf,,")
    first = load_reference(own)
    assert load_reference(own) is first
    assert load_reference(own, tmp_path / "parameters").parameters == tmp_path / "parameters"
    own_towns(tmp_path, "Kupferdorf,1,DE,50.5,12.5,Kupferdorf,,")
    assert list(load_reference(own).towns) == ["Kupferdorf"]
    assert list(first.towns) == ["Erzdorf"]
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "de.yaml").write_text("cues: {name_particles: [van]}")
    assert load_reference(own).languages["de"]["cues"]["name_particles"] == ["van"]


def test_a_file_of_the_same_time_and_size_is_read_anew(tmp_path: Path) -> None:
    own = own_towns(tmp_path, "Erzdorf,1,DE,50.5,12.5,Erzdorf,,")
    time = (own / "towns.csv").stat().st_mtime_ns
    assert list(load_reference(own).towns) == ["Erzdorf"]
    (tmp_path / "other").mkdir()
    other = own_towns(tmp_path / "other", "Goldorf,1,DE,50.5,12.5,Goldorf,,") / "towns.csv"
    os.utime(other, ns=(time, time))
    other.replace(own / "towns.csv")
    assert list(load_reference(own).towns) == ["Goldorf"]


def test_tables_of_folders_without_own_ones_are_the_packaged_ones(tmp_path: Path) -> None:
    assert load_reference(tmp_path) is load_reference()


def own_language(folder: Path, name: str, text: str) -> Path:
    """A configuration folder with a file of a language."""
    (folder / "languages").mkdir()
    (folder / "languages" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_an_own_language_file_is_laid_over_the_packaged_one(tmp_path: Path) -> None:
    packaged = load_reference().languages["de"]
    text = "cues: {name_particles: [van], cluster_senses: {other: Sterne}}"
    own = load_reference(own_language(tmp_path, "de", text)).languages["de"]
    assert own["cues"]["name_particles"] == ["van"]
    assert own["cues"]["cluster_senses"] == {
        **packaged["cues"]["cluster_senses"],
        "other": "Sterne",
    }
    assert own["discovery"] == packaged["discovery"]


def test_an_own_language_has_all_senses_of_cluster_or_none(tmp_path: Path) -> None:
    text = "cues: {cluster_senses: {economic: firmy, other: gwiazdy}}"
    with pytest.raises(ConfigError) as caught:
        load_reference(own_language(tmp_path, "pl", text))
    [problem] = caught.value.problems
    assert problem.endswith("pl.yaml: cues.cluster_senses: word is missing")

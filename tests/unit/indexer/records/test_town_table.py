"""The packaged table of towns: read row by row, the same as if all of it were read."""

from __future__ import annotations

import pytest

from indexer.records.town_table import ChecksumIndex, TownTable

LINES = [
    "id,country,en",
    "Erzdorf,DE,Erzdorf|Ertsdorf",
    '"Kupferau, Nord",AT,Kupferau',
    "Цинк,KZ,Tsink",
]


def table() -> TownTable[str]:
    return TownTable(lambda: LINES, lambda row: f"{row['en']} ({row['country']})")


def test_a_town_is_read_by_its_id() -> None:
    towns = table()
    assert towns["Erzdorf"] == "Erzdorf|Ertsdorf (DE)"
    assert towns["Kupferau, Nord"] == "Kupferau (AT)"
    assert towns["Цинк"] == "Tsink (KZ)"


def test_a_table_is_a_mapping() -> None:
    towns = table()
    assert list(towns) == ["Erzdorf", "Kupferau, Nord", "Цинк"]
    assert (len(towns), "Erzdorf" in towns, "Golddorf" in towns) == (3, True, False)
    with pytest.raises(KeyError, match="Golddorf"):
        towns["Golddorf"]


def test_rows_have_their_cells_by_column() -> None:
    assert [row["country"] for row in table().rows()] == ["DE", "AT", "KZ"]


def test_a_table_is_read_when_somebody_looks_at_it_and_once() -> None:
    asked: list[int] = []

    def lines() -> list[str]:
        asked.append(1)
        return LINES

    towns = TownTable(lines, dict)
    assert asked == []
    assert (towns["Erzdorf"], towns["Цинк"], len(towns))[2] == 3
    assert asked == [1]


def test_texts_of_one_checksum_are_both_told() -> None:
    # "plumless" and "buckeroo" have the same CRC-32.
    index = ChecksumIndex([("buckeroo", 7), ("plumless", 2), ("other", 1)])
    assert list(index.rows("plumless")) == [2, 7]
    assert list(index.rows("unknown")) == []

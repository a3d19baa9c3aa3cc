"""Paths of names."""

from __future__ import annotations

from search_api.name_kinds import KIND


def test_a_name_is_one_part_of_its_path() -> None:
    assert KIND["organisation"].entry("Erz & Co/Nord") == "/organisations/Erz%20%26%20Co%2FNord"

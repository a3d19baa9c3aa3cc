from __future__ import annotations

from indexer.stores.tantivy_names import (
    entry_of,
    number_of,
    start_of,
    written_in,
    written_values,
)

VALUES = ("", " ", "1 ufo", "Kara", "Karaganda", "bgr", "bgr hannover", "bgrx", "äpfel", "яруда")


def test_numbers_are_in_the_order_of_the_values_and_fit_the_engine() -> None:
    numbers = [number_of(value) for value in VALUES]
    assert all(0 <= number < 2**63 for number in numbers)
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(VALUES)
    alike = {number_of(f"ministerium {number}") for number in range(2_000)}
    assert len(alike) == 2_000


def test_entries_hold_a_value_with_its_form() -> None:
    written = written_values(["bgr", "anna weber"], ["anna weber\tAnna Weber"])
    entries = [entry_of(*each) for each in written]
    assert [written_in(entry) for entry in entries] == ["bgr", "anna weber\tAnna Weber"]
    assert entries[1].startswith(start_of(number_of("anna weber")))
    assert not entries[1].startswith(start_of(number_of("anna webe")))

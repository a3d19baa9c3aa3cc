"""Names in a tantivy index: values of fields that have as many of them as there are pages.

Each value has a number, made of its letters: the engine counts numbers in a column, and never looks
up a name that is not among the most frequent. An entry holds the number, the value, and the form in
which a page writes it, if it has one; the entries of a number stand side by side among the terms of
their field. Each form has a number, too, by which it is counted among the hits of a search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from indexer.query.fields import MERGED_FIELDS
from indexer.query.naming import split_form

NUMBERED_FIELDS = (*MERGED_FIELDS, "place")
_LETTERS = 7
"""Of a value, which its number begins with."""
_HASH_BITS = 28
_DIGITS = 16
_PART = "\t"


def number_field(field: str) -> str:
    """Name of the engine's column of numbers."""
    return f"{field}_number"


def entry_field(field: str) -> str:
    """Name of the engine's field of entries."""
    return f"{field}_entry"


def number_of(value: str) -> int:
    """The number of a value, up to 63 bits. Engines put equal counts in the order of numbers, so
    the beginning of the value comes first in it: they are in the order of the alphabet.
    """
    number = 0
    for place in range(_LETTERS):
        number = number << 5 | (_rank(value[place]) if place < len(value) else 0)
    digest = hashlib.blake2b(value.encode(), digest_size=4).digest()
    return number << _HASH_BITS | int.from_bytes(digest) >> 32 - _HASH_BITS


def _rank(letter: str) -> int:
    """The place of a letter in the order of characters, 1 to 30."""
    if letter < "A":
        return 2 if letter >= "0" else 1
    if letter < "a":
        return 3
    return min(ord(letter) - ord("a"), 26) + 4


def start_of(number: int) -> str:
    """How the entries of a number begin."""
    return f"{number:0{_DIGITS}x}{_PART}"


def form_number_field(field: str) -> str:
    """Name of the engine's column of numbers of forms."""
    return f"{field}_form_number"


def entry_of(value: str, written: str) -> str:
    """The entry of a value as it is written: alone, or with its form."""
    return f"{start_of(number_of(value))}{written}"


def written_values(values: Iterable[str], forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each value of a page, as it is and as it is written; `forms` are those of its values that
    have one.
    """
    written = {split_form(form)[0]: form for form in forms}
    for value in values:
        yield value, written.get(value, value)


def written_in(entry: str) -> str:
    """The value with its form, as `indexer.query.naming` has them, or the value alone."""
    return entry.partition(_PART)[2]

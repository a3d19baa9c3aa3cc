from __future__ import annotations

from indexer.text.reprints import is_reprint
from indexer.text.shingles import shingle_sample

TEXT = " ".join(f"word{number}" for number in range(200))
EDITED = TEXT.replace("word7 ", "another ").replace("word90 ", "")


def same(one: str, other: str, *, one_site: bool = False) -> bool:
    return is_reprint(shingle_sample(one), shingle_sample(other), one_site=one_site)


def test_an_edited_text_is_a_reprint_and_so_is_a_shortened_one() -> None:
    assert same(TEXT, EDITED)
    assert same(TEXT, TEXT[:700])
    assert not same(TEXT, TEXT.upper().replace("WORD", "other"))


def test_on_one_site_only_what_is_all_but_identical_is() -> None:
    assert same(TEXT, TEXT, one_site=True)
    assert not same(TEXT, TEXT[:700], one_site=True)


def test_short_texts_are_recognised_by_nothing() -> None:
    few = frozenset({1, 2})
    assert not is_reprint(few, few, one_site=True)

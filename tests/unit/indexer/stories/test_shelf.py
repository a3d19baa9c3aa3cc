from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.records.document import DocumentId
from indexer.stories import shelf as shelf_module
from indexer.stories.shelf import ShelvedPage, StoryShelf
from indexer.stories.traits import Traits
from tests.unit.indexer.stories.test_same_story import NEAR, ONE, vector


def shelf_of(*pages: ShelvedPage) -> StoryShelf:
    return StoryShelf(lambda day: [page for page in pages if page.traits.day == day])


def page(name: str, traits: Traits, story: str | None = None) -> ShelvedPage:
    return ShelvedPage(DocumentId(name), story or name, traits)


NEW = DocumentId("new")
OTHER = replace(ONE, vector=vector("a museum opens"), sample=frozenset())


def test_the_story_of_the_page_that_most_surely_tells_the_same() -> None:
    doubtful = replace(NEAR, concepts=frozenset({"country:DE"}), day=998)
    shelf = shelf_of(page("b", doubtful), page("c", NEAR, "a"), page("d", doubtful))
    assert shelf.find(NEW, ONE) == "a"


def test_no_page_is_its_own_story_and_far_ones_are_not_looked_at() -> None:
    far = replace(NEAR, vector=vector("a museum opens"))
    assert shelf_of(page("new", NEAR), page("b", far)).find(NEW, ONE) is None


@pytest.mark.parametrize("held", [0, 100])
def test_what_was_added_is_found_like_what_was_there(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "MOST_HELD", held)
    pages: list[ShelvedPage] = []
    shelf = StoryShelf(lambda day: [page for page in pages if page.traits.day == day])
    assert shelf.find(NEW, ONE) is None
    added = page("b", NEAR)
    pages.append(added)
    shelf.add(added)
    assert shelf.find(NEW, ONE) == "b"


def test_days_that_are_needed_are_read_once_however_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MOST_HELD", 3)
    reads: list[int] = []

    def read(day: int) -> list[ShelvedPage]:
        reads.append(day)
        return []

    shelf = StoryShelf(read)
    for number in range(20):
        assert shelf.find(DocumentId(f"{number}"), OTHER) is None
        shelf.add(page(f"{number}", OTHER))
    assert len(reads) == len(set(reads))
    near = page("near", replace(NEAR, day=ONE.day))
    shelf.add(near)
    assert shelf.find(NEW, ONE) == "near"
    far = replace(OTHER, day=OTHER.day + 100)
    shelf.find(NEW, far)
    shelf.find(NEW, OTHER)
    assert reads.count(OTHER.day) == 2

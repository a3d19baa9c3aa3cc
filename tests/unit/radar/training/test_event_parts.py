"""Which pages for training train, choose thresholds, or are blind."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar.training import event_parts
from radar.training.event_parts import (
    FOLDS,
    fold_of,
    read_parts,
    split_folders,
    split_training,
    turn_of,
)
from tests.unit.radar.training.made_up_pages import write_pages


def _pages(lang: str, hosts: int) -> list[dict[str, str]]:
    return [
        {"id": f"{lang}{h}{p}", "lang": lang, "url": f"https://{www}h{h}.{lang}.example/{p}"}
        for h in range(hosts)
        for p, www in enumerate(("", "www."))
    ]


def test_all_pages_of_a_host_are_in_one_part_and_every_language_in_each() -> None:
    pages = [*_pages("de", 10), *_pages("ru", 5)]
    parts = split_training(pages)
    assert {part: len(found) for part, found in parts.items()} == {
        "train": 18,
        "chosen-on": 6,
        "blind": 6,
    }
    hosts = [{str(page["id"])[:-1] for page in found} for found in parts.values()]
    assert sum(map(len, hosts)) == len(set.union(*hosts))


def test_the_parts_do_not_depend_on_the_order_of_the_pages() -> None:
    pages = _pages("en", 10)
    backwards = split_training(pages[::-1])
    for part, found in split_training(pages).items():
        assert sorted(p["id"] for p in found) == sorted(p["id"] for p in backwards[part])


def test_a_further_folder_moves_no_page_of_another_one() -> None:
    first, second = _pages("de", 10), [*_pages("de", 5), *_pages("en", 5)]
    parts = split_folders([first, second])
    for part, found in split_training(first).items():
        assert parts[part][: len(found)] == found
    assert sum(map(len, parts.values())) == len(first) + len(second)


def test_pages_that_were_kept_back_once_all_teach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, others = tmp_path / "open", tmp_path / "others"
    write_pages(opened, hosts=10)
    write_pages(others, hosts=10)
    monkeypatch.setattr(event_parts, "OPEN_PAGES", opened)
    parts = {part: len(pages) for part, pages in read_parts([others, opened]).items()}
    assert parts == {"train": 12 + 20, "chosen-on": 4, "blind": 4}


def test_pages_that_teach_are_judged_without_their_group_of_hosts() -> None:
    assert turn_of("train", "erz.example") == fold_of("erz.example") < FOLDS
    assert turn_of("chosen-on", "erz.example") == FOLDS

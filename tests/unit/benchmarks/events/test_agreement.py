"""Agreement of two people: over the same marks, page by page."""

from pathlib import Path

from benchmarks.events.agreement import TRAINING, benchmark
from benchmarks.measuring.table import Table
from radar.training.marked_pages import read_folder
from tests.unit.radar.training.test_marked_pages import PAGE


def _mentions(folder: Path, second: str) -> dict[str, str]:
    for name, pages in (("events", PAGE), ("second", second)):
        (folder / name).mkdir()
        (folder / name / "pages.yaml").write_text(pages, "utf-8")
    table = benchmark(folder=folder).parts[0]
    assert isinstance(table, Table)
    return {row[0]: row[1] for row in table.rows}


def test_the_same_labels_agree_in_all(tmp_path: Path) -> None:
    shares = _mentions(tmp_path, PAGE)
    assert shares.pop("participating bodies") == "-"
    assert set(shares.values()) == {"1.000"}


def test_another_role_is_another_mention_of_the_same_body(tmp_path: Path) -> None:
    shares = _mentions(tmp_path, PAGE.replace("<o organiser 1 short>", "<o none short>"))
    assert (shares["bodies"], shares["bodies with their role"]) == ("1.000", "0.667")


def test_second_labels_are_of_the_same_texts() -> None:
    texts = {page["id"]: page["text"] for page in read_folder(TRAINING / "events")}
    second = read_folder(TRAINING / "second")
    assert second
    assert all(page["text"] == texts[page["id"]] for page in second)

"""The model of confidence: what it learns, and who judges whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from crawler.parsers.events.trained.confidence_model import OF_VALUE, read_confidence_models
from indexer.records.reference import load_reference
from radar.training import confidence_training
from radar.training.boosting import answers
from radar.training.confidence_training import Sample, ValueReader, grow_trees, judge, main, table
from tests.unit.radar.training.made_up_pages import write_pages

NAMES = ["bias", "good"]


def _samples(part: str, count: int) -> list[Sample]:
    """Values that are right where they measure well, but for one in five."""
    return [
        Sample(
            "events",
            part,
            f"site{n % 12}.example",
            "start",
            {"bias": 1.0, "good": float(n % 2)},
            n % 2 == 1 and n % 10 > 1,
        )
        for n in range(count)
    ]


def _expected(samples: Sequence[Sample], values: Sequence[Sequence[float]]) -> list[float]:
    """The shares that trees of the samples expect of values of NAMES."""
    odds = answers(grow_trees(samples, NAMES), np.array(values))
    shares: list[float] = (1 / (1 + np.exp(-odds))).tolist()
    return shares


def test_a_measure_that_speaks_for_right_values_makes_them_likely() -> None:
    bad, good = _expected(_samples("train", 400), [[1.0, 0.0], [1.0, 1.0]])
    assert bad < 0.2
    assert 0.7 < good < 0.9


def test_plain_pages_count_twice() -> None:
    wrong = [Sample("events", "train", "a", "start", {"bias": 1.0}, right=False)] * 40
    right = [Sample("plain", "train", "b", "start", {"bias": 1.0}, right=True)] * 40
    (share,) = _expected([*wrong, *right], [[1.0, 0.0]])
    assert share > 0.6


def test_values_are_judged_by_trees_of_other_hosts() -> None:
    odd = [Sample("events", "train", "odd", "start", {"bias": 1.0, "only": 1.0}, right=True)] * 50
    rest = [Sample("events", "train", "x", "start", {"bias": 1.0}, right=n < 25) for n in range(50)]
    shares = judge([*odd, *rest], ["bias", "only"])
    assert abs(shares[0] - 0.5) < 0.1


def test_blind_values_teach_nothing() -> None:
    train = _samples("train", 100)
    blind = [Sample("events", "blind", "z", "start", {"bias": 1.0}, right=True)] * 500
    shares = judge([*train, *blind], NAMES)
    assert shares[-1] < 0.3


def test_the_table_counts_sure_values() -> None:
    samples = [Sample("events", "train", "a", "start", {}, right=n < 3) for n in range(4)]
    lines = list(table(samples, np.array([0.95, 0.92, 0.5, 0.91])))
    assert lines[0] == (
        "events, train: n 4, sure 0.75, right among sure 0.67 of 3, of the surest half 1.00"
    )
    assert lines[1].split()[0] == "start"


def test_values_of_a_page_are_read_with_measures_and_answers() -> None:
    record = {
        "id": "one",
        "url": "https://news.example/one",
        "lang": "en",
        "published": "2031-06-01",
        "text": "The 5th Mining Forum took place in Berlin on 4 May 2031.",
        "events": [
            {
                "name": "5th Mining Forum",
                "series": "Mining Forum",
                "ordinal": 5,
                "start": "2031-05-04",
                "place": {"city": "Vienna", "country": "AT"},
            }
        ],
    }
    found = {
        s.field: s.right for s in ValueReader(load_reference()).read(record, "events", "train")
    }
    assert found["start"]
    assert found["ordinal"]
    assert not found["place.city"]


def test_further_stops_of_an_event_teach_nothing() -> None:
    record = {
        "id": "two",
        "url": "https://news.example/two",
        "lang": "en",
        "published": "2031-03-04",
        "text": "The Tin Workshop will be held on 8 April in Buxton and on 10 April in Matlock.",
        "events": [{"name": "Tin Workshop", "start": day} for day in ("2031-04-08", "2031-04-10")],
    }
    samples = ValueReader(load_reference()).read(record, "events", "train")
    assert [s.field for s in samples].count("start") == 1


def test_what_is_written_is_what_the_program_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "pages")
    own = tmp_path / "own.jsonl"
    own.write_text("", "utf-8")
    monkeypatch.setattr(confidence_training, "OWN", own)
    file = tmp_path / "confidence.json"
    main([tmp_path / "pages"], file)
    model = read_confidence_models(file)[OF_VALUE]
    assert {"start", "organisers"} <= model.fields
    assert "status" not in model.fields
    assert len(model.shares([{"field.start": 1.0}, {}])) == 2

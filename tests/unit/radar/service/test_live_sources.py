from __future__ import annotations

import os
from pathlib import Path

import pytest

from radar.configuration.settings import load_settings
from radar.service.live_sources import LiveSources

ENTRY = "- {id: a, name: A, url: 'https://a.example', country: DE, languages: [de]"


@pytest.fixture
def sources(tmp_path: Path) -> LiveSources:
    (tmp_path / "sources").mkdir()
    write(tmp_path, f"{ENTRY}}}\n")
    return LiveSources(load_settings(tmp_path, home=tmp_path / "home"))


def write(folder: Path, content: str, name: str = "a.yaml") -> None:
    path = folder / "sources" / name
    path.write_text(content)
    os.utime(path, ns=(0, len(content)))


def test_rights_that_are_withdrawn_count_at_once(sources: LiveSources, tmp_path: Path) -> None:
    (source,) = sources.current()
    assert source.rights.archive
    write(tmp_path, f"{ENTRY}, rights: {{archive: false}}}}\n")
    (source,) = sources.current()
    assert not source.rights.archive


def test_a_source_that_is_added_is_there_and_one_that_is_removed_is_gone(
    sources: LiveSources, tmp_path: Path
) -> None:
    write(tmp_path, ENTRY.replace("id: a", "id: b") + "}\n", "b.yaml")
    assert [source.id for source in sources.current()] == ["a", "b"]
    (tmp_path / "sources" / "a.yaml").unlink()
    assert [source.id for source in sources.current()] == ["b"]


def test_while_the_configuration_is_mistaken_the_sources_stay(
    sources: LiveSources, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = sources.current()
    write(tmp_path, "- {id: a, nmae: A}\n")
    assert sources.current() == before
    assert sources.current() == before
    assert len(caplog.records) == 1
    write(tmp_path, f"{ENTRY}, rights: {{retention_days: 3}}}}\n")
    assert sources.current()[0].rights.retention_days == 3


def test_what_keeps_runs_from_beginning_is_named(sources: LiveSources, tmp_path: Path) -> None:
    """They end at once, minute after minute, while searches go on as ever."""
    assert sources.problems() == ()
    write(tmp_path, "- {id: a, nmae: A}\n- {id: b, nmae: B}\n")
    (problem,) = sources.problems()
    assert problem.startswith(f"no run begins: {tmp_path / 'sources' / 'a.yaml'}:1: ")
    assert problem.endswith(" more: `radar check`)")
    write(tmp_path, f"{ENTRY}}}\n")
    assert sources.problems() == ()


def test_a_watch_that_stands_still_is_named(sources: LiveSources, tmp_path: Path) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: 'Blei (', channels: [feed]}\n")
    (problem,) = sources.problems()
    assert problem.startswith(f"a watch stands still: {file}:1: ")
    assert LiveSources(load_settings(tmp_path, home=tmp_path / "home")).problems() == (problem,)
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")
    assert sources.problems() == ()


def test_unchanged_files_are_not_read_again(
    sources: LiveSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("radar.service.live_sources.load_settings", None)
    assert sources.current() is sources.current()

from __future__ import annotations

import resource
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path

import pytest

from crawler.one_off.survey import AddressReport
from indexer.records.durable_files import append_durably
from indexer.records.errors import ConfigError
from indexer.records.source import Source
from radar.configuration.settings import Settings, load_settings
from radar.survey import source_entry
from radar.survey.source_entry import FILE, add_entry, check_entry, entry_text
from radar.survey.surveying import Proposal

ENTRY = """# Found by `radar sources add` on 2026-03-02.
- id: {id}
  name: "Kupferrat {id}"
  url: "https://{id}.example/"
  country: DE
  languages: [de]
"""


def settings_of(folder: Path) -> Settings:
    return load_settings(folder, {}, home=folder / "home")


@pytest.mark.parametrize("before", [None, ENTRY.format(id="a"), ENTRY.format(id="a").rstrip()])
def test_an_entry_is_added_behind_those_that_are_there(tmp_path: Path, before: str | None) -> None:
    if before is not None:
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / FILE).write_text(before)
    add_entry(ENTRY.format(id="b"), settings_of(tmp_path))
    known = ["a"] if before else []
    assert [source.id for source in settings_of(tmp_path).sources] == [*known, "b"]


def test_a_home_page_that_is_empty_without_a_browser_asks_for_one(tmp_path: Path) -> None:
    source = Source("a", "A", "https://a.example/", "DE", ("de",), render="auto")
    home = AddressReport("home", source.url)
    settings = settings_of(tmp_path)
    shell = Proposal(source, [home], frozenset(), "its root element is empty")
    text = entry_text(shell, settings, date(2026, 3, 2))
    assert "  render: auto  # its home page: its root element is empty\n" in text
    check_entry(text, settings)
    full = entry_text(Proposal(source, [home], frozenset()), settings, date(2026, 3, 2))
    assert "render" not in full


def test_a_full_disk_leaves_no_half_of_an_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = add_entry(ENTRY.format(id="a"), settings_of(tmp_path))
    # It writes to another disk.
    monkeypatch.setattr(source_entry, "_check", lambda *arguments: None)
    before = path.read_text()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))
    try:
        with pytest.raises(OSError, match="large"):
            add_entry(ENTRY.format(id="b"), settings_of(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == before


def test_who_adds_the_same_source_at_the_same_moment_is_told_that_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both were added, and every command failed until somebody took one out."""
    others = ThreadPoolExecutor(1)
    late: list[Future[Path]] = []

    def slow(path: Path, lines: bytes) -> None:
        if not late:
            late.append(others.submit(add_entry, ENTRY.format(id="a"), settings_of(tmp_path)))
            wait(late, timeout=0.5)  # without a lock it is through by then
        append_durably(path, lines)

    monkeypatch.setattr(source_entry, "append_durably", slow)
    add_entry(ENTRY.format(id="a"), settings_of(tmp_path))
    with pytest.raises(ConfigError):
        late[0].result()
    others.shutdown()
    assert [source.id for source in settings_of(tmp_path).sources] == ["a"]

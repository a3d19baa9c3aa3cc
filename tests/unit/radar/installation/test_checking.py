"""What `radar check` says of an installation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from indexer.alerts.watches import sync_watches
from indexer.database.engine import open_database
from indexer.records.document import Page, StoredDocument, document_id
from radar.configuration.settings import load_settings
from radar.installation.checking import check_installation
from radar.installation.installation import Installation
from radar.installation.misspelt import MANY

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def told(folder: Path) -> list[str]:
    """What is said of watches."""
    opened = Installation(load_settings(folder, {"RADAR_MEANING": "off"}, home=folder / "home"))
    results = check_installation(opened, clock=lambda: NOW)
    return [result.message for result in results if result.what == "watches"]


def test_a_word_of_a_watch_that_may_be_misspelt_is_noted(tmp_path: Path) -> None:
    (tmp_path / "watches").mkdir()
    watch = "{id: %s, name: N, query: %s, channels: [feed]}"
    watches = [watch % ("wrong", "Antimonny"), watch % ("right", "antimony")]
    (tmp_path / "watches" / "w.yaml").write_text(f"[{', '.join(watches)}]")
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    urls = [f"https://a.example/{n}" for n in range(MANY)]
    page = Page(None, lang="en", text="Antimony is dear.")
    pages = [StoredDocument(document_id(url), url, "a", 1, NOW, page) for url in urls]
    with Installation(settings).store(writable=True) as store:
        store.write(pages)
    (line,) = told(tmp_path)
    assert line == "watch wrong: no page has the word 'Antimonny'; did you mean 'antimony'?"


def test_watches_whose_folder_is_missing_are_named(tmp_path: Path) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    settings.home.mkdir()
    with open_database(settings.database).begin() as connection:
        sync_watches(connection, settings.watches, NOW)
    assert told(tmp_path) == []
    file.unlink()
    file.parent.rmdir()
    (line,) = told(tmp_path)
    assert line.startswith(f"{file.parent}: there is no such folder")
    assert ": lead; " in line

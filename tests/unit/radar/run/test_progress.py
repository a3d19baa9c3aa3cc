from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from radar.run import progress

WIDE = "2 changed, 10 not-modified, 1 robots, 1 unchanged, 3 http-error, 2 duplicate"


@pytest.fixture
def table() -> Table:
    made = Table("source", "since", "outcomes", "newest")
    made.add_row("erzkunde", "2026-10-05", WIDE, "2026-09-25")
    made.add_row("bote", "2026-10-06", "", "")
    return made


def printed(monkeypatch: pytest.MonkeyPatch, table: Table, width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=terminal,
        color_system=None,
        soft_wrap=not terminal,  # as that of the program
    )
    monkeypatch.setattr(progress, "STDOUT", console)
    progress.print_table(table)
    return out.getvalue()


def test_a_table_that_fits_is_one(monkeypatch: pytest.MonkeyPatch, table: Table) -> None:
    lines = printed(monkeypatch, table, 140, terminal=True).splitlines()
    assert "erzkunde" in lines[3]
    assert WIDE in lines[3]


def test_on_a_narrow_terminal_each_row_is_a_paragraph_and_nothing_is_cut(
    monkeypatch: pytest.MonkeyPatch, table: Table
) -> None:
    text = printed(monkeypatch, table, 60, terminal=True)
    assert max(map(len, text.splitlines())) <= 60
    assert "…" not in text
    words = " ".join(text.split())
    assert words.startswith(
        f"source erzkunde since 2026-10-05 · outcomes {WIDE} · newest 2026-09-25"
    )
    assert words.endswith("source bote since 2026-10-06")


def test_in_a_pipe_it_stays_a_table_unless_columns_are_named(
    monkeypatch: pytest.MonkeyPatch, table: Table
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = printed(monkeypatch, table, 200, terminal=False).splitlines()
    assert WIDE in lines[3]
    monkeypatch.setenv("COLUMNS", "60")
    text = printed(monkeypatch, table, 60, terminal=False)
    assert max(map(len, text.splitlines())) <= 60
    assert "│" not in text
    assert "newest 2026-09-25" in " ".join(text.split())


def test_an_address_has_a_line_of_its_own_where_one_is_too_short(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fits, long = "https://erz.example/1", f"https://erz.example/{'x' * progress.PIPE_WIDTH}"
    progress.print_address("  7c", fits)
    progress.print_address("  7c", long)
    assert capsys.readouterr().out == f"  7c  {fits}\n  7c\n  {long}\n"

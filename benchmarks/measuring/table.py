"""Results of a benchmark: tables that read well in a log and in Markdown, and verbatim output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column is a name, the others are numbers as they are to be read."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def text(self) -> str:
        """Aligned columns for a log."""
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        lines = [_align(row, widths) for row in (self.columns, *self.rows)]
        lines.insert(1, "-" * len(lines[0]))
        return "\n".join([*([self.title] if self.title else []), *lines])

    def markdown(self) -> str:
        """A table of Markdown."""
        rule = ("---", *("---:" for _ in self.columns[1:]))
        lines = [_markdown_row(row) for row in (self.columns, rule, *self.rows)]
        return "\n".join([*([f"**{self.title}**", ""] if self.title else []), *lines])


@dataclass(frozen=True, slots=True)
class Verbatim:
    """What a benchmark with a print-out of its own printed."""

    output: str
    title: str = ""

    def text(self) -> str:
        """As it was printed."""
        return "\n".join([*([self.title] if self.title else []), self.output.rstrip()])

    def markdown(self) -> str:
        """As it was printed, in a fence."""
        fenced = ["```text", self.output.rstrip(), "```"]
        return "\n".join([*([f"**{self.title}**", ""] if self.title else []), *fenced])


@dataclass(slots=True)
class Section:
    """All results of one benchmark."""

    name: str
    heading: str
    parts: list[Table | Verbatim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Sentences on what was compared, and what was left out and why."""

    def text(self) -> str:
        """For a log."""
        return "\n\n".join(
            [f"== {self.name}: {self.heading}", *(p.text() for p in self.parts), *self.notes]
        )

    def markdown(self) -> str:
        """For a document."""
        return "\n\n".join([f"## {self.heading}", *(p.markdown() for p in self.parts), *self.notes])


def _align(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers = row
    cells = [name.ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True)]
    return "  ".join(cells).rstrip()


def _markdown_row(row: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"

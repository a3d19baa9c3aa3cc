"""The tried page on a terminal: the text with coloured, numbered marks, then every value with its
rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from radar.trial.by_profile import ReadWith
from radar.trial.families import FAMILIES
from radar.trial.findings import Finding, Stretch, TriedPage, Value

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNPRINTABLE = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}"
)
"""A page's text must not move the cursor of whoever reads it."""
_SHOWN = 70
"""Characters of a value or surface in the tables."""


def show(tried: TriedPage, console: Console) -> None:
    """Print head, text, record, and what was found besides."""
    for piece in (*_head(tried), *_text(tried)):
        console.print(piece)
    console.print(_record(tried.values))
    if tried.read_with is not None:
        console.print(_by_profile(tried.read_with))
    if tried.further:
        console.print(_further(tried.further))


def _head(tried: TriedPage) -> Iterator[RenderableType]:
    page = tried.page
    yield Text(_clean(page.title or "page without a title"), style="bold")
    facts = (page.url, page.kind, page.lang, page.published)
    yield Text(_clean(" · ".join(t for t in facts if t)), style="dim")
    if tried.read_with is not None:
        yield Text(_clean(tried.read_with.summary), style="dim")
    legend = Text("colours: ")
    for number, family in enumerate(FAMILIES):
        legend.append(", " if number else "")
        legend.append(family.name, style=family.style)
    yield legend


def _text(tried: TriedPage) -> Iterator[RenderableType]:
    for part, stretches in tried.parts:
        yield Text(f"\n── {part} ──", style="dim")
        yield _highlight(stretches)
    yield Text("")


def _highlight(stretches: Iterable[Stretch]) -> Text:
    text = Text()
    for stretch in stretches:
        text.append(_clean(stretch.text), style=stretch.family.style if stretch.family else "")
        numbers = "˒".join(str(number).translate(_SUPERSCRIPTS) for number in stretch.ends)
        text.append(numbers, style="dim")
    return text


def _record(values: Iterable[Value]) -> Table:
    table = Table(
        "value", "", "rule", "sure", "where", "mark", title="Record", title_justify="left"
    )
    for value in values:
        path, shown = Text(value.path, style=value.family.style), Text(_short(value.value))
        if not value.findings:
            table.add_row(path, shown, "", "", Text("no place of its own", style="dim"), "")
        for number, finding in enumerate(value.findings):
            head = ("", "") if number else (path, shown)
            table.add_row(*head, *_cells(finding))
    return table


def _by_profile(read_with: ReadWith) -> RenderableType:
    if not read_with.changes:
        return Text("The site's profile changes no value of this page.", style="dim")
    title = "By the site's profile"
    table = Table("value", "", "without the profile", title=title, title_justify="left")
    for change in read_with.changes:
        table.add_row(*(Text(_short(t)) for t in (change.field, change.value, change.without)))
    return table


def _further(findings: Iterable[Finding]) -> Table:
    title = "Found besides, no value of the record"
    table = Table("field", "", "rule", "sure", "where", "mark", title=title, title_justify="left")
    for finding in findings:
        field = Text(finding.field, style=finding.family.style)
        table.add_row(field, Text(_short(finding.value)), *_cells(finding))
    return table


def _cells(finding: Finding) -> tuple[Text, ...]:
    rule = finding.rule + (" (inferred)" if finding.inferred else "")
    sure = "" if finding.confidence is None else f"{finding.confidence:.2f}"
    where = Text(f"{finding.where} ")
    where.append(f"“{_short(finding.surface)}”", style="dim")
    return Text(rule), Text(sure), where, Text(str(finding.number), style="dim")


def _short(text: str) -> str:
    line = _clean(" ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _clean(text: str) -> str:
    return text.translate(_UNPRINTABLE)

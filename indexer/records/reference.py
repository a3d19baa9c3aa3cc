"""Reference tables and words of languages: loading them from `config/` into plain records.

Here belongs what several rooms look up (commodities, places, organisations, strategies, words of a
language). A cell of a table with several values parts them by `|`, the first is canonical; a
trailing `?` marks a value as unsure: such a value is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from indexer.records.config_files import (
    FileMistake,
    compose_yaml,
    construct_plain,
    files_in,
    is_there,
    line_of,
    read_text,
)
from indexer.records.errors import ConfigError
from indexer.records.language_files import mistakes_in
from indexer.records.packed import PackedMapping, pack, unpack
from indexer.records.second_script import in_both_scripts
from indexer.records.town_table import TownTable

_Number = TypeVar("_Number", int, float)
_Stamp = tuple[int, int, int]
"""What changes with a file: the time of its last change (ns), which a copy may keep; the time that
the system keeps of any change; its size.
"""

NATIVE = "native"
"""Column of names in the country's own languages."""
NAME_LANGUAGES = ("en", "de", "ru", "kk", "ky", "uz", "tg", "mn", "fr", NATIVE)
"""Columns of the tables that hold names."""


@dataclass(frozen=True, slots=True)
class CommodityEntry:
    """A row of commodities.csv."""

    id: str
    group: str
    """base, minor, precious, ferrous, ree, energy, industrial, construction, gem, or `group`."""
    names: Mapping[str, tuple[str, ...]]
    """Language (a column of NAME_LANGUAGES) → names, canonical first."""
    adjectives: Mapping[str, tuple[str, ...]]
    """Language → adjectives (ru: литиевый)."""
    classes: tuple[str, ...] = ()
    """What it is one of, by ids of words of the field (`search: words:` of config/languages):
    precious-metal.
    """


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A row of places.csv."""

    id: str
    geonameid: int | None
    country: str | None
    """ISO 3166-1 alpha-2."""
    kind: str
    """country, region, capital, city, mine, site or supranational."""
    lat: float | None
    lon: float | None
    names: Mapping[str, tuple[str, ...]]
    """Language (en, de, ru, native) → names, canonical first; former names among them."""


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """A row of organisations.csv."""

    id: str
    country: str | None
    kind: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StrategyEntry:
    """A row of strategies.csv."""

    id: str
    country: str | None
    kind: str
    """programme, initiative and corridor are programmes; format and event are neither; the rest are
    strategies.
    """
    names: Mapping[str, tuple[str, ...]]
    year: int | None

    @property
    def field(self) -> str | None:
        """The list of a page that it belongs to: `strategies`, `programmes`, or None."""
        if self.kind in ("format", "event"):
            return None
        return (
            "programmes" if self.kind in ("programme", "initiative", "corridor") else "strategies"
        )


# Equal is only the same one: what is made of it is remembered by it.
@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """All tables, and the words of each language as its file in config/languages holds them."""

    commodities: Mapping[str, CommodityEntry]
    places: Mapping[str, PlaceEntry]
    organisations: Mapping[str, OrganisationEntry]
    strategies: Mapping[str, StrategyEntry]
    languages: Mapping[str, Mapping[str, Any]]
    """ISO 639-1 code → content of its file; every scalar is a string."""
    email_disguises: Mapping[str, tuple[str, ...]]
    towns: Mapping[str, PlaceEntry] = field(default_factory=dict)
    """English name → town of the world that is no place of the table: read only where a text says
    "in" it.
    """
    parameters: Path | None = None
    """Folder of parameters that the installation has trained; None: those of the program."""


NO_REFERENCE = Reference({}, {}, {}, {}, {}, {})
"""No tables and no words."""


def packaged_config() -> Path:
    """The configuration that comes with the program: of the checkout, else of the installed
    package.
    """
    here = Path(__file__).resolve().parents[1]
    installed = here / "config"
    return installed if installed.is_dir() else here.parent / "config"


def find_config(name: str, folder: Path | None = None) -> Path:
    """A table or folder of the configuration: the one in `folder`, else the packaged one."""
    if folder is not None and is_there(folder / name):
        return folder / name
    return packaged_config() / name


class _Files(NamedTuple):
    """The files that the tables are read from."""

    commodities: Path
    places: Path
    towns: Path
    organisations: Path
    strategies: Path
    email_disguises: Path
    packaged_languages: tuple[Path, ...]
    own_languages: tuple[Path, ...]
    problems: tuple[str, ...]
    """Why own language files can't be listed."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (*self[:6], *self.packaged_languages, *self.own_languages)


def load_reference(folder: Path | None = None, parameters: Path | None = None) -> Reference:
    """Read all tables; `folder` (laid out like config/) wins over the packaged copy, file by file;
    its language files are laid over the packaged ones. `parameters`: as in Reference.

    As long as no file changes, whoever asks in this process gets the same record, which nobody may
    alter. Raises ConfigError with one line for each mistake.
    """
    files = _find_files(folder)
    return _load_unchanged(files, parameters, tuple(map(_stamp_of, files.paths)))


def _find_files(folder: Path | None) -> _Files:
    problems: list[str] = []
    own = files_in(folder / "languages", problems) if folder else []
    return _Files(
        find_config("commodities.csv", folder),
        find_config("places.csv", folder),
        find_config("towns.csv", folder),
        find_config("organisations.csv", folder),
        find_config("strategies.csv", folder),
        find_config("email_disguises.yaml", folder),
        tuple(sorted((packaged_config() / "languages").glob("*.yaml"))),
        tuple(p for p in own if p.suffix == ".yaml" and not p.name.startswith(".")),
        tuple(problems),
    )


@lru_cache(maxsize=4)
def _load_unchanged(
    files: _Files, parameters: Path | None, _stamps: tuple[_Stamp | None, ...]
) -> Reference:
    """The tables are read again with the settings, and seldom change meanwhile."""
    problems = [*files.problems]

    def table(path: Path) -> list[tuple[str, dict[str, str]]]:
        rows: dict[str, tuple[str, dict[str, str]]] = {}
        for where, row in _read_csv(path, problems):
            if row["id"] in rows:
                problems.append(f"{where}: id {row['id']!r} occurs twice")
            rows[row["id"]] = where, row
        return list(rows.values())

    commodities = {
        r["id"]: CommodityEntry(
            r["id"],
            r["group"],
            _names(r),
            {"ru": _values(r["ru_adj"])},
            _values(r.get("classes") or ""),
        )
        for _, r in table(files.commodities)
    }
    places = {r["id"]: _place(where, r, r["kind"], problems) for where, r in table(files.places)}

    # The packaged one is known to be right.
    packaged_towns = files.towns == find_config("towns.csv")
    towns: Mapping[str, PlaceEntry] = (
        TownTable(lambda: read_text(files.towns).splitlines(), _packaged_town)
        if packaged_towns
        else {r["id"]: _place(where, r, "city", problems) for where, r in table(files.towns)}
    )
    organisations = {
        r["id"]: OrganisationEntry(r["id"], r["country"] or None, r["kind"], _names(r))
        for _, r in table(files.organisations)
    }
    strategies = {
        r["id"]: StrategyEntry(
            r["id"],
            r["country"] or None,
            r["kind"],
            _names(r),
            _number(where, "year", r, int, problems),
        )
        for where, r in table(files.strategies)
    }
    languages = _read_languages(files, problems)
    disguises = _read_yaml(files.email_disguises, problems)
    if problems:
        raise ConfigError(problems)
    return Reference(
        commodities,
        places,
        organisations,
        strategies,
        languages,
        {k: tuple(v) for k, v in disguises.items()},
        towns,
        parameters,
    )


def _read_languages(files: _Files, problems: list[str]) -> dict[str, Mapping[str, Any]]:
    """Words by language. An own file is laid over the packaged one of its name."""
    packaged = {p.name: p for p in files.packaged_languages}
    own = {p.name: p for p in files.own_languages}
    languages: dict[str, Mapping[str, Any]] = {}
    for name in sorted({*packaged, *own}):
        content: Any = _read_yaml(packaged[name], problems) if name in packaged else {}
        if name in own:
            model: Any = content or _read_yaml(packaged["en.yaml"], problems)
            content = _lay_over(content, _read_own_language(own[name], model, problems))
        if isinstance(content, dict):
            _check_cluster_senses(own.get(name, name), content, problems)
            code = str(content.get("language", name.removesuffix(".yaml")))
            languages[code] = PackedMapping(in_both_scripts(content))
    return languages


def _read_own_language(path: Path, packaged: Any, problems: list[str]) -> Any:
    """The content of an own language file; empty if it is mistaken."""
    try:
        node = compose_yaml(read_text(path))
        content = {} if node is None else construct_plain(node)
    except FileMistake as mistake:
        problems.append(f"{path}:{mistake.line}: {mistake}")
        return {}
    mistakes = list(mistakes_in(content, packaged))
    for trail, message in mistakes:
        name = ".".join(str(step + 1 if isinstance(step, int) else step) for step in trail)
        where = f"{path}:{line_of(node, trail)}"
        problems.append(f"{where}: {name}: {message}" if name else f"{where}: {message}")
    return {} if mistakes else content


def _lay_over(below: Any, above: Any) -> Any:
    """Mappings are merged, so that an own file that is older than a key still has its words;
    anything else replaces what it covers.
    """
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{key: _lay_over(below.get(key), value) for key, value in above.items()}}


def _check_cluster_senses(
    path: Path | str, content: Mapping[str, Any], problems: list[str]
) -> None:
    cues = content.get("cues")
    senses = cues.get("cluster_senses") if isinstance(cues, dict) else None
    if senses:
        problems += [
            f"{path}: cues.cluster_senses: {key} is missing"
            for key in ("word", "economic", "other")
            if not isinstance(senses, dict) or not senses.get(key)
        ]


def _place(where: str, row: Mapping[str, str], kind: str, problems: list[str]) -> PlaceEntry:
    return PlaceEntry(
        row["id"],
        _number(where, "geonameid", row, int, problems),
        row["country"] or None,
        kind,
        _number(where, "lat", row, float, problems),
        _number(where, "lon", row, float, problems),
        _names(row),
    )


def place_names(places: Mapping[str, PlaceEntry]) -> Iterator[tuple[str, Sequence[str]]]:
    """The key of each place and its names in all languages."""
    if isinstance(places, TownTable):  # quicker than to read each
        for row in places.rows():
            yield row["id"], [n for k in NAME_LANGUAGES if (c := row.get(k)) for n in _values(c)]
    else:
        for key, place in places.items():
            yield key, [n for names in place.names.values() for n in names]


def _packaged_town(row: Mapping[str, str]) -> PlaceEntry:
    return _place("towns.csv", row, "city", [])


def _read_csv(path: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows with `file:line` of each; a row with too few or too many cells is a problem."""
    try:
        text = read_text(path)
    except FileMistake as mistake:
        problems.append(f"{path}:{mistake.line}: {mistake}")
        return
    reader = csv.DictReader(text.splitlines())
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values():
            problems.append(f"{where}: expected {len(reader.fieldnames or ())} cells")
        elif not row.get("id"):
            problems.append(f"{where}: no id")
        else:
            yield where, row


@lru_cache(maxsize=32)
def _read_unchanged_yaml(path: Path, _stamp: _Stamp | None) -> bytes:
    """The content, packed. Most language files stay the packaged ones, whatever an installation has
    of its own.
    """
    node = compose_yaml(read_text(path))
    return pack({} if node is None else construct_plain(node))


def forget_files() -> None:
    """For a process that lives long and has read its tables: the files stay packed in them, and are
    read once more if the settings change.
    """
    _read_unchanged_yaml.cache_clear()


def _stamp_of(path: Path) -> _Stamp | None:
    """None: reading it will tell why it can't be read."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_ctime_ns, about.st_size


def _read_yaml(path: Path, problems: list[str]) -> Any:
    try:
        return unpack(_read_unchanged_yaml(path, _stamp_of(path)))
    except FileMistake as mistake:
        problems.append(f"{path}:{mistake.line}: {mistake}")
    return {}


def _values(cell: str) -> tuple[str, ...]:
    """The values of a cell, unsure ones (`?` at the end) left out."""
    return tuple(v for v in (part.strip() for part in cell.split("|")) if v and not v.endswith("?"))


def _names(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {k: names for k in NAME_LANGUAGES if (names := _values(row.get(k, "")))}


def _number(
    where: str, column: str, row: Mapping[str, str], kind: type[_Number], problems: list[str]
) -> _Number | None:
    cell = row[column].strip()
    if not cell or cell.endswith("?"):
        return None
    try:
        return kind(cell)
    except ValueError:
        problems.append(f"{where}: {column}: {cell!r} is not a number")
        return None

"""The language of the interface: which one a request gets, and the messages in it.

Messages stand in English where they are used (`t("First page")`); `locales/LANGUAGE.yaml`
has their translations. A message with a number has named forms (CLDR: one, few, many, other) in
every catalogue, English too. Programs are answered in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.core import get_global
from babel.numbers import format_decimal

from indexer.records.config_files import compose_yaml, construct_plain
from indexer.records.interface_languages import DEFAULT

LOCALES: Mapping[str, Locale] = {
    "en": Locale("en", "GB"),
    "de": Locale("de"),
    "ru": Locale("ru"),
}
_NEVER_SHOWN = (
    "compact_currency_formats",
    "compact_decimal_formats",
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "date_fields",
    "scripts",
    "unit_display_names",
    "unit_patterns",
    "variants",
)
"""What CLDR has of a language that is no date, number, time zone, country or language."""
_FOLDER = Path(__file__).parent / "locales"
_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The language of the answer that is being made."""
    return _current.get()


def locale() -> Locale:
    """Its locale, for dates, numbers and names from CLDR."""
    return _read(_current.get())


@cache
def _read(code: str) -> Locale:
    """A locale without what no page shows: half of the 2 MiB that CLDR has of a language, and of
    those that it is made of.
    """
    name = str(LOCALES[code])
    while name:
        content = localedata.load(name)
        for part in _NEVER_SHOWN:
            content.pop(part, None)
        above = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]
        name = above or ("root" if name != "root" else "")
    return LOCALES[code]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Make what is made inside in this language, a key of `LOCALES`."""
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


@cache
def catalogue(code: str) -> Mapping[str, Any]:
    """Message → its translation, or its named forms."""
    node = compose_yaml((_FOLDER / f"{code}.yaml").read_text("utf-8"))
    content: Any = None if node is None else construct_plain(node)
    return content if isinstance(content, dict) else {}


def t(message: str, **values: object) -> str:
    """A message in the current language, with `{name}` replaced by the values."""
    code = _current.get()
    text = message if code == DEFAULT else str(catalogue(code).get(message, message))
    return text.format(**values) if values else text


def tn(message: str, count: int) -> str:
    """A message with a number in the form that the number takes: `tn("{n} pages", 1)`."""
    return _counted(message, count, _current.get())


def number(value: int) -> str:
    """A whole number with the separators of the language: 1,234."""
    return _number(value, _current.get())


@lru_cache(10_000)  # a page has hundreds, and CLDR takes longer for each than for all else of it
def _number(value: int, code: str) -> str:
    return str(format_decimal(value, locale=_read(code)))


@lru_cache(10_000)
def _counted(message: str, count: int, code: str) -> str:
    forms = catalogue(code).get(message) or catalogue(DEFAULT)[message]
    form = forms.get(_read(code).plural_form(count)) or forms["other"]
    return str(form).format(n=_number(count, code))


def preferred(header: str | None) -> str:
    """The best language for a header `Accept-Language` (RFC 9110)."""
    wanted: list[tuple[float, str]] = []
    for part in (header or "").split(",")[:20]:
        name, _, weight = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        if code in LOCALES:
            wanted.append((_weight(weight), code))
    best = max((weight for weight, _ in wanted), default=0.0)
    return next((code for weight, code in wanted if weight == best > 0), DEFAULT)


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0

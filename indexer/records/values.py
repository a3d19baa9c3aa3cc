"""Kinds of values of configured records: checked and converted where they enter.

A record that is read from a file names the kind of each field (`url: PageUrl`); pydantic's
`TypeAdapter` finds the checks there. A record that the program makes itself is not checked, and
pydantic is loaded only by who reads files. Each check raises ValueError that says what is wrong;
the value itself is quoted by the caller, who knows which values are secret.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, ValidationInfo
    from pydantic_core import CoreSchema

LONGEST_ID = 64
"""Characters of an id: what the database keeps of one."""

LARGEST_NUMBER = 2**63 - 1
"""What the database takes."""

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_OLD_LANGUAGES = frozenset({"bh", "in", "iw", "ji", "jw", "mo"})
_NOT_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*\.?(:\d{1,5})?")
_MAILBOX = re.compile(r"[^@\s,;<>]+@[\w-]+(\.[\w-]+)*")
_LIKE = 0.65
"""Likeness (`difflib`) of a slip: "preview" is to "remove" .62."""
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_INTERVAL = re.compile(r"[1-9]\d*[mhd]")
_JSON_PATH = re.compile(r"(?:\[\d{1,6}\]|\*|[^.\[\]|*{}]+)(?:\[\d{1,6}\]|\.\*|\.[^.\[\]|*{}]+)*")


@dataclass(frozen=True, slots=True)
class Check:
    """Metadata of an annotation: the value goes through `convert` before its type is checked."""

    convert: Callable[[Any], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The hook of pydantic."""
        # Workers take records as they are: only who reads a configuration loads pydantic.
        from pydantic_core import core_schema  # noqa: PLC0415  # see above

        return core_schema.no_info_before_validator_function(self.convert, handler(source))


@dataclass(frozen=True, slots=True)
class ContextCheck:
    """Metadata of an annotation: a check of texts that the reader of the configuration provides."""

    name: str
    """Its key in the context of the validation."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The hook of pydantic."""
        from pydantic_core import core_schema  # noqa: PLC0415  # as in Check

        return core_schema.with_info_before_validator_function(
            lambda value, info: info.context[self.name](_text(value)), handler(source)
        )


def suggestion(word: str, known: Iterable[str]) -> str:
    """` (did you mean "…"?)` with the nearest known word, or nothing. Of several that are like
    it, one of the same letters comes first.
    """
    near = difflib.get_close_matches(word, list(known), cutoff=_LIKE)
    near.sort(key=lambda other: sorted(other) != sorted(word))
    return f' (did you mean "{near[0]}"?)' if near else ""


def _text(value: object) -> str:
    if value is None:
        raise ValueError('is null: write a text (the word itself as "null"), or leave it out')
    if not isinstance(value, str):
        # pydantic takes ValueError
        raise ValueError("must be a word or text, not a list or mapping")  # noqa: TRY004
    return value


def _line(value: object) -> str:
    text = _text(value).strip()
    if not text:
        raise ValueError("must not be empty")
    # Names go into headers of mail, texts into lines of logs and feeds.
    if not (text.isprintable() or all(map(_is_written, text))):
        raise ValueError("must be one line without control characters")
    return text


def _is_written(character: str) -> bool:
    """Neither a control character, nor half of one (surrogate), nor the end of a line."""
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(_text(value).lower())
    if flag is None:
        raise ValueError("must be true or false")
    return flag


def _count(value: object) -> int:
    return _whole(value, 1)


def _number(value: object) -> int:
    return _whole(value, 0)


def _whole(value: object, least: int) -> int:
    text = str(value) if isinstance(value, int) else _text(value)
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise ValueError(f"must be a whole number from {least}")
    return int(text)


def _seconds(value: object) -> float:
    if isinstance(value, float):
        return value
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", _text(value)):
        raise ValueError("must be a number of seconds such as 1.5")
    return float(_text(value))


def address_of(schemes: tuple[str, ...], example: str) -> Callable[[str], str]:
    """The check of an address with one of these schemes."""

    def check(value: str) -> str:
        wrong = f"is no {' or '.join(schemes)} address such as {example}"
        if re.search(r"[\s<>\"]", value):
            raise ValueError(wrong)
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError as error:
            raise ValueError(wrong) from error
        host = parts.hostname or ""
        if parts.scheme not in schemes or not host or port == 0:
            raise ValueError(wrong)
        if ":" not in host and not _HOST.fullmatch(host):
            raise ValueError(wrong)
        return value

    return check


def check_identifier(value: str) -> str:
    """An id of a source, watch, topic or preset."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("is not an id: small letters, digits and single hyphens only")
    if len(value) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters")
    return value


def is_language(value: str) -> bool:
    """Whether a text is an ISO 639-1 code."""
    return re.fullmatch(r"[a-z]{2}", value) is not None and value in _languages()


def check_language(value: str) -> str:
    """An ISO 639-1 code."""
    if not is_language(value):
        raise ValueError(
            "is not a language code (ISO 639-1 such as de)" + _nearly(value, _languages())
        )
    return value


def check_country(value: str) -> str:
    """An ISO 3166-1 code, or EU, INT."""
    if value not in _countries():
        raise ValueError(
            "is not a country code (ISO 3166-1 such as DE, or EU or INT)"
            + _nearly(value.upper(), _countries())
        )
    return value


def _nearly(value: str, codes: frozenset[str]) -> str:
    folded = value.lower() if value.lower() in codes else value
    return f' (did you mean "{folded}"?)' if folded in codes else ""


# From CLDR's tables of codes: a locale, which has the names as well, takes 3 MB and stays loaded.
# Workers check nothing and don't load even the tables.


@cache
def _languages() -> frozenset[str]:
    from babel.core import get_global  # noqa: PLC0415  # see above

    codes = {tag.partition("_")[0] for tag in get_global("likely_subtags")}
    two = {code for code in codes.union(get_global("language_aliases")) if len(code) == 2}
    return frozenset(two - _OLD_LANGUAGES)


@cache
def _countries() -> frozenset[str]:
    from babel.core import get_global  # noqa: PLC0415  # see above

    codes = map(str, get_global("territory_languages"))
    countries = {code for code in codes if re.fullmatch(r"[A-Z]{2}", code)}
    return frozenset(countries - _NOT_COUNTRIES | {"EU", "INT"})


def keep_codes_only() -> None:
    """For a process that lives long: of the tables that languages and countries are read from only
    the codes stay (1.5 MiB less). What they say beside them nothing of ours asks: which script or
    country a language has most likely, how many people speak it where, what they pay with.
    """
    from babel.core import get_global  # noqa: PLC0415  # see above

    _languages(), _countries()
    for table in ("likely_subtags", "territory_languages", "territory_currencies"):
        cast("dict[str, object]", get_global(table)).clear()


def _host(value: str) -> str:
    host, _, port = value.partition(":")
    if not _HOST.fullmatch(value) or (port and not 0 < int(port) < 65536):
        raise ValueError("is not a host such as example.org or example.org:8080")
    if host.lower() != host:
        raise ValueError("must be in small letters")
    return value


def _pattern(value: str) -> str:
    # RE2 is an extension in C++: only who reads a configuration with patterns loads it.
    from indexer.records.address_patterns import AddressPattern  # noqa: PLC0415  # see above

    AddressPattern(value)
    return value


def _selector(value: str) -> str:
    # It loads beautifulsoup4, a tenth of a second: only who has selectors waits for it.
    import soupsieve  # noqa: PLC0415  # see above

    try:
        soupsieve.compile(value)
    except soupsieve.SelectorSyntaxError as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"is not a CSS selector: {reason}") from error
    return value


def check_schedule(value: str) -> str:
    """A time of day or an interval."""
    if not _TIME.fullmatch(value) and not _INTERVAL.fullmatch(value):
        raise ValueError('is not a time of day such as "02:30" or interval such as 30m, 6h, 1d')
    return value


def _window(value: str) -> str:
    begin, _, end = value.partition("-")
    if not _TIME.fullmatch(begin) or not _TIME.fullmatch(end) or begin == end:
        raise ValueError('is not a span of time such as "22:00-06:00"')
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = suggestion(value, sorted(available_timezones()))
        raise ValueError("is not a time zone such as Europe/Berlin" + near) from error
    return value


def is_mailbox(value: str) -> bool:
    """Whether a text is a mail address without a name."""
    return _MAILBOX.fullmatch(value) is not None and all(map(_is_written, value))


def _mailbox(value: str) -> str:
    if not is_mailbox(value):
        raise ValueError("is not a mail address such as radar@example.org")
    return value


def is_json_path(text: str) -> bool:
    """Whether a text is a path in JSON, or several separated by `|`.

    `crawler.discovery.apis.json_answers` says what a path means.
    """
    return all(_JSON_PATH.fullmatch(part) for part in text.split("|"))


def _json_path(value: str) -> str:
    if not is_json_path(value):
        raise ValueError("is not a path such as data.items or refs[0].code")
    return value


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        try:
            near = f' (did you mean "{ipaddress.ip_network(value, strict=False)}"?)'
        except ValueError:
            near = ""
        raise ValueError("is not a network such as 127.0.0.0/8" + near) from error


def _not_empty(value: object) -> object:
    if value in ([], {}):
        raise ValueError("must not be empty")
    return value


def check_text(check: Callable[[str], str]) -> Check:
    """The check of a kind that is written as a word or text."""
    return Check(lambda value: check(_text(value)))


check_page_url = address_of(("http", "https"), "https://example.org/news")

NOT_EMPTY = Check(_not_empty)
"""For a list or mapping that holds something."""

Text = Annotated[str, Check(_line)]
Flag = Annotated[bool, Check(_flag)]
Count = Annotated[int, Check(_count)]
Number = Annotated[int, Check(_number)]
Seconds = Annotated[float, Check(_seconds)]
Identifier = Annotated[str, check_text(check_identifier)]
PageUrl = Annotated[str, check_text(check_page_url)]
PathInJson = Annotated[str, check_text(_json_path)]
Network = Annotated[str, check_text(_network)]
MailUrl = Annotated[str, check_text(address_of(("smtp", "smtps"), "smtp://mail.example.org:587"))]
Language = Annotated[str, check_text(check_language)]
Country = Annotated[str, check_text(check_country)]
Host = Annotated[str, check_text(_host)]
Pattern = Annotated[str, check_text(_pattern)]
Selector = Annotated[str, check_text(_selector)]
Schedule = Annotated[str, check_text(check_schedule)]
Window = Annotated[str, check_text(_window)]
Zone = Annotated[str, check_text(_zone)]
Mailbox = Annotated[str, check_text(_mailbox)]


class ConfigRecord:
    """Base of the records that configuration files hold: a mapping of known keys to values.

    Unknown keys are mistakes; a key without a value (`feeds:` or `mail: null`) counts as not given.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys as they are written."""
        return frozenset(str(f.metadata.get("alias", f.name)) for f in fields(cls))  # type: ignore[arg-type]  # every subclass is a dataclass

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The hook of pydantic."""
        return Check(cls._without_empty_keys).__get_pydantic_core_schema__(source, handler)

    @classmethod
    def _without_empty_keys(cls, content: object) -> object:
        if isinstance(content, dict):
            known = cls.keys()
            given = {k: v for k, v in content.items() if v is not None or k not in known}
            return cls.completed(given)
        return content

    @classmethod
    def completed(cls, given: dict[str, object]) -> dict[str, object]:
        """The keys and values with those that others stand for."""
        return given


class _ReasonCheck:
    """Metadata of `reason`: it is needed with `enabled: false`."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415  # as in Check

        return core_schema.with_info_before_validator_function(_given_reason, handler(source))


def _given_reason(reason: object, info: ValidationInfo) -> object:
    if reason is None and info.data.get("enabled") is False:
        raise ValueError("enabled: false needs a reason")
    return reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched(ConfigRecord):
    """Base of what can be switched off, with a reason."""

    enabled: Flag = True
    """Whether it is used."""
    reason: Annotated[Text | None, _ReasonCheck()] = field(
        default=None, metadata={"validate_default": True}
    )
    """Why it is not enabled."""

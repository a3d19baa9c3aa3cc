"""Kinds of values in the configuration: what is written as a string, checked and converted.

Each raises ValueError that says what is wrong; the value itself is quoted by the caller, who knows
which values are secret.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.core import get_global
from pydantic import BeforeValidator, StringConstraints
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from crawler.discovery.apis.json_answers import is_path
from crawler.discovery.apis.templates import mistake_in
from indexer.stores.elastic.address import addresses, is_fingerprint

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_OLD_LANGUAGES = frozenset({"bh", "in", "iw", "ji", "jw", "mo"})
_NOT_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*\.?(:\d{1,5})?")
_ADDRESS = re.compile(r"[^@\s,;<>]+@[\w-]+(\.[\w-]+)*")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST_ID = 64
"""Characters of an id: what the database keeps of one."""
_INTERVAL = re.compile(r"[1-9]\d*[mhd]")


def suggestion(word: str, known: Iterable[str]) -> str:
    """` (did you mean "…"?)` with the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' (did you mean "{near[0]}"?)' if near else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        # pydantic takes ValueError
        raise ValueError("must be a word or text, not a list or mapping")  # noqa: TRY004
    return value


def _line(value: object) -> str:
    text = _text(value).strip()
    # Names go into headers of mail, texts into lines of logs and feeds.
    if not all(_is_written(character) for character in text):
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
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"[0-9]{1,9}", _text(value)) or int(_text(value)) == 0:
        raise ValueError("must be a whole number from 1")
    return int(_text(value))


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"[0-9]{1,9}", _text(value)):
        raise ValueError("must be a whole number from 0")
    return int(_text(value))


def _seconds(value: object) -> float:
    if isinstance(value, float):
        return value
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", _text(value)):
        raise ValueError("must be a number of seconds such as 1.5")
    return float(_text(value))


def _address_of(schemes: tuple[str, ...], example: str) -> Callable[[str], str]:
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


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("is no id: small letters, digits and single hyphens only")
    if len(value) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters")
    return value


def is_language(value: str) -> bool:
    """Whether a text is an ISO 639-1 code."""
    return re.fullmatch(r"[a-z]{2}", value) is not None and value in _languages()


def _language(value: str) -> str:
    if not is_language(value):
        raise ValueError(
            "is no language code (ISO 639-1 such as de)" + _nearly(value, _languages())
        )
    return value


def _country(value: str) -> str:
    if value not in _countries():
        raise ValueError(
            "is no country code (ISO 3166-1 such as DE, or EU or INT)"
            + _nearly(value.upper(), _countries())
        )
    return value


def _nearly(value: str, codes: frozenset[str]) -> str:
    folded = value.lower() if value.lower() in codes else value
    return f' (did you mean "{folded}"?)' if folded in codes else ""


# From CLDR's tables of codes: a locale, which has the names as well, takes 3 MB and stays loaded.


@cache
def _languages() -> frozenset[str]:
    codes = {tag.partition("_")[0] for tag in get_global("likely_subtags")}
    two = {code for code in codes.union(get_global("language_aliases")) if len(code) == 2}
    return frozenset(two - _OLD_LANGUAGES)


@cache
def _countries() -> frozenset[str]:
    codes = map(str, get_global("territory_languages"))
    countries = {code for code in codes if re.fullmatch(r"[A-Z]{2}", code)}
    return frozenset(countries - _NOT_COUNTRIES | {"EU", "INT"})


def _host(value: str) -> str:
    host, _, port = value.partition(":")
    if not _HOST.fullmatch(value) or (port and not 0 < int(port) < 65536):
        raise ValueError("is no host such as example.org or example.org:8080")
    if host.lower() != host:
        raise ValueError("must be in small letters")
    return value


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        try:
            near = f' (did you mean "{ipaddress.ip_network(value, strict=False)}"?)'
        except ValueError:
            near = ""
        raise ValueError("is no network such as 127.0.0.0/8" + near) from error


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return value


def _selector(value: str) -> str:
    # It loads beautifulsoup4, a tenth of a second: only who has selectors waits for it.
    import soupsieve  # noqa: PLC0415  # see above

    try:
        soupsieve.compile(value)
    except soupsieve.SelectorSyntaxError as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"is no CSS selector: {reason}") from error
    return value


def _schedule(value: str) -> str:
    if not _TIME.fullmatch(value) and not _INTERVAL.fullmatch(value):
        raise ValueError('is no time of day such as "02:30" or interval such as 30m, 6h, 1d')
    return value


def _window(value: str) -> str:
    begin, _, end = value.partition("-")
    if not _TIME.fullmatch(begin) or not _TIME.fullmatch(end) or begin == end:
        raise ValueError('is no time of day from and to such as "22:00-06:00"')
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = suggestion(value, sorted(available_timezones()))
        raise ValueError("is no time zone such as Europe/Berlin" + near) from error
    return value


def _database(value: str) -> str:
    if value == "sqlite":
        return value
    wrong = "is neither sqlite nor a SQLAlchemy URL such as postgresql+psycopg://user@host/name"
    try:
        backend = make_url(value).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise ValueError(wrong) from error
    if backend not in ("sqlite", "postgresql"):
        raise ValueError(f"is a {backend} database; sqlite and postgresql are known")
    return value


def _store(value: str) -> str:
    if value == "embedded":
        return value
    try:
        for address in addresses(value) or [""]:
            check_page_url(address)
    except ValueError as error:
        raise ValueError("is neither embedded nor an http or https address") from error
    return value


def check_keys_in_clear(url: str, key: str | None) -> None:
    """A key or password may leave this machine over https only."""
    for address in addresses(url):
        parts = urlsplit(address)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme == "http" and not local and (key or parts.username):
            raise ValueError("sends a key or password unencrypted: use https")


def _fingerprint(value: str) -> str:
    if not is_fingerprint(value):
        raise ValueError("is no SHA-256 fingerprint (64 hex digits, colons may part them)")
    return value


def _store_name(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("is no name of indexes: small letters, digits and single hyphens only")
    return value


def _is_address(value: str) -> bool:
    return _ADDRESS.fullmatch(value) is not None and all(map(_is_written, value))


def _mailbox(value: str) -> str:
    if not _is_address(value):
        raise ValueError("is no mail address such as radar@example.org")
    return value


def _contact(value: str) -> str:
    if _ADDRESS.fullmatch(value) and value.isascii():
        return value
    try:
        return check_page_url(value)
    except ValueError as error:
        raise ValueError("is neither a mail address nor an http or https address") from error


def _channel(value: str) -> str:
    if value == "feed":
        return value
    kind, parted, address = value.partition(":")
    if kind == "mailto" and parted and _is_address(unquote(address)):
        return value
    raise ValueError("is no channel: feed or mailto:desk@example.org" + suggestion(value, ["feed"]))


def _template(value: str) -> str:
    mistake = mistake_in(value)
    if mistake:
        raise ValueError(mistake)
    return value


def _address_template(value: str) -> str:
    check_page_url(re.sub(r"\{[^{}]*\}", "x", _template(value)))
    return value


def _path_in_json(value: str) -> str:
    if not is_path(value):
        raise ValueError("is no path such as data.items or refs[0].code")
    return value


def _header(value: str) -> str:
    if value.lower() not in HEADERS and not value.lower().startswith("x-"):
        raise ValueError(f"is no header that may be set (there are {', '.join(HEADERS)}, x-…)")
    return value


HEADERS = ("accept", "accept-language", "authorization")
"""Request headers that an entry of `apis` may set; who asks is always said by the user agent."""

check_page_url = _address_of(("http", "https"), "https://example.org/news")
check_database = _database
check_store = _store
check_schedule = _schedule
check_country = _country
check_language = _language
check_identifier = _identifier

Text = Annotated[
    str,
    BeforeValidator(_line),
    StringConstraints(strip_whitespace=True, min_length=1),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]
Number = Annotated[int, BeforeValidator(_number)]
Seconds = Annotated[float, BeforeValidator(_seconds)]


def _checked(check: Callable[[str], str]) -> BeforeValidator:
    return BeforeValidator(lambda value: check(_text(value)))


Identifier = Annotated[str, _checked(_identifier)]
PageUrl = Annotated[str, _checked(check_page_url)]
AddressTemplate = Annotated[str, _checked(_address_template)]
Template = Annotated[str, _checked(_template)]
PathInJson = Annotated[str, _checked(_path_in_json)]
Header = Annotated[str, _checked(_header)]
MailUrl = Annotated[str, _checked(_address_of(("smtp", "smtps"), "smtp://mail.example.org:587"))]
Language = Annotated[str, _checked(_language)]
Country = Annotated[str, _checked(_country)]
Host = Annotated[str, _checked(_host)]
Network = Annotated[str, _checked(_network)]
Pattern = Annotated[str, _checked(_pattern)]
Selector = Annotated[str, _checked(_selector)]
Schedule = Annotated[str, _checked(_schedule)]
Window = Annotated[str, _checked(_window)]
Zone = Annotated[str, _checked(_zone)]
DatabaseUrl = Annotated[str, _checked(_database)]
StoreUrl = Annotated[str, _checked(_store)]
StoreName = Annotated[str, _checked(_store_name)]
Fingerprint = Annotated[str, _checked(_fingerprint)]
Mailbox = Annotated[str, _checked(_mailbox)]
Contact = Annotated[str, _checked(_contact)]
Channel = Annotated[str, _checked(_channel)]

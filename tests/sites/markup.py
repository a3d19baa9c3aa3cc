"""Pages as the systems mark them up: templates, and how dates are written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from tests.sites.furniture import Furniture
    from tests.sites.site import Page, Site

LOCALES = {"de": "de", "en": "en_GB", "ru": "ru"}
PATTERNS = {
    ("de", "short"): "dd.MM.yyyy",
    ("en", "short"): "dd/MM/yyyy",
    ("ru", "short"): "dd.MM.yyyy",
    ("de", "long"): "d. MMMM yyyy",
    ("en", "long"): "d MMMM yyyy",
    ("ru", "long"): "d MMMM yyyy 'г'.",
    ("de", "weekday"): "EEEE, d. MMMM yyyy",
    ("en", "weekday"): "EEEE, MMMM d, yyyy",
    ("ru", "weekday"): "EEEE, d MMMM yyyy",
    ("de", "medium"): "dd. MMM yyyy",
    ("en", "medium"): "MMM d, yyyy",
    ("ru", "medium"): "d MMM yyyy",
    ("de", "tiny"): "dd.MM.yy",
    ("en", "tiny"): "MM/dd/yyyy",
    ("ru", "tiny"): "dd.MM.yy",
}
"""Language and style → pattern of CLDR. `tiny` has the month first in English."""
HTML_LANGUAGES = {"de": "de-DE", "en": "en-GB", "ru": "ru-RU"}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def write_day(language: str, day: date, style: str) -> str:
    """A day in one of the styles of PATTERNS."""
    return str(format_date(day, PATTERNS[language, style], locale=LOCALES[language]))


def render(site: Site, page: Page, url: str, *, look: int, furniture: Furniture) -> str:
    """The page as HTML; `look` is the design, 0 to 2."""
    language, words = site.language, site.words["words"]

    def day(moment: date, style: str = "short") -> str:
        return write_day(language, moment, style)

    def clock(moment: datetime) -> str:
        return str(words["oclock"]).format(f"{moment:%H:%M}")

    def near(moment: datetime) -> str:
        """Today and yesterday by their words, other days by their numbers."""
        back = (furniture.now.date() - moment.date()).days
        word = {0: words["today_word"], 1: words["yesterday_word"]}.get(back)
        return f"{word}, {clock(moment)}" if word else day(moment)

    names: dict[str, Any] = {
        "site": site,
        "page": page,
        "url": url,
        "look": look,
        "w": words,
        "f": furniture,
        "lang": HTML_LANGUAGES[language],
        "day": day,
        "clock": clock,
        "near": near,
        "utc": lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return _templates().get_template(f"{site.system.name}.html").render(names)

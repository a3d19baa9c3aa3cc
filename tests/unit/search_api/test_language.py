from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import localedata

import search_api
from indexer.alerts import reasons
from indexer.events.identity import REASONS as SAME_EVENT
from indexer.health.judgement import ADVICE
from indexer.records.document import KINDS as PAGE_KINDS
from indexer.records.event_fields import EVENT_FIELDS
from indexer.records.interface_languages import DEFAULT
from indexer.records.outcome import Outcome
from radar.channels import letter_content, subject
from search_api import page_words
from search_api.language import (
    LOCALES,
    catalogue,
    language,
    locale,
    number,
    preferred,
    speaking,
)
from search_api.language import t as told
from search_api.language import tn as counted
from search_api.name_kinds import KINDS as NAME_KINDS
from search_api.pages.marked_text import _EVENT_LABELS, _LISTS  # the labels that pages show
from search_api.pages.search_page import next_step
from search_api.ports import InstallationHealth
from search_api.problems import KINDS as PROBLEM_KINDS
from search_api.watches.form import WatchForm

FOLDER = Path(search_api.__file__).parent
TRANSLATED = [code for code in LOCALES if code != DEFAULT]
_MESSAGE = re.compile(r"""\bt\(\s*(?:"([^"]+)"|'([^']+)')""")
_HINT = re.compile(r'hint="([^"{]+)"')
"""Of mistakes, where they are words."""
_PLURAL = re.compile(r'"(\{n\} [^"]+)"|\btn\(\s*"([^"]+)"')
_PLACE = re.compile(r"\{(\w+)\}")
_REASON = re.compile(r'reason="([a-z-]+)"')


def sources() -> str:
    radar = FOLDER.parent / "radar"
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html"), *radar.glob("channels/*.py")]
    files += (radar / "commands" / name for name in ("watch_test.py", "watch_explain.py"))
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(files))


def messages() -> Iterator[str]:
    """All messages: those in templates and modules, and those of tables."""
    for double, single in _MESSAGE.findall(sources()):
        yield double or single
    for table in (
        "SORTS",
        "SORT_LINKS",
        "EVENT_LINKS",
        "FILTERS",
        "PARTS",
        "ROLES",
        "STATES",
        "RUN_STATES",
        "LEFT",
        "RELATIONS",
        "MENU",
        "MARKS",
        "MARKED_VALUES",
        "KEYS",
    ):
        yield from getattr(page_words, table).values()
    yield from page_words.EXPORTS
    yield page_words.NO_TITLE
    yield from letter_content.WHY.values()
    yield from (*reasons.OF_MATCHES, *reasons.OF_REVISIONS)
    yield from SAME_EVENT
    yield from subject.DIGESTS.values()
    yield from (f"mistake {field}" for field in WatchForm().content() if field != "report_nothing")
    yield from ("European Union", "International", "To come", "Past")
    yield from ("spring", "summer", "autumn", "winter")
    yield from ("scheduled", "held", "moved", "cancelled")
    for reader in ("query/parser.py", "stores/base.py"):
        yield from _HINT.findall((FOLDER.parent / "indexer" / reader).read_text(encoding="utf-8"))
    for file in FOLDER.rglob("*.py"):
        yield from _HINT.findall(file.read_text(encoding="utf-8"))
    yield from map(page_words.kind_name, (*PAGE_KINDS, *Outcome))
    yield from ADVICE.values()
    yield from (kind.remedy for kind in PROBLEM_KINDS if kind.remedy)
    yield from (field.label for field in EVENT_FIELDS if field.label)
    yield from _LISTS.values()
    yield from filter(None, _EVENT_LABELS.values())
    for kind in NAME_KINDS:
        yield from (kind.title, kind.one)
    yield from (kind.title for kind in PROBLEM_KINDS)
    for health in ((0, 0), (0, 2), (2, 2)):
        step = next_step(InstallationHealth(*health))
        yield step.heading
        yield from (effect for _, effect in step.commands)


def problems() -> set[str]:
    """Codes of all problems that a page can show."""
    folder = FOLDER.parent / "indexer"
    texts = [file.read_text(encoding="utf-8") for file in folder.rglob("*.py")]
    reasons = {reason for text in (*texts, sources()) for reason in _REASON.findall(text)}
    return reasons | {kind.code for kind in PROBLEM_KINDS}


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_catalogue_lacks_a_message(code: str) -> None:
    known = catalogue(code)
    assert sorted({message for message in messages() if message not in known}) == []
    assert sorted(c for c in problems() if f"problem {c}" not in known) == []


@pytest.mark.parametrize("code", list(LOCALES))
def test_messages_with_a_number_have_every_form_of_the_language(code: str) -> None:
    used = {one or other for one, other in _PLURAL.findall(sources())} - set(catalogue("de"))
    used |= {key for key, forms in catalogue(DEFAULT).items() if isinstance(forms, dict)}
    for message in used:
        forms = catalogue(code)[message]
        assert set(forms) == {*LOCALES[code].plural_form.tags, "other"}
        assert all(("{n}" in message) == ("{n}" in form) for form in forms.values()) or (
            message == "{n} sources are ready to be crawled."
        )


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_have_the_places_of_their_messages(code: str) -> None:
    for message, text in catalogue(code).items():
        if isinstance(text, str):
            # What is wrong with a parameter is told in English by the library that found it.
            told = catalogue("de")[message] if message.startswith("parameter ") else message
            assert set(_PLACE.findall(text)) == set(_PLACE.findall(str(told))), message
            assert text.strip()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("fr, ru;q=0.5", "ru"),
        ("de;q=0.3, ru-RU;q=0.8, en;q=0.5", "ru"),
        ("en-US,en;q=0.9,de;q=0.8", "en"),
        ("de;q=0", "en"),
        ("de;q=x, ru;q=nan", "en"),
        ("*", "en"),
        (",,;;q=,", "en"),
    ],
)
def test_the_language_is_the_preferred_one(header: str | None, expected: str) -> None:
    assert preferred(header) == expected


def test_numbers_take_the_form_of_the_language() -> None:
    with speaking("ru"):
        assert [counted("{n} pages", n) for n in (1, 2, 5, 21)] == [
            "1 страница",
            "2 страницы",
            "5 страниц",
            "21 страница",
        ]
    with speaking("de"):
        assert counted("{n} pages", 1234) == "1.234 Seiten"
        assert number(1234) == "1.234"
    assert counted("{n} pages", 1234) == "1,234 pages"


@pytest.mark.parametrize("code", LOCALES)
def test_what_pages_never_show_of_a_language_is_not_held(code: str) -> None:
    with speaking(code):
        told = locale()
    for name in (str(told), told.language, "root"):
        assert localedata.load(name).keys() & {"months", "number_symbols"}
        assert not localedata.load(name).keys() & {"unit_patterns", "currency_names", "scripts"}
    assert told.territories["KG"]
    assert told.languages["ky"]


def test_a_message_without_translation_stays_english() -> None:
    with speaking("de"):
        assert told("no such message {n}", n=1) == "no such message 1"
        assert language() == "de"
    assert language() == "en"

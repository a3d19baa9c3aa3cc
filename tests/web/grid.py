"""The looks in which a journey is made, and a person who makes it and looks at each page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.web.journeys import JOURNEYS, Walk
from tests.web.soundness import COLOURS, barriers, faults, faults_on_paper

Theme: TypeAlias = 'Literal["light", "dark"]'
WIDTHS = (320, 760, 1100)
THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES = ("de", "en", "ru")
REFUSED = {"mistake": 400, "no such page": 404}
"""Pages whose status is not 200, by the name of a step."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the pages are shown."""

    width: int
    theme: Theme
    lang: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.lang}-{'js' if self.scripts else 'no-js'}"


ALL_LOOKS = tuple(
    Look(width, theme, lang, scripts)
    for width, theme, lang, scripts in itertools.product(WIDTHS, THEMES, LANGUAGES, (True, False))
)


def pairs() -> list[tuple[str, Look]]:
    """Each journey once, in looks so chosen that each two values of width, theme, language and
    scripts meet: the first nine are the rows of an orthogonal array of four columns with three
    values, where theme and scripts take two of them.
    """
    return [(journey, _look(number)) for number, journey in enumerate(JOURNEYS)]


def _look(number: int) -> Look:
    row, block = number, number // 3
    theme, scripts = THEMES[(row + 2 * block) % 3 == 0], block % 3 != 1
    return Look(WIDTHS[row % 3], theme, LANGUAGES[(row + block) % 3], scripts)


@dataclass(slots=True)
class Eyes:
    """Look at each page that comes, on the screen and as it is printed, and note what is wrong."""

    page: Page
    look: Look
    tested: set[tuple[str, Look]] | None = None
    """Pages that axe has tested, by their step; None: it is not asked."""
    found: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def hear(message: ConsoleMessage) -> None:
            # An archived page may do nothing of what it tries, and the browser says so.
            if "/archive/" not in self.page.url and "/archive/" not in message.location["url"]:
                self.complaints.append(message.text)

        self.page.on("console", hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def __call__(self, name: str, answer: Response | None) -> None:
        wanted = REFUSED.get(name, 200)
        wrong = faults(self.page, self.look.lang)
        wrong += faults_on_paper(self.page)
        if answer is not None and answer.status != wanted:
            wrong.append(f"status {answer.status}")
        wrong += [said for said in self.complaints if f"status of {wanted}" not in said]
        self.complaints.clear()
        if self.tested is not None and self.look.scripts and (name, self.look) not in self.tested:
            self.tested.add((name, self.look))
            wrong += barriers(self.page, COLOURS if self.look.theme == "dark" else {})
        self.found += [f"{name} ({self.page.url}): {each}" for each in wrong]


@dataclass(frozen=True, slots=True)
class Site:
    """Where journeys are made, and a raw material of which its pages tell."""

    address: str
    word: str


def go(
    browser: Browser,
    site: Site,
    journey: str,
    look: Look,
    tested: set[tuple[str, Look]] | None = None,
) -> list[str]:
    """Make a journey as somebody whom the site has never seen; what was wrong with its pages."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        color_scheme=look.theme,
        locale=look.lang,
        java_script_enabled=look.scripts,
    )
    try:
        page = context.new_page()
        eyes = Eyes(page, look, tested)
        JOURNEYS[journey](Walk(page, site.address, eyes, look.scripts, site.word))
        return eyes.found
    finally:
        context.close()

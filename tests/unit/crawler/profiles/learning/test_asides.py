"""Boxes that are known by their place, whatever they say on the next night."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage, learn
from crawler.profiles.learning.asides import find_asides
from crawler.profiles.learning.recurring import Recurring
from crawler.profiles.learning.sample import read_samples
from tests.page_reader import packaged_reader
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, paragraphs, words

CALL = (
    '<div class="note">Dieser Text steht auch im gedruckten Heft. <a href="/abo">Bestellen</a>'
    "</div>"
)
NEW_CALL = (
    '<div class="note">Im März kostet das Heft für neue Leser nur die Hälfte und kommt bis Ende '
    'April ohne Porto ins Haus. <a href="/abo">Bestellen</a></div>'
)
Box = Callable[[int], str]


def headline(number: int) -> str:
    return words(f"Titel {number}", 5)


def made(number: int, box: str) -> RawPage:
    """An article with a box between its paragraphs."""
    first, *others = (f"<p>{text}</p>" for text in paragraphs(number))
    html = (
        f"<title>{headline(number)}</title><div class=haupt><h1>{headline(number)}</h1>"
        f"<div class=text>{first}{box}{''.join(others)}</div></div>"
    )
    return RawPage(html=f"<html><body>{html}</body></html>", url=address(number))


def address(number: int) -> str:
    return f"https://erz.example.org/news/{number}"


def learnt(box: Box, count: int = 8) -> SiteProfile:
    pages = [SamplePage(made(n, box(n)), FIRST_NIGHT) for n in range(count)]
    profile = learn(pages, packaged_reader().articles)
    assert profile is not None
    return profile


def text(profile: SiteProfile, box: str, number: int = 40) -> str:
    raw = dataclasses.replace(made(number, box), profile=profile)
    read = packaged_reader().read(raw)
    return "\n\n".join(filter(None, (read.teaser, read.text)))


def other(number: int) -> str:
    """A teaser of another article: its headline, and the beginning of its text."""
    near = (number + 3) % 8
    begun = " ".join(paragraphs(near)[0].split()[:9])
    return (
        f'<div class="near"><p>Lesen Sie auch:</p><a href="{near}">{headline(near)}</a>'
        f"<p>{begun} …</p></div>"
    )


def test_a_call_in_the_text_is_left_out_whatever_it_says_on_the_next_night() -> None:
    profile = learnt(lambda _: CALL)
    assert profile.asides == {"div.text > div.note"}
    assert text(profile, NEW_CALL) == "\n\n".join(paragraphs(40))


def test_an_excerpt_of_another_article_is_left_out_though_nobody_knows_that_one() -> None:
    profile = learnt(other)
    assert profile.asides == {"div.text > div.near"}
    unknown = (
        '<div class="near"><p>Lesen Sie auch:</p><a href="99">Die Grube Orla stellt Leute ein</a>'
        "<p>Vierzig Hauer und zwölf Steiger sucht die Grube Orla seit Montag für den …</p></div>"
    )
    assert text(profile, unknown) == "\n\n".join(paragraphs(40))


def test_sayings_that_several_pages_share_make_a_box() -> None:
    sayings = ["Wer gräbt, der findet auch, was er nicht gesucht hat.", "Glück auf, sagt der Berg."]
    profile = learnt(lambda n: f'<div class="spruch">{sayings[n % 2]} So heißt es.</div>')
    assert profile.asides == {"div.text > div.spruch"}


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(
            lambda n: CALL if n else f'<div class="note">{words("Nachtrag", 14)}</div>',
            id="one page says something of its own there",
        ),
        pytest.param(lambda n: CALL if n < 4 else "", id="four pages are too few"),
        pytest.param(lambda n: f'<div class="x">{words(f"Absatz {n}", 20)}</div>', id="the text"),
        pytest.param(lambda _: '<div class="ort">Goslar, Haus der Industrie</div>', id="a place"),
        pytest.param(
            lambda _: '<div class="von">Von <a href="/u/1">Erika Muster</a></div>', id="an author"
        ),
        pytest.param(
            lambda n: f'<p class="tag">Stand: {n + 1}. März 2026 im Hause. Alle Angaben.</p>',
            id="a day",
        ),
        pytest.param(
            lambda n: (
                f'<div class="termin"><a href="/ics/{n}">Im Kalender speichern</a>'
                f"<p>{n + 1}. April 2026</p><p>Bitte bis zum Tag davor anmelden.</p></div>"
            ),
            id="the day of its event, below a link",
        ),
        pytest.param(
            lambda n: (
                f'<div class="zitat"><a href="/hefte">Zum gedruckten Heft</a>'
                f"<p>{words(f'Zitat {n}', 14)[:-1]} …</p><p>So stand es im Heft vom Mai.</p></div>"
            ),
            id="words of its own that are cut off, below a link",
        ),
        pytest.param(
            lambda _: (
                '<div class="von">Unsere Redaktion stellt vor, wer für uns schreibt.'
                "<p>Erika Muster</p></div>"
            ),
            id="a person in it",
        ),
    ],
)
def test_what_is_of_the_page_makes_no_box(box: Box) -> None:
    assert learnt(box).asides == frozenset()


def test_a_box_above_all_text_of_a_page_is_no_aside() -> None:
    def above(number: int) -> SamplePage:
        raw = made(number, "")
        html = (raw.html or "").replace("<h1>", f"{CALL}<h1>")
        return SamplePage(dataclasses.replace(raw, html=html), FIRST_NIGHT)

    profile = learn([above(n) for n in range(8)], packaged_reader().articles)
    assert profile is not None
    assert profile.asides == frozenset()


def test_what_stands_beside_the_whole_article_is_no_aside() -> None:
    """A column of the page: lists have it, too."""

    def beside(number: int) -> SamplePage:
        raw = made(number, "")
        html = (raw.html or "").replace("<div class=haupt>", "<main><div><div class=haupt>")
        html = html.replace("</body>", f"</div>{CALL}</main></body>")
        return SamplePage(dataclasses.replace(raw, html=html), FIRST_NIGHT)

    profile = learn([beside(n) for n in range(8)], packaged_reader().articles)
    assert profile is not None
    assert profile.asides == frozenset()


def test_one_hostile_page_teaches_no_box() -> None:
    """It shows what stands on the others in a box, and a box that is their text."""
    stolen = "".join(f'<div class="text"><p>{paragraphs(n)[0]}</p></div>' for n in range(8))
    pages = [SamplePage(made(n, ""), FIRST_NIGHT) for n in range(8)]
    hostile = SamplePage(made(50, stolen), FIRST_NIGHT)
    profile = learn([*pages, hostile], packaged_reader().articles)
    assert profile is not None
    assert profile.asides == frozenset()


def test_a_box_of_the_same_name_without_text_before_it_is_read() -> None:
    """A list of another template, made of such boxes."""
    profile = learnt(lambda _: CALL)
    told = [words(f"Meldung {n}", 14) for n in range(3)]
    html = f"<div class=text>{''.join(f'<div class=note>{each}</div>' for each in told)}</div>"
    raw = RawPage(html=f"<html><body>{html}</body></html>", url=address(50), profile=profile)
    read = packaged_reader().read(raw)
    assert all(each in f"{read.teaser} {read.text}" for each in told)


def test_a_page_that_says_most_in_such_a_box_is_of_another_template() -> None:
    profile = learnt(lambda _: CALL)
    told = words("Bericht", 300)
    assert told in text(profile, f'<div class="note">{told}</div>')


def test_a_box_of_that_name_on_a_page_of_another_template_is_read() -> None:
    """The frame of the page says more than that box; the site has got a new design."""
    profile = learnt(lambda _: CALL)
    told, menu = words("Bericht", 40), words("Menü", 80)
    html = (
        f"<div>{menu}</div><div class=neu><h1>{headline(50)}</h1><div class=text>"
        f"<p>{words('Vorspann', 20)}</p><div class=note>{told}</div></div></div>"
    )
    raw = RawPage(html=f"<html><body>{html}</body></html>", url=address(50), profile=profile)
    read = packaged_reader().read(raw)
    assert told in f"{read.teaser} {read.text}"


class _Counted(tuple[str, ...]):
    """Words that count how often some of them are taken to be compared."""

    __slots__ = ()
    taken = 0

    def __getitem__(self, key: Any) -> Any:
        _Counted.taken += 1
        return super().__getitem__(key)


def test_paragraphs_that_begin_alike_are_not_each_compared_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A site of prices: it took the time of a worker, and its profile was lost."""
    monkeypatch.setattr(_Counted, "taken", 0)
    samples = []
    for number in range(8):
        told = "".join(
            f"<p>Der Preis für eine Tonne Zink {words(f'{number}-{i}', 12 + i)}</p>"
            for i in range(20)
        )
        raw = RawPage(html=f"<html><body>{told}</body></html>", url=address(number))
        samples.append(SamplePage(raw, FIRST_NIGHT))
    pages = [
        dataclasses.replace(
            page,
            lines=tuple(dataclasses.replace(ln, words=_Counted(ln.words)) for ln in page.lines),
        )
        for page in read_samples(samples)
    ]
    nothing = Recurring(frozenset(), frozenset(), frozenset())
    find_asides(pages, nothing, lambda _: False)
    assert sum(len(page.lines) for page in pages) == 160
    assert _Counted.taken < 1_600

"""Excerpts of other pages in one element with the text, as pages laid out by tables have them."""

from __future__ import annotations

import pytest

from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TITLE = "The smelter in Norlit was stopped"
OWN = [
    f"The smelter in Norlit was stopped on Monday after a crack had been found in its {part}, the "
    "operator said in the evening, and the harbour expects fewer ships this spring."
    for part in ("second furnace", "old chimney", "main conveyor")
]
TEXT = "".join(f"<p>{line}</p>" for line in OWN)
OTHERS = {
    "Tin price climbs again in London": "Traders paid more than thirty thousand dollars for a ton "
    "of tin on Tuesday, the most in almost three years.",
    "Potash mine floods near Brisk": "Water broke into the lowest level of the potash mine on "
    "Sunday night, and all miners were brought up in time.",
}
BELOW = '<h4><a href="/n/{0}">{1}</a></h4><p>{2}</p>'


def text(before: str, behind: str, lang: str = "en") -> str:
    html = (
        f"<html lang={lang}><head><title>{TITLE}</title></head><body><div class=c>{before}"
        f"<h1>{TITLE}</h1><p>3 March 2026</p>{TEXT}{behind}</div></body></html>"
    )
    raw = RawPage(html.encode(), url="https://s.example/news/smelter", content_type="text/html")
    page = packaged_reader().read_draft(raw)
    return f"{page.teaser or ''}\n\n{page.text}".strip()


def excerpts(pattern: str, label: str = "<h3>Most read</h3>") -> str:
    return label + "".join(pattern.format(n, *each) for n, each in enumerate(OTHERS.items()))


@pytest.mark.parametrize(
    "pattern",
    [
        BELOW,
        '<li><a href="/n/{0}">{1}</a><p>{2}</p></li>',
        '<p><a href="/n/{0}">{1}</a><br>{2}</p>',
        '<h4>{1}</h4><p>{2} <a href="/n/{0}">Read more</a></p>',
    ],
)
def test_excerpts_below_a_label_are_no_text(pattern: str) -> None:
    assert text("", excerpts(pattern)) == "\n\n".join(OWN)


def test_excerpts_may_stand_above_the_headline() -> None:
    assert text(excerpts(BELOW), "") == "\n\n".join(OWN)


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("de", "Meistgelesen"),
        ("ru", "Самое читаемое"),
        ("es", "Lo más leído"),
        ("pl", "Najczęściej czytane"),
        ("fi", "Luetuimmat"),
    ],
)
def test_labels_in_several_languages(lang: str, label: str) -> None:
    assert text("", excerpts(BELOW, f"<b>{label}:</b>"), lang) == "\n\n".join(OWN)


@pytest.mark.parametrize(
    "behind",
    [
        excerpts(BELOW, "<h3>What else happened</h3>"),
        excerpts("<h4>{1}</h4><p>{2}</p>"),
        excerpts(BELOW) + f"<p>{OWN[0].replace('Norlit', 'Sandvik')}</p>",
    ],
)
def test_what_no_label_says_to_be_elsewhere_stays(behind: str) -> None:
    read = text("", behind)
    assert all(line in read for line in (*OWN, *OTHERS.values()))


ONE = '<div><h3>Read also</h3><p><a href="/n/1">{0}</a> – {1}</p></div>'


def test_one_excerpt_that_opens_with_its_headline_is_no_text() -> None:
    other = next(iter(OTHERS.items()))
    assert text("", ONE.format(*other)) == "\n\n".join(OWN)
    assert other[1] in text("", ONE.replace(" – {1}", ", says {1}").format(*other))

"""Where articles stand: learnt, tried, refused where pages disagree."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta

import pytest

from crawler.parsers.article import ArticleDraft, ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.article_places import PROVEN, is_read_in_full
from crawler.profiles.learning import Comparison, SamplePage, compare, learn
from crawler.profiles.learning.sample import html_document
from indexer.records.reference import load_reference
from indexer.records.stated import Stated
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, published, site, words

_LANGUAGES = load_reference().languages
ARTICLES = ArticleReader(PageWords(_LANGUAGES), DateReader(_LANGUAGES))
SAMPLES = site(22, known_days=True)


@pytest.fixture(scope="module")
def profile() -> SiteProfile:
    learnt = learn(SAMPLES, ARTICLES)
    assert learnt is not None
    return learnt


def places_draft(raw: RawPage, profile: SiteProfile) -> ArticleDraft | None:
    document = html_document(raw)
    assert document is not None
    return ARTICLES.read_by_places(document, raw.url, raw.lang, profile)


def test_articles_of_one_make_prove_their_places(profile: SiteProfile) -> None:
    assert profile.articles is not None
    assert profile.articles.holder == "div.mitte"
    assert profile.articles.is_proven
    assert profile.articles.agreed == len(SAMPLES)


def test_pages_in_any_order_teach_the_same_places(profile: SiteProfile) -> None:
    pages = random.Random(3).sample(SAMPLES, len(SAMPLES))
    assert learn(pages, ARTICLES) == profile


def test_pages_that_taught_nothing_read_the_same_by_places(profile: SiteProfile) -> None:
    for sample in site(30)[len(SAMPLES) :]:
        document = html_document(sample.raw)
        assert document is not None
        full, _ = ARTICLES.read_with_content(document, sample.raw.url, None, profile)
        assert places_draft(sample.raw, profile) == dataclasses.replace(
            full,
            markup=places_draft(sample.raw, profile).markup,  # type: ignore[union-attr]
        )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mitte", "middle"),
        ('<div class="info">', '<div class="neu">'),
        (
            '</div><div class="fuss">',
            '</div><div class="mitte">Two of them</div><div class="fuss">',
        ),
        ('class="daten"', 'class="daten" hidden'),
    ],
    ids=["no holder", "an unknown place", "two holders", "no date"],
)
def test_a_page_that_is_made_otherwise_is_not_read_by_places(
    profile: SiteProfile, old: str, new: str
) -> None:
    html = (SAMPLES[3].raw.body or b"").decode().replace("</div>\n    <div", "</div><div")
    assert places_draft(RawPage(html=html, url=SAMPLES[3].raw.url), profile) is not None
    assert old in html
    changed = RawPage(html=html.replace(old, new), url=SAMPLES[3].raw.url)
    assert places_draft(changed, profile) is None


def test_a_stub_is_not_read_by_places(profile: SiteProfile) -> None:
    html = '<body><div class="mitte"><h2>Titel der Seite</h2><p>Kurz.</p></div></body>'
    assert places_draft(RawPage(html=html, url="https://erz.example.org/kurz"), profile) is None


def test_one_hostile_page_teaches_no_place(profile: SiteProfile) -> None:
    text = "".join(f"<p class='x{n}'>{words(f'boese {n}', 30)}</p>" for n in range(9))
    menu = '<div class="kopf">' + text + "</div>"
    html = (SAMPLES[0].raw.body or b"").decode().replace('<div class="kopf">', menu)
    hostile = SamplePage(RawPage(html=html, url="https://erz.example.org/news/evil"), FIRST_NIGHT)
    taught = learn([*SAMPLES, hostile], ARTICLES)
    assert taught is not None
    assert profile.articles is not None
    assert taught.articles is None or not taught.articles.text - profile.articles.text


def test_pages_that_disagree_end_the_proof_and_those_after_them_begin_it(
    profile: SiteProfile,
) -> None:
    assert profile.articles is not None
    numbers = [n for n in range(200) if is_read_in_full(f"https://erz.example.org/news/{n}")]
    again = [SamplePage(p.raw, date(2026, 3, 3)) for p in site(200) if _number(p) in numbers]
    held = compare(Comparison(profile, again), ARTICLES).articles
    assert held is not None
    assert held.agreed == profile.articles.agreed + len(again)
    wrong = dataclasses.replace(
        profile,
        articles=dataclasses.replace(profile.articles, lang="ru", agreed=PROVEN),
    )
    told = [
        dataclasses.replace(
            sample,
            raw=dataclasses.replace(
                sample.raw, body=(sample.raw.body or b"").replace(b"<html>", b"<html lang='ru'>")
            ),
        )
        for sample in again
    ]
    lost = compare(Comparison(wrong, told), ARTICLES).articles
    assert lost is not None
    assert not lost.is_proven


def test_a_proven_profile_is_tried_on_pages_that_are_read_in_full_only(
    profile: SiteProfile,
) -> None:
    assert profile.articles is not None
    others = [p for p in SAMPLES if not is_read_in_full(p.raw.url)]
    assert compare(Comparison(profile, others), ARTICLES).articles == profile.articles
    unproven = dataclasses.replace(
        profile, articles=dataclasses.replace(profile.articles, agreed=2)
    )
    found = compare(Comparison(unproven, others[:5]), ARTICLES).articles
    assert found is not None
    assert found.agreed == 7


def test_reading_takes_the_places_once_they_are_proven(profile: SiteProfile) -> None:
    assert profile.articles is not None
    raw = next(p.raw for p in SAMPLES if not is_read_in_full(p.raw.url))
    document = html_document(raw)
    assert document is not None
    fresh = dataclasses.replace(profile.articles, agreed=PROVEN - 1)
    unproven = dataclasses.replace(profile, articles=fresh)
    proven = ARTICLES.read_by_proven_places(document, raw.url, None, profile)
    assert proven is not None
    assert ARTICLES.read_by_proven_places(document, raw.url, None, unproven) is None
    assert ARTICLES.read(document, raw.url, None, profile).text == proven.text
    checked = next(n for n in range(200) if is_read_in_full(f"https://erz.example.org/news/{n}"))
    url = f"https://erz.example.org/news/{checked}"
    assert ARTICLES.read_by_proven_places(document, url, None, profile) is None


def test_what_lists_state_counts_as_where_a_page_is_read_in_full(profile: SiteProfile) -> None:
    sample = next(p for p in SAMPLES if not is_read_in_full(p.raw.url))
    html = (sample.raw.body or b"").decode()
    document = html_document(RawPage(html=html, url=sample.raw.url))
    assert document is not None
    other = published(_number(sample)) - timedelta(days=7 + _number(sample) % 5)  # its other day
    title = words("Zeile", 4)
    for stated in (Stated(), Stated(other.isoformat()), Stated("2020-05-05")):
        found = ARTICLES.read(document, sample.raw.url, None, profile, stated=stated)
        unproven = dataclasses.replace(profile, articles=None)
        full = ARTICLES.read(document, sample.raw.url, None, unproven, stated=stated)
        assert (found.published, found.title) == (full.published, full.title)
    titled = html.replace('<div class="info">', f'<h2>{title}</h2><div class="info">')
    page = html_document(RawPage(html=titled, url=sample.raw.url))
    assert page is not None
    named = ARTICLES.read(page, sample.raw.url, None, profile, stated=Stated(title=title))
    assert named.title == title


def _number(sample: SamplePage) -> int:
    return int((sample.raw.url or "").rpartition("/")[2])

"""What was learnt of a site, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.profiles import ArticlePlaces, DatePlace, SiteProfile
from indexer.profiles.profile_records import ProfileRecord
from radar.survey.profile_words import profile_lines

NIGHT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PROFILE = SiteProfile(
    pages=12,
    frame=frozenset({"01ab", "23cd", "45ef"}),
    lines=frozenset({"ab", "cd"}),
    counters=frozenset({"ef"}),
    boxes=frozenset({"div.leiste > ul"}),
    asides=frozenset({"div.text > div.hinweis"}),
    dates=(DatePlace("div.wann", "vom", 9), DatePlace("span.datum", None, 4)),
    addresses=frozenset({"erz.example.org/n/{number}"}),
    title_frame=frozenset({"erzblatt"}),
    headlines=("h1.titel",),
)
RECORD = ProfileRecord("erz", "erz.example.org", 1, "ab", PROFILE.to_json(), 12, NIGHT)


def test_what_was_learnt_is_told_in_words() -> None:
    assert list(profile_lines(RECORD, PROFILE)) == [
        "learnt from 12 pages on 2026-03-02",
        "frame of the site: 3 places at which most pages show the same",
        "no part of an article: 2 lines repeated word for word",
        "nor: 1 line repeated with other numbers (clocks, rates, counters)",
        "nor: a box whose lines come and go (such as “most read”), at div.leiste > ul",
        "nor: whatever a box beside the text says (such as “read also”), at div.text > div.hinweis",
        "date of publication: at div.wann, after “vom”, known from 9 pages",
        "date of publication: at span.datum, known from 4 pages",
        "addresses of its news: erz.example.org/n/{number}",
        "no part of a title, though windows show it: erzblatt",
        "title: at h1.titel",
    ]


def test_where_articles_stand_and_how_well_that_is_proven_is_told() -> None:
    places = ArticlePlaces("main > article", frozenset(), frozenset(), agreed=20)
    proven = replace(PROFILE, articles=places)
    assert list(profile_lines(RECORD, proven))[-2:] == [
        "articles stand in main > article",
        "proven on 20 pages in a row: articles are read by their places alone",
    ]
    trying = replace(PROFILE, articles=replace(places, agreed=1))
    assert list(profile_lines(RECORD, trying))[-1] == "held on 1 page in a row; proven from 20 on"


def test_how_well_it_has_held_since_is_told() -> None:
    held = replace(RECORD, redesigned=NIGHT - timedelta(days=4)).compared(
        [(NIGHT, True)] * 30 + [(NIGHT, False)]
    )
    assert list(profile_lines(held, PROFILE))[-2:] == [
        "the layout changed on 2026-02-26: only pages fetched since then count",
        "compared with 31 pages since: 30 agree; of the last 20, 19",
    ]


def test_why_nothing_was_learnt_is_told() -> None:
    nothing = replace(RECORD, version=None, digest=None, content=None)
    cases = {
        "12 pages had nothing in common on 2026-03-02": nothing,
        "could not be learnt from 12 pages on 2026-03-02: timed-out: reading took too long": (
            replace(nothing, reason="timed-out: reading took too long")
        ),
        "was learnt by another version; the next run with pages of it learns it anew": RECORD,
        "rested on a page that was forgotten; the next run with pages of it learns it anew": (
            replace(nothing, digest="ab", pages=0)
        ),
    }
    for line, record in cases.items():
        assert list(profile_lines(record, None)) == [line]

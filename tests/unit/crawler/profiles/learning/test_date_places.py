from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from crawler.parsers.raw_page import RawPage
from crawler.profiles import DatePlace, SiteProfile
from crawler.profiles.learning import SamplePage, learn
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, site, words

PLACE = "body > div.mitte > div.daten"


def learnt(pages: list[SamplePage]) -> SiteProfile:
    profile = learn(pages)
    assert profile is not None
    return profile


def dated(number: int, mark: str, *, fetched: date = FIRST_NIGHT) -> SamplePage:
    """A page of a site that says of its days what `mark` says."""
    html = f"<html><head>{mark}</head><body><p>{words(f'{number}', 30)}</p></body></html>"
    return SamplePage(RawPage(html=html, url=f"https://erz.example.org/{number}"), fetched)


def test_the_place_that_agrees_with_feeds_is_where_the_site_prints_its_dates() -> None:
    profile = learnt(site(9, known_days=True))
    assert profile.dates == (DatePlace(PLACE, None),)
    assert profile.dates[0].pages == 9
    assert profile.day_first is True


def test_a_date_that_is_known_of_one_page_teaches_nothing() -> None:
    assert learnt([*site(8), page(8, known_day=True)]).dates == ()


def test_the_day_of_the_visit_and_a_day_that_never_changes_are_no_dates() -> None:
    clocks = {clock.place for clock in learnt(site(9, known_days=True)).clocks}
    assert clocks == {"body > div.kopf", "body > div.fuss"}


def test_articles_of_one_day_do_not_make_their_date_a_clock() -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"t{n}", 4)}</h1><p class="date">02.03.2026</p>'
                f"<p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(4)
    ]
    profile = learnt(pages)
    assert profile.clocks == ()
    assert not profile.lines


def test_two_templates_are_told_apart() -> None:
    other = [
        SamplePage(
            RawPage(
                html=f"<table><tr><td>Menü<td><b>{words(f't{n}', 4)}</b>Vom {day:%d.%m.%Y}"
                f"<br>{words(f'b{n}', 30)}</table>",
                url=f"https://erz.example.org/alt/{n}",
            ),
            FIRST_NIGHT,
            day.isoformat(),
        )
        for n in range(4)
        for day in [FIRST_NIGHT - timedelta(days=11 * n + 400)]
    ]
    places = {place.place for place in learnt([*site(5, known_days=True), *other]).dates}
    assert PLACE in places
    assert len(places) == 2


def test_a_label_tells_dates_at_one_place_apart() -> None:
    pages = [
        dataclasses.replace(p, raw=dataclasses.replace(p.raw, body=body))
        for n, p in enumerate(site(8, known_days=True))
        for body in [
            (p.raw.body or b"").replace(
                f"Nr. {n} / ".encode(), b"Sitzung 07.07.2025<br>Datum: " if n % 2 else b"Datum: "
            )
        ]
    ]
    assert learnt(pages).dates == (DatePlace(PLACE, "datum"),)


def test_the_order_of_day_and_month_is_learnt() -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f"<i>{day:%m/%d/%Y}</i><p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
            day.isoformat(),
        )
        for n in range(5)
        for day in [date(2026, 1, 20 - n)]
    ]
    assert learnt(pages).day_first is False


def test_markup_that_says_the_day_of_the_visit_is_not_believed() -> None:
    nights = [FIRST_NIGHT + timedelta(days=n) for n in range(4)]
    meta = '<meta property="article:published_time" content="{}">'
    now = [dated(n, meta.format(night), fetched=night) for n, night in enumerate(nights)]
    assert learnt(now).believe_markup is False
    then = [dated(n, meta.format(f"2025-0{n + 1}-01")) for n in range(4)]
    assert learnt(then).believe_markup is True


def test_months_are_read_in_the_language_of_the_text_where_no_page_tells_one() -> None:
    """Here as boxes of events print them, without blanks."""
    told = "Visitors can see how the core is split, and ask what lies below their house. " * 3
    events = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"Tour {n}", 4)}</h1><div class="day"><span>{n + 9}</span>'
                f"<span>{month} 2026</span></div><p>Tour {n}. {told}</p>",
                url=f"https://erz.example.org/tours/{n}",
            ),
            FIRST_NIGHT,
        )
        for n, month in enumerate(("April", "May", "June", "July"))
    ]
    assert [place.place for place in learnt(events).ahead] == ["body > div.day"]


def test_days_to_come_are_of_events() -> None:
    """Also where lists print them beside the links to the pages."""
    days = [FIRST_NIGHT + timedelta(days=20 * n - 10) for n in range(4)]
    months = {2: "Februar", 3: "März", 4: "April"}
    events = [
        SamplePage(
            RawPage(
                html=f'<html lang="de"><h1>{words(f"Tagung {n}", 4)}</h1><p class="termin">'
                f"{day.day}. {months[day.month]} {day.year}</p><p>{words(f'e{n}', 30)}</p>",
                url=f"https://erz.example.org/termine/{n}",
            ),
            FIRST_NIGHT,
        )
        for n, day in enumerate(days)
    ]
    entries = "".join(
        f'<li><a href="/termine/{n}">Zur Tagung {n}</a> {day.day}. {months[day.month]} {day.year}'
        for n, day in enumerate(days)
    )
    html = f"<ul>{entries}</ul>"
    listing = SamplePage(RawPage(html=html, url="https://erz.example.org/termine/"), FIRST_NIGHT)
    profile = learnt([*events, listing])
    assert profile.dates == ()
    assert "body > p.termin" in {place.place for place in profile.ahead}


def test_sentences_that_name_days_to_come_are_no_place_of_events() -> None:
    pages = []
    for number in range(9):
        day = (FIRST_NIGHT + timedelta(days=30 + number)).strftime("%d.%m.%Y")
        told = f"<p>Bis {day} {words(f'z{number}', 14)}</p><p>"
        raw = dated(number, "").raw
        html = (raw.html or "").replace("<p>", told, 1)
        pages.append(SamplePage(dataclasses.replace(raw, html=html), FIRST_NIGHT))
    assert learnt(pages).ahead == ()


def test_a_meta_tag_that_says_the_same_day_on_all_pages_is_not_believed() -> None:
    mark = '<meta name="date" content="2020-01-12T09:00:00+01:00">'
    pages = [
        dataclasses.replace(
            dated(number, mark), published=(FIRST_NIGHT - timedelta(days=3 * number)).isoformat()
        )
        for number in range(5)
    ]
    assert not learnt(pages).believe_markup


def listed_notice(number: int, lines: str) -> SamplePage:
    """A page to which lists lead by its title, with the day in `lines`."""
    headline = words(f"t{number}", 4)
    html = f"<h1>{headline}</h1>{lines}<p>{words(f'b{number}', 30)}</p>"
    raw = RawPage(html=html, url=f"https://erz.example.org/{number}")
    return SamplePage(raw, FIRST_NIGHT, title=headline)


def day_before(number: int) -> str:
    return f"{FIRST_NIGHT - timedelta(days=5 * number + 1):%d.%m.%Y}"


def test_the_one_place_where_all_listed_pages_print_a_day_is_that_of_publication() -> None:
    pages = [listed_notice(n, f"<p class=d>Objaveno {day_before(n)}</p>") for n in range(5)]
    profile = learnt(pages)
    assert [place.place for place in profile.dates] == ["body > p.d"]
    assert learnt(pages[:3]).dates == ()
    unlisted = [dataclasses.replace(p, title=None) for p in pages]
    assert learnt(unlisted).dates == ()


def test_days_to_come_or_the_same_on_all_pages_are_none_of_publication() -> None:
    ahead = f"{FIRST_NIGHT + timedelta(days=9):%d.%m.%Y}"
    pages = [listed_notice(n, f"<p class=d>{day_before(n)}</p>") for n in range(5)]
    assert learnt([*pages, listed_notice(9, f"<p class=d>{ahead}</p>")]).dates == ()
    same = [listed_notice(n, f"<p class=d>{day_before(2)}</p>") for n in range(5)]
    assert learnt(same).dates == ()


def test_of_two_such_places_that_say_other_days_none_is_known() -> None:
    def lines(number: int, other: int) -> str:
        return f"<p class=d>{day_before(number)}</p><p class=e>{day_before(other)}</p>"

    alike = learnt([listed_notice(n, lines(n, n)) for n in range(5)])
    assert [place.place for place in alike.dates] == ["body > p.d"]
    assert learnt([listed_notice(n, lines(n, n + 20)) for n in range(5)]).dates == ()


def test_where_as_many_days_are_to_come_as_lists_tell_of_others_it_is_that_of_events() -> None:
    """Lists print the days of events that are over, too."""

    def event(number: int, day: date) -> SamplePage:
        html = f"<h1>{words(f't{number}', 4)}</h1><dl><dd>{day:%d.%m.%Y}</dd></dl>"
        raw = RawPage(
            html=f"{html}<p>{words(f'b{number}', 30)}</p>",
            url=f"https://erz.example.org/termine/{number}",
        )
        return SamplePage(raw, FIRST_NIGHT, day.isoformat() if day < FIRST_NIGHT else None)

    past = [event(n, FIRST_NIGHT - timedelta(days=9 * n + 5)) for n in range(2)]
    ahead = [event(n, FIRST_NIGHT + timedelta(days=9 * n)) for n in range(2, 4)]
    profile = learnt([*site(4), *past, *ahead])
    assert profile.dates == ()
    assert DatePlace("body > dl > dd") in profile.ahead

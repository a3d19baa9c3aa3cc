"""Days that a page counts from that of its request."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.stated import NOTHING_STATED, Stated
from tests.page_reader import packaged_reader

FETCHED = date(2031, 3, 12)
CLOCKS = {
    "en": "12 March 2031, Wednesday, 23:00",
    "ru": "12 марта 2031, среда, 23:00",
    "de": "Mittwoch, 12. März 2031",
    "fr": "mercredi 12 mars 2031",
}
PROSE = (
    "The plant has worked for forty six years, and {n} million tonnes of slag have been left"
    " beside it that nobody has ever looked at with the instruments of our days."
)


@pytest.fixture
def reader() -> PageReader:
    return packaged_reader()


def page(line: str, lang: str = "en", *, behind: str = "", head: str = "") -> str:
    clock = CLOCKS.get(lang, "2031.03.12 23:00")
    menu = "".join(f"<li><a href=/{n}/>Section {n}</a></li>" for n in range(6))
    text = "".join(f"<p>{PROSE.format(n=n)}</p>" for n in range(4))
    return (
        f"<html lang={lang}><head><title>Old tips looked at again</title>{head}</head><body>"
        f"<div id=header><a href=/>NEWS</a><div class=now>{clock}</div><div>USD 78.97</div></div>"
        f"<ul>{menu}</ul><div class=story><h1>Old tips looked at again</h1>"
        f"<div class=info>{line}</div><div class=text>{text}</div>{behind}</div>"
        "<div id=footer>News agency</div></body></html>"
    )


def day(
    reader: PageReader,
    html: str,
    stated: Stated = NOTHING_STATED,
    *,
    lang: str = "en",
    fetched: date | None = FETCHED,
    at: datetime | None = None,
) -> str | None:
    url = "https://n.example.org/a/4511-tips.html"
    raw = RawPage(html=html, url=url, lang=lang, stated=stated, fetched=fetched, fetched_at=at)
    return reader.read(raw).published


@pytest.mark.parametrize(
    ("lang", "line", "published"),
    [
        ("ru", "Автор: <a href=/user/o/>Ольга Синицына</a>, Вчера, 14:45", "2031-03-11"),
        ("ru", "Сегодня, 09:05", "2031-03-12"),
        ("de", "vor 3 Tagen", "2031-03-09"),
        ("de", "<span>vor 3 Tagen</span> <span>Lesezeit: 2 Minuten</span>", "2031-03-09"),
        ("en", "By Jane Roe · 2d ago · 2 min read", "2031-03-10"),
        ("de", "Gestern, 14:05 Uhr | Redaktion", "2031-03-11"),
        ("en", "Posted 2 days ago by Jim Poe", "2031-03-10"),
        ("en", "Yesterday at 10:30", "2031-03-11"),
        ("fr", "Publié il y a 3 jours", "2031-03-09"),
        ("fr", "Hier à 14h45", "2031-03-11"),
        ("pl", "wczoraj, 12:30", "2031-03-11"),
        ("kk", "Кеше, 14:45", "2031-03-11"),
        ("mn", "3 өдрийн өмнө", "2031-03-09"),
        ("tr", "3 gün önce", "2031-03-09"),
        ("uz", "Kecha, 14:45", "2031-03-11"),
        ("tr", "İki gün önce", "2031-03-10"),
        ("en", "By Jane Roe, 3 days ago", "2031-03-09"),
        ("en", "By Jane Roe | Yesterday", "2031-03-11"),
        ("de", "Vor&nbsp;3&nbsp;Tagen", "2031-03-09"),
        ("en", "Yesterday", "2031-03-11"),
        ("en", "2 weeks ago", "2031-02"),
        ("ru", "месяц назад", "2031-02"),
    ],
)
def test_a_day_beside_the_headline_counts_from_the_request_and_no_clock_wins(
    reader: PageReader, lang: str, line: str, published: str
) -> None:
    assert day(reader, page(line, lang), lang=lang) == published


@pytest.mark.parametrize(
    "line",
    [
        "Updated yesterday, 14:45",
        "Yesterday the ministry said that the plant would not open again.",
        "Yesterday, the ministry said that it would not open the old plant again",
        "Today",
        "Wednesday, 14:45",
        "Yesterday – The Beatles",
        "Next meeting: today, 18:00",
        "Last visit: 2 days ago",
        "Today, 10:00 – 12:00",
        "Heute, 10:00 bis 12:00",
    ],
)
def test_a_change_a_sentence_and_a_bare_today_are_none(reader: PageReader, line: str) -> None:
    assert day(reader, page(line)) is None


def test_that_a_page_was_changed_on_the_day_of_its_request_makes_a_clock_no_day_of_it(
    reader: PageReader,
) -> None:
    changed = "<p>Last updated: 12 March 2031</p>"
    dated = page("", behind=changed).replace("<p>The", "<p>Leeds, 17 February 2031. The", 1)
    assert day(reader, dated) == "2031-02-17"
    other = "<p>Other news: 17 February 2031</p>"
    assert day(reader, page("", behind=changed + other)) == "2031-03-12"


@pytest.mark.parametrize(
    "clock", ["Σήμερα Τετάρτη, 12 Μαρτίου 2031", "Сегодня среда, 12 марта 2031"]
)
def test_the_day_of_the_request_above_all_that_is_the_page_s_is_a_clock_s(
    reader: PageReader, clock: str
) -> None:
    html = page("").replace(CLOCKS["en"], clock)
    assert day(reader, html) is None
    assert day(reader, html, fetched=date(2031, 4, 2)) == (
        "2031-03-12" if clock[0] == "Σ" else None
    )
    stated = Stated(published="2031-03-12")
    assert day(reader, html.replace(clock, "12 March 2031"), stated) == "2031-03-12"
    beside = html.replace("<h1>", "<p>12 March 2031</p><h1>")
    assert day(reader, beside) == "2031-03-12"


@pytest.mark.parametrize(
    ("hour", "published"), [(9, "2031-03-12"), (2, "2031-03-11"), (None, None)]
)
def test_hours_are_counted_from_the_instant_of_the_request(
    reader: PageReader, hour: int | None, published: str | None
) -> None:
    at = datetime(2031, 3, 12, hour, 30, tzinfo=UTC) if hour is not None else None
    html = page("6 hours ago").replace(CLOCKS["en"], "Wednesday")
    assert day(reader, html, at=at) == published


def test_without_a_day_of_the_request_nothing_is_counted(reader: PageReader) -> None:
    assert day(reader, page("Yesterday, 14:45"), fetched=None) != "2031-03-11"


def test_what_comments_and_other_news_say_counts_for_nothing(reader: PageReader) -> None:
    comments = "<div class=comments><h3>Galina</h3><span>Yesterday, 14:45</span><p>Dust!</p></div>"
    html = page("2031-03-09", behind=comments)
    assert day(reader, html) == "2031-03-09"


def test_it_goes_before_the_day_of_other_news_behind_the_text(reader: PageReader) -> None:
    other = "<h3>More</h3><ul><li><a href=/x>Potash is dear again</a> (21.05.2030)</li></ul>"
    html = page("Yesterday, 14:45 | Views: 553", behind=other).replace(CLOCKS["en"], "")
    assert day(reader, html) == "2031-03-11"


@pytest.mark.parametrize("line", ["Yesterday", "Two days ago"])
def test_a_headline_and_a_heading_count_for_nothing(reader: PageReader, line: str) -> None:
    html = page("").replace("Old tips looked at again", line).replace(CLOCKS["en"], "")
    assert day(reader, html) is None
    html = page("").replace("<div class=text>", f"<div class=text><h2>{line}</h2>")
    assert day(reader, html.replace(CLOCKS["en"], "")) is None


@pytest.mark.parametrize(
    "beside",
    [
        "<div class=box><p>Yesterday, 10:00</p><p><a href=/x>Mine closes</a></p></div>",
        "<div class=last>Jim Poe, 2 days ago</div>",
        "<div>Today, 18:00</div>",
    ],
)
def test_no_other_line_goes_before_a_printed_day_that_is_no_clocks(
    reader: PageReader, beside: str
) -> None:
    html = page(f"9 March 2031</div>{beside}<div>").replace(CLOCKS["en"], "")
    assert day(reader, html) == "2031-03-09"


def test_lines_above_all_of_the_page_and_comments_without_another_day(reader: PageReader) -> None:
    above = page("").replace("<div class=story>", "<p>Today, 12:00</p><p>7°</p><div class=story>")
    assert day(reader, above.replace(CLOCKS["en"], "")) is None
    with_it = page("").replace("<h1>", "<p>Today, 12:00</p><h1>")
    assert day(reader, with_it.replace(CLOCKS["en"], "")) == "2031-03-12"
    comments = "<div class=comments><div>Posted 2 days ago by Jim Poe</div><p>Dust!</p></div>"
    assert day(reader, page("", behind=comments).replace(CLOCKS["en"], "")) is None


@pytest.mark.parametrize(
    ("line", "before", "published"),
    [
        ("2 weeks ago", "2031-02-20", "2031-02-20"),
        ("2 weeks ago", "2031-02-02", "2031-02"),
        ("a month ago", "2031-02-02", "2031-02-02"),
        ("Yesterday, 14:45", "2031-03-12", "2031-03-12"),
        ("Yesterday, 14:45", "2031-03-03", "2031-03-11"),
    ],
)
def test_the_day_that_was_counted_before_stays_while_it_fits(
    reader: PageReader, line: str, before: str, published: str
) -> None:
    assert day(reader, page(line), Stated(counted=before)) == published


def test_a_stated_day_and_one_that_says_published_go_before(reader: PageReader) -> None:
    meta = '<meta property="article:published_time" content="2031-03-09T10:00:00Z">'
    assert day(reader, page("Yesterday, 14:45", head=meta)) == "2031-03-09"
    said = "Published: 9 March 2031 | Read: yesterday, 14:45"
    assert day(reader, page(said)) == "2031-03-09"


@pytest.mark.parametrize(
    ("line", "listed", "published"),
    [
        ("Today, 02:40", "2031-03-13", "2031-03-13"),
        ("Yesterday, 02:40", "2031-03-12", "2031-03-12"),
        ("Yesterday, 23:40", "2031-03-10", "2031-03-10"),
        ("Yesterday, 23:40", "2031-03-07", "2031-03-11"),
    ],
)
def test_a_neighbouring_day_that_lists_state_is_that_of_the_site(
    reader: PageReader, line: str, listed: str, published: str
) -> None:
    assert day(reader, page(line), Stated(published=listed)) == published

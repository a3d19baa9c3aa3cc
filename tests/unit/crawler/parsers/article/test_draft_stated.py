"""Pages that what leads to them says something of: their title, their day, an event to come."""

from __future__ import annotations

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.stated import Stated
from tests.page_reader import packaged_reader

TITLE = "Minister visits the tin mine of Morococala"
TEXT = (
    "The minister visited the mine in the north and spoke with the miners about their water, the "
    "road to the railway and the price of tin.</p><p>The works council asked for a second shaft, "
    "which the owner had promised four years ago, and for a school in the settlement of the mine."
)


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def read(
    reader: PageReader, main: str, stated: Stated, head: str = "", path: str = "n?id=4"
) -> Page:
    html = (
        f"<html lang=en><head><title>Ministry of Mines</title>{head}</head><body>"
        f"<div class=menu><a href=/a>News</a> <a href=/b>Laws</a></div>{main}"
        "<div>Contact of the ministry</div></body></html>"
    )
    return reader.read(RawPage(html=html, url=f"https://mines.example.org/{path}", stated=stated))


@pytest.mark.parametrize(
    "shown",
    [
        "<h1>News</h1><h2>{}</h2>",
        "<font size=5>{}</font><br>",
        "<div class=tt><b>{}</b></div>",
        "<p>{}</p>",
    ],
)
def test_the_title_is_the_line_that_lists_call_the_page(reader: PageReader, shown: str) -> None:
    main = f"<div>{shown.format(TITLE)}<p>{TEXT}</p></div>"
    assert read(reader, main, Stated(title=TITLE)).title == TITLE
    assert TITLE not in read(reader, main, Stated(title=TITLE)).text


@pytest.mark.parametrize("label", ["{} 11 March 2031", "11.03.2031 | {}", "{} – 2031-03-11"])
def test_a_day_at_the_edge_of_a_label_is_no_part_of_the_title(
    reader: PageReader, label: str
) -> None:
    main = f"<div><h1>{TITLE}</h1><p>{TEXT}</p></div>"
    assert read(reader, main, Stated(title=label.format(TITLE))).title == TITLE


def test_a_longer_headline_that_opens_with_what_lists_call_the_page_is_the_title(
    reader: PageReader,
) -> None:
    main = f"<div><h1>{TITLE}</h1><p>{TEXT}</p></div>"
    assert read(reader, main, Stated(title="Minister visits the tin mine")).title == TITLE
    assert read(reader, main, Stated(title="Minister visits another mine")).title != TITLE


@pytest.mark.parametrize("label", ["Read more", "Mines of the north in short", "Minister visits …"])
def test_a_label_that_the_page_does_not_show_is_no_title(reader: PageReader, label: str) -> None:
    main = f"<div><h1>{TITLE}</h1><p>{TEXT}</p></div>"
    head = f'<meta property="og:title" content="{TITLE}">'
    assert read(reader, main, Stated(title=label), head).title == TITLE


def test_a_heading_that_the_markup_confirms_is_the_title_whatever_the_link_said(
    reader: PageReader,
) -> None:
    label = "Read the whole report"
    main = f"<div><h1>{TITLE}</h1><p>{TEXT}</p><h2>{label}</h2></div>"
    head = f'<meta property="og:title" content="{TITLE}">'
    assert read(reader, main, Stated(title=label), head).title == TITLE


def test_a_page_without_a_day_has_the_one_that_feeds_and_lists_state(reader: PageReader) -> None:
    page = read(reader, f"<h1>{TITLE}</h1><p>{TEXT}</p>", Stated("2031-03-11", TITLE))
    assert page.published == "2031-03-11"
    (mention,) = [m for m in page.mentions if m.field == "published"]
    assert mention.extractor == "listed"
    assert mention.inferred
    assert "byline" not in page.parts
    instant = Stated("2031-03-11T22:30:00Z", TITLE)
    assert read(reader, f"<h1>{TITLE}</h1><p>{TEXT}</p>", instant).published == "2031-03-11"
    assert (page.parts["markup"] or "")[mention.start : mention.end] == "2031-03-11"


def test_of_the_days_that_a_page_names_it_is_the_one_that_lists_state(reader: PageReader) -> None:
    days = "<p>1 March 2031</p><p>4 March 2031</p>"
    main = f"<h1>{TITLE}</h1>{days}<p>{TEXT}</p>"
    assert read(reader, main, Stated("2031-03-04", TITLE)).published == "2031-03-04"
    assert read(reader, main, Stated("2031-03-01", TITLE)).published == "2031-03-01"
    assert read(reader, main, Stated("2031-03-04T09:30:00Z", TITLE)).published == "2031-03-04"


@pytest.mark.parametrize(
    ("days", "path"),
    [
        ("<p>Published on 2 April 2031</p><p>24 April 2031, 19:00, hall of the mine</p>", "n?id=4"),
        ("<p>Published: 02.04.2031</p><p>24.04.2031</p>", "n?id=4"),
        ("<p>2 April 2031</p><p>24 May 2031</p>", "2031/04/open-day"),
    ],
)
def test_the_listed_day_does_not_stand_against_what_says_when_the_page_was_published(
    reader: PageReader, days: str, path: str
) -> None:
    main = f"<h1>{TITLE}</h1>{days}<p>{TEXT}</p>"
    listed = "2031-05-24" if "May" in days else "2031-04-24"
    published = read(reader, main, Stated(listed, TITLE), path=path).published
    assert (published or "")[:7] == "2031-04"
    assert published != listed


@pytest.mark.parametrize(
    ("shown", "stated", "day"),
    [
        ("6 February", "2031-02-06", "2031-02-06"),
        ("6 February", "2031-02-07", "2031-03-05"),
        ("6 February", None, "2031-03-05"),
        ("Water and roads", "2031-02-06", "2031-03-05"),
    ],
)
def test_a_listed_day_that_the_page_shows_without_its_year_goes_before_that_of_a_link(
    reader: PageReader, shown: str, stated: str | None, day: str
) -> None:
    link = "<small>5 March 2031</small> <a href='/n?id=7'>A shaft is sunk near Tarija</a>"
    others = f"<div><h3>Other news</h3><div>{link}</div></div>"
    main = f"<div><span>{shown}</span><h3>{TITLE}</h3><p>{TEXT}</p></div>{others}"
    assert read(reader, main, Stated(published=stated)).published == day


def test_below_a_section_of_events_the_listed_day_chooses_none(reader: PageReader) -> None:
    main = f"<h1>{TITLE}</h1><p>1 March 2031</p><p>4 March 2031</p><p>{TEXT}</p>"
    told = (Stated(), Stated("2031-03-01"), Stated("2031-03-04"))
    pages = [read(reader, main, stated, path="events/open-day") for stated in told]
    assert len({page.published for page in pages}) == 1


def test_what_markup_says_to_be_the_publication_is_believed_rather(reader: PageReader) -> None:
    head = '<meta property="article:published_time" content="2031-03-02T09:00:00Z">'
    main = f"<h1>{TITLE}</h1><p>11 March 2031</p><p>{TEXT}</p>"
    assert read(reader, main, Stated("2031-03-11", TITLE), head).published == "2031-03-02"


def test_a_page_that_prints_the_day_to_come_of_its_entry_announces_an_event(
    reader: PageReader,
) -> None:
    main = f"<h1>Open day of the tin mine</h1><p>24 April 2031</p><p>{TEXT}</p>"
    announced = read(reader, main, Stated(ahead="2031-04-24"))
    assert (announced.kind, announced.published) == ("event", None)
    assert read(reader, main, Stated(ahead="2031-05-09")).kind == "article"


@pytest.mark.parametrize("name", ["node node--type-event", "post type-tribe_events hentry"])
def test_the_class_of_the_page_says_that_it_is_an_event(reader: PageReader, name: str) -> None:
    main = f'<article class="{name}"><h1>Study tour</h1><p>{TEXT}</p></article>'
    assert read(reader, main, Stated()).kind == "event"


def test_days_of_an_event_from_to_are_no_day_of_publication(reader: PageReader) -> None:
    days = (
        '<time datetime="2031-03-04">4 March 2031</time> - '
        '<time datetime="2031-03-05">5 March 2031</time>'
    )
    main = (
        f'<article class="node--type-event"><h1>{TITLE}</h1><p class="meta">{days} | Potosí</p>'
        f"<p>{TEXT}</p></article>"
    )
    assert read(reader, main, Stated()).published is None


def test_a_short_sentence_between_title_and_text_is_text(reader: PageReader) -> None:
    main = (
        f"<div class=detail><span>11.02.2031</span><h3>{TITLE}</h3>"
        f"<b>Four hundred tonnes left it.</b><br><br>{TEXT.replace('</p><p>', '<br><br>')}</div>"
    )
    page = read(reader, main, Stated(title=TITLE))
    told = f"{page.teaser or ''} {page.text}"
    assert "Four hundred tonnes left it." in told


NOTICE = "<h1>Sale of drill cores</h1><p>The survey sells cores of the south by the metre.</p>"
RELATED = "".join(
    f'<li><a href="/n?id={n}">{words}</a></li>'
    for n, words in enumerate(["Tin pit reopens in May", "New map of the south", "Tour of Oruro"])
)


def test_a_short_notice_to_which_lists_lead_by_its_title_is_news(reader: PageReader) -> None:
    main = f"{NOTICE}<ul>{RELATED}</ul>"
    assert read(reader, main, Stated(), path="cores.html").kind != "article"
    title = "Sale of drill cores"
    assert read(reader, main, Stated(title=title), path="cores.html").kind == "article"
    assert read(reader, main, Stated(title="Sale of drill …"), path="c.html").kind == "article"
    assert read(reader, main, Stated(title="Cores of the survey"), path="c.html").kind != "article"


def test_a_list_to_which_lists_lead_is_one(reader: PageReader) -> None:
    links = "".join(
        f'<h3><a href="/n?id={n}">The tin mine number {n} reopens</a></h3><p>{n} March 2031</p>'
        for n in range(1, 9)
    )
    title = "All news of tin mines"
    for line in ("", "<p>All news of tin and its mines at a glance.</p>"):
        main = f"<h1>{title}</h1>{line}{links}"
        assert read(reader, main, Stated(title=title), path="tags/tin").kind == "listing"


def test_lists_that_lead_to_a_page_among_events_make_it_one(reader: PageReader) -> None:
    main = "<h1>Lecture: the mines below our cities</h1><p>With a tour of the old adit.</p>"
    title = "Lecture: the mines below our cities"
    assert read(reader, main, Stated(title=title), path="events/lecture").kind == "event"
    assert read(reader, main, Stated(title=title), path="news/lecture").kind == "article"


def test_markup_of_any_article_does_not_speak_against_an_address_among_events(
    reader: PageReader,
) -> None:
    title = "Round table of young geologists"
    body = f"<h1 itemprop=name>{title}</h1><p>45 students came and three of them won a prize.</p>"
    stated = Stated(title=title)
    for kind, expected in (("Article", "event"), ("NewsArticle", "article")):
        main = f"<div itemscope itemtype='https://schema.org/{kind}'>{body}</div>"
        assert read(reader, main, stated, path="events/57-table").kind == expected


def test_a_page_that_prints_the_day_to_come_without_its_year_announces_an_event(
    reader: PageReader,
) -> None:
    title = "Field school of the tin mine"
    main = f"<h1>{title}</h1><p>23–24 April, Potosí</p><p>{TEXT}</p>"
    assert read(reader, main, Stated(ahead="2031-04-24", title=title)).kind == "event"
    assert read(reader, main, Stated(ahead="2031-04-24", title="Another")).kind == "article"
    assert read(reader, main, Stated(ahead="2031-04-25", title=title)).kind == "article"


@pytest.mark.parametrize("line", ["3 min read", "Reading time: 4 minutes"])
def test_a_reading_time_beside_the_day_of_an_event_is_no_text(
    reader: PageReader, line: str
) -> None:
    title = "Field school of the tin mine"
    facts = ["23–24 April 2031, 10:00", "Venue: Old shaft", "Led by the works council"]
    shown = "".join(f"<p>{fact}</p>" for fact in [line, *facts])
    main = f"<div><h1>{title}</h1>{shown}<p>{TEXT}</p></div>"
    page = read(reader, main, Stated(title=title), path="events/school")
    assert page.kind == "event"
    assert page.text.split("\n\n") == [*facts, *TEXT.split("</p><p>")]


ISSUED = '<meta name="dcterms.issued" content="2031-01-15">'
OF_EVENT = '<time class="event-date" datetime="2031-02-18">18.02.2031</time>'


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        (ISSUED, "18.02.2031", "2031-01-15"),
        ("", "18.02.2031", None),
        ("", "4–6 March 2031", None),
        ("", "Published: 18.02.2031", "2031-02-18"),
        ("", "18.02.2031</p><p>It lasts from 3 to 5 March in Potosí.", "2031-02-18"),
        ("", OF_EVENT, None),
    ],
)
def test_what_the_page_of_an_event_prints_may_be_the_day_of_that(
    reader: PageReader, head: str, line: str, day: str | None
) -> None:
    title = "School of the drillers"
    main = f"<h1>{title}</h1><p>{line}</p><p>{TEXT}</p>"
    page = read(reader, main, Stated(title=title), head, "events/school")
    assert (page.kind, page.published) == ("event", day)


def test_a_box_of_events_to_come_does_not_take_the_day_of_an_article(reader: PageReader) -> None:
    box = (
        '<aside><h3>Events</h3><time class="event-date" datetime="2031-02-18">18 February</time>'
        '<a href="/e/2">Tin forum</a></aside>'
    )
    main = f"<main><h1>{TITLE}</h1><p>18 February 2031</p><p>{TEXT}</p></main>{box}"
    assert read(reader, main, Stated(title=TITLE)).published == "2031-02-18"


def test_a_list_of_old_pages_without_years_states_no_day_to_come(reader: PageReader) -> None:
    main = "<h1>{}</h1><p>24 April {}, 10:12</p><p>POTOSÍ, 24 April. {}</p>"
    stated = Stated(ahead="2031-04-24", title=TITLE)
    old = read(reader, main.format(TITLE, 2030, TEXT), stated)
    assert (old.kind, old.published) == ("article", "2030-04-24")
    assert read(reader, main.format(TITLE, 2031, TEXT), stated).kind == "event"

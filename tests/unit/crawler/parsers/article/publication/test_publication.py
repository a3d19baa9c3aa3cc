"""The publication date and its traps."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.parsers.article import ArticleDraft
from crawler.parsers.article.publication import in_url, is_day_first, parse_iso
from tests.unit.crawler.parsers.conftest import BODY

Read = Callable[..., ArticleDraft]
PageMaker = Callable[..., str]


def json_ld(**values: str) -> str:
    pairs = ", ".join(f'"{k}": "{v}"' for k, v in values.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {pairs}}}</script>'


def test_json_ld_published_not_modified(read: Read, page: PageMaker) -> None:
    draft = read(
        page(head=json_ld(dateModified="2024-03-20", datePublished="2024-03-12T10:00:00+05:00"))
    )
    assert draft.published == "2024-03-12"
    assert draft.published_at == datetime(2024, 3, 12, 5, tzinfo=UTC)
    assert draft.modified == "2024-03-20"


def test_meta_published_time(read: Read, page: PageMaker) -> None:
    head = (
        '<meta property="article:modified_time" content="2024-05-01T08:00:00Z">'
        '<meta property="article:published_time" content="2024-04-30T08:00:00Z">'
    )
    draft = read(page(head=head))
    assert (draft.published, draft.modified) == ("2024-04-30", "2024-05-01")
    assert draft.publication is not None
    assert draft.publication.part == "markup"


def test_day_is_that_of_the_stated_zone(read: Read, page: PageMaker) -> None:
    draft = read(page(head=json_ld(datePublished="2015-06-09T01:30:00+06:00")))
    assert draft.published == "2015-06-09"
    assert draft.published_at == datetime(2015, 6, 8, 19, 30, tzinfo=UTC)


def test_time_in_utc_beside_a_visible_day_means_the_visible_day(
    read: Read, page: PageMaker
) -> None:
    html = page(
        lang="de",
        head=json_ld(datePublished="2015-06-08T22:30:00Z"),
        before='<div class="date">09.06.2015</div>',
    )
    assert read(html).published == "2015-06-09"
    assert read(html).published_at == datetime(2015, 6, 8, 22, 30, tzinfo=UTC)


def test_midnight_of_the_site_in_utc_is_of_the_day_that_the_byline_shows(
    read: Read, page: PageMaker
) -> None:
    stated = '<meta property="article:published_time" content="2021-11-04T{}Z">'
    changed = '<meta property="article:modified_time" content="2021-11-05T12:42Z">'
    line = '<p class="meta date"><a href="/order">5 November 2021 Order</a></p>'
    for at, day in (("23:00", "2021-11-05"), ("18:00", "2021-11-05"), ("23:10", "2021-11-04")):
        draft = read(page(head=stated.format(at) + changed, before=line))
        assert (draft.published, draft.publication and draft.publication.rule) == (day, "meta")


def test_a_post_of_another_site_says_nothing_of_when_the_page_was_published(
    read: Read, page: PageMaker
) -> None:
    day = (
        '<p>A post by <a href="/x">Core Store</a> (@cores) on '
        '<time datetime="2024-02-27T07:08:52Z">27 February 2024</time></p>'
    )
    for name, published in (("instagram-media", "2024-03-12"), ("lead", "2024-02-27")):
        post = f'<blockquote class="{name}">{day}</blockquote>'
        draft = read(page(head=json_ld(datePublished="2024-03-12T10:00:00Z"), before=post))
        assert draft.published == published


def test_time_without_zone_has_no_instant(read: Read, page: PageMaker) -> None:
    draft = read(page(head=json_ld(datePublished="2024-03-12T10:00:00")))
    assert (draft.published, draft.published_at) == ("2024-03-12", None)


def test_a_page_that_states_only_its_last_change_has_that_day(read: Read, page: PageMaker) -> None:
    draft = read(page(before='<p class="meta">Last updated: 12 March 2024</p>'))
    assert draft.publication is not None
    assert (draft.published, draft.publication.rule) == ("2024-03-12", "printed")


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("12 March 2021", "2021-03-12"),
        # Of 28 labelled pages that show another day than their markup states, 18 were right.
        ("9 March 2024", "2024-03-09"),
        ("Updated 14 March 2024", "2024-03-12"),
    ],
)
def test_a_byline_is_believed_rather_than_the_markup(
    read: Read, page: PageMaker, shown: str, day: str
) -> None:
    head = json_ld(datePublished="2024-03-12T10:00:00+01:00")
    assert read(page(head=head, before=f'<p class="meta">{shown}</p>')).published == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.example.org/2017/7/12/deposits", "2017-07-12"),
        ("https://www.example.org/2024/03/12/deposits", "2024-03-12"),
        ("https://www.example.org/2023/10/3-questions-to-the-survey", "2024-03-12"),
    ],
)
def test_an_address_is_believed_rather_than_the_markup(
    read: Read, page: PageMaker, url: str, day: str
) -> None:
    assert read(page(head=json_ld(datePublished="2024-03-12")), url).published == day


def test_the_day_is_searched_where_the_address_has_the_month(read: Read, page: PageMaker) -> None:
    html = page(after='<div><abbr class="published" title="2024-03-12T21:05">9:05 PM</abbr></div>')
    assert read(html, "https://www.example.org/2024/03/deposits.html").published == "2024-03-12"
    assert read(html, "https://www.example.org/2024/04/deposits.html").published == "2024-04"


def test_published_beside_updated_in_one_line(read: Read, page: PageMaker) -> None:
    before = '<div class="meta">Updated 14 March 2024 | Published 12 March 2024</div>'
    assert read(page(before=before)).published == "2024-03-12"


def test_time_element_marked_as_updated_is_passed_over(read: Read, page: PageMaker) -> None:
    before = (
        '<div class="info"><span class="upd">Updated <time datetime="2024-03-14">14 '
        "March</time></span>"
        '<span>Published <time datetime="2024-03-12">12 March</time></span></div>'
    )
    assert read(page(before=before)).published == "2024-03-12"


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Tagung findet am 14. Oktober 2025 in Freiberg statt und dauert zwei Tage.",
        "Die nächste Sitzung ist für den 3. Mai 2031 in Almaty angesetzt worden.",
    ],
)
def test_date_of_an_event_is_no_publication_date(
    read: Read, page: PageMaker, sentence: str
) -> None:
    body = (
        f"<p>{sentence}</p><p>Das Amt hat die Ergebnisse der Erkundung im Westen vorgestellt und "
        "eine Karte gezeigt.</p>"
    )
    assert read(page(lang="de", body=body)).published is None


def test_date_of_a_related_article_is_no_publication_date(read: Read, page: PageMaker) -> None:
    after = (
        '<aside class="related"><h2>More news</h2><ul><li>'
        '<a href="/1">A mine opens</a> <time datetime="2019-01-05">'
        "5 January 2019</time></li></ul></aside>"
    )
    assert read(page(after=after)).published is None


def test_listing_has_no_publication_date(read: Read) -> None:
    items = "".join(
        f'<article class="teaser"><h3><a href="/n/{i}">Geological survey reports on '
        f"exploration number {i}</a></h3>"
        f'<span class="date">{i + 1:02d}.02.2024</span><p>A short text about it.</p></article>'
        for i in range(12)
    )
    draft = read(
        f"<html lang=en><title>News</title><body><main><h1>News</h1>{items}</main></body></html>"
    )
    assert draft.kind == "listing"
    assert draft.published is None


@pytest.mark.parametrize(
    ("lang", "place", "line"),
    [
        ("de", "after", "<footer><p>Veröffentlicht am 12.03.2024</p></footer>"),
        ("de", "after", "<p class='info'>Aktualisiert: 12.03.2024</p>"),
        ("ru", "before", "<table><tr><td>12 | 03 | 2024</td><td>Недра</td></tr></table>"),
        ("en", "before", "<h3>12 March 2024</h3>"),
        ("en", "before", "<p>Written by Jane Roe</p><div>on Tuesday, 12 March 2024, 4:10 pm</div>"),
        ("de", "before", "<p>Freiberg, 12. März 2024 – Das Amt stellt seine Karte vor.</p>"),
    ],
)
def test_a_day_is_found_wherever_the_page_shows_it(
    read: Read, page: PageMaker, lang: str, place: str, line: str
) -> None:
    assert read(page(lang=lang, **{place: line})).published == "2024-03-12"


def test_a_page_shows_whether_it_writes_the_day_first(read: Read, page: PageMaker) -> None:
    before, after = '<div class="date">06/09/2015</div>', "<p>Next: 25/09/2015</p>"
    assert read(page(before=before)).published == "2015-06-09"
    assert read(page(before=before, after=after)).published == "2015-09-06"


@pytest.mark.parametrize(
    "after",
    [
        '<p class=more><a href="/2">The same</a> <time datetime="2015-09-06">Sunday</time></p>',
        "<ul><li><a href='/1'>A mine opens</a> 6 September 2015</li></ul>",
    ],
)
def test_a_day_that_a_page_names_in_words_elsewhere_tells_how_it_writes_numbers(
    read: Read, page: PageMaker, after: str
) -> None:
    before = '<div class="date">06/09/2015</div>'
    assert read(page(before=before, after=after)).published == "2015-09-06"
    both = f"{after}<p>Deadline: 9 June 2015</p>"
    assert read(page(before=before, after=both)).published == "2015-06-09"


@pytest.mark.parametrize(
    ("languages", "shown", "published"),
    [
        (("de", "de"), "06.09.2015", "2015-09-06"),
        (("de", "de"), "9. Juni 2015", "2015-06-09"),
        (("en", "en-US"), "06/09/2015", "2015-06-09"),
        (("en", "en-GB"), "06/09/2015", "2015-09-06"),
        (("en", "en"), "June 9, 2015", "2015-06-09"),
        (("en", "en"), "9 June 2015", "2015-06-09"),
        (("ru", "ru"), "9 июня 2015", "2015-06-09"),
        (("ru", "ru"), "09.06.2015 14:30", "2015-06-09"),
        (("ru", "ru"), "14.06.18", "2018-06-14"),
        (("kk", "kk"), "2024 жылғы 8 маусым", "2024-06-08"),
        (("kk", "ru"), "8 маусым 2024", "2024-06-08"),
    ],
)
def test_visible_date_is_read_in_the_language_of_the_page(
    read: Read, page: PageMaker, languages: tuple[str, str], shown: str, published: str
) -> None:
    html = page(
        lang=languages[0], html_lang=languages[1], before=f'<div class="date">{shown}</div>'
    )
    assert read(html).published == published


def test_date_line_without_any_mark(read: Read, page: PageMaker) -> None:
    draft = read(page(lang="ru", before="<p>Опубликовано 9 июня 2015 года</p>"))
    assert draft.published == "2015-06-09"
    assert draft.publication is not None
    assert draft.publication.surface in draft.byline


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2019/11/18/new-mine", "2019-11-18"),
        ("https://example.org/news/2019-11-18-new-mine", "2019-11-18"),
        ("https://example.org/20191118_mine.html", "2019-11-18"),
        ("https://example.org/2018/10/new-mine.html", "2018-10"),
        ("https://example.org/news/2019/13/45/x", None),
        ("https://example.org/agenda/2019/11/18/41/new-mine", None),
        ("https://example.org/en/events/2019-11-18-new-mine", None),
        ("https://example.org/events/news/2019/11/18/new-mine", "2019-11-18"),
        ("https://example.org/event/new-mine/2019-11-18/", None),
        ("https://example.org/id/201911181", None),
        ("https://example.org/news/2019/november/18/new-mine", "2019-11-18"),
        ("https://example.org/2019/Nov/5/", "2019-11-05"),
        ("https://example.org/2019/mine/18/", None),
        ("https://example.org/2019/feb/30/", None),
        ("https://example.org/2019/nov/18-questions", None),
        ("https://example.org/?d=2019-11-18", None),
        (None, None),
    ],
)
def test_date_in_address(url: str | None, day: str | None) -> None:
    found = in_url(url)
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("lang", "declared", "locale", "url", "expected"),
    [
        ("de", "en-US", None, "https://example.com/", True),
        ("en", "en-US", None, "https://example.co.uk/", False),
        ("en", "en-GB", None, "https://example.com/", True),
        ("en", None, "en_US", "https://example.kz/", False),
        ("en", "en", None, "https://example.kz/", True),
        ("en", None, None, "https://example.com/", False),
    ],
)
def test_order_of_day_and_month(
    lang: str, declared: str | None, locale: str | None, url: str, expected: bool
) -> None:
    assert is_day_first(lang, declared, locale, url) is expected


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("2015-06-09", "2015-06-09", None),
        ("2015-06-09T10:00", "2015-06-09", None),
        ("2015-06-09T10:00:00.123Z", "2015-06-09", datetime(2015, 6, 9, 10, tzinfo=UTC)),
        ("2015-06-09 10:00:00+0600", "2015-06-09", datetime(2015, 6, 9, 4, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", "0001-01-01", None),
    ],
)
def test_iso(text: str, day: str, instant: datetime | None) -> None:
    assert parse_iso(text) == (day, instant)


@pytest.mark.parametrize("text", ["2015-02-30", "9 June 2015", "", "2015-06-09T25:00Z"])
def test_no_iso(text: str) -> None:
    assert parse_iso(text) is None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "Anmeldung bis zum 31. Dezember 2026."),
        ("en", "Register here until 31 December 2026."),
        ("en", "Deadline: 31 December 2026"),
        ("ru", "Заявки принимаются до 31 декабря 2026 года."),
        ("de", "Abgabetermin: 31. Dezember 2026"),
        ("ru", "Крайний срок: 31 декабря 2026"),
        ("de", "Registriert: Mo 4. März 2019"),
        ("en", "Member since 4 March 2019"),
    ],
)
@pytest.mark.parametrize("tag", ["p", "em"])
def test_a_deadline_or_the_day_since_which_somebody_is_a_member_is_no_publication_date(
    read: Read, page: PageMaker, lang: str, line: str, tag: str
) -> None:
    assert read(page(lang=lang, after=f"<{tag}>{line}</{tag}>")).published is None
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY[lang])
    assert read(page(lang=lang, body=f"{text}<p>{line}</p>")).published is None


@pytest.mark.parametrize(
    ("lang", "clock", "day"),
    [
        ("de", "Heute ist Mittwoch, 4. März 2026", "7. Oktober 2025"),
        ("en", "Today: 4 March 2026", "7 October 2025"),
        ("ru", "Сегодня: 4 марта 2026", "7 октября 2025"),
    ],
)
def test_a_clock_that_says_so_is_no_publication_date(
    read: Read, lang: str, clock: str, day: str
) -> None:
    """A header of a page laid out by a table."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY[lang])
    title = "Die Mühle von Orla mahlt wieder Erz aus dem Revier"
    found = read(
        f"<html lang={lang}><title>{title}</title><table><tr><td>{clock}</td></tr><tr><td><b>"
        f"{title}</b><br><i>{day}</i><br><br>{text}</table>"
    )
    assert found.published == "2025-10-07"


@pytest.mark.parametrize("author", ["by BGS", "Posted by admin", "By Amy"])
def test_by_before_an_author_begins_no_deadline(read: Read, page: PageMaker, author: str) -> None:
    for line in (f"{author}, March 3, 2026", f"{author} 3 March 2026", f"{author} 2026-03-03"):
        assert read(page(lang="en", after=f"<div>{line}</div>")).published == "2026-03-03"
    assert read(page(lang="en", after="<div>Apply by 3 March 2026</div>")).published is None


@pytest.mark.parametrize("caption", ["The core store on 3 April 2026.", "Photo: J. Roe, 3.4.2026"])
def test_the_day_of_a_picture_is_no_publication_date(
    read: Read, page: PageMaker, caption: str
) -> None:
    figure = f"<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure>"
    assert read(page(before=figure)).published is None
    shown = f'{figure}<p class="date">5 August 2026</p>'
    assert read(page(before=shown)).published == "2026-08-05"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ru", "Опубликовано: 21 июля 2026"),
        ("de", "Text: Sabine Krüger, Stand: 21. Juli 2026"),
        ("en", "Published on 21 July 2026"),
    ],
)
def test_a_line_behind_the_text_says_when_it_was_published(
    read: Read, page: PageMaker, lang: str, line: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY[lang])
    draft = read(page(lang=lang, body=f"{text}<p>{line}</p>"))
    assert draft.publication is not None
    assert (draft.published, draft.publication.rule) == ("2026-07-21", "byline")
    assert line in draft.byline

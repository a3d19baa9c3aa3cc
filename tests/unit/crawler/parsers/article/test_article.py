"""Text, title, teaser, byline, authors and contacts of an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft
from crawler.parsers.article.title import trim_site
from tests.unit.crawler.parsers.conftest import BODY

Read = Callable[..., ArticleDraft]
PageMaker = Callable[..., str]

FIRST = (
    "The survey presented the results of its exploration in the west of the country and showed a "
    "map of them."
)

OTHER = (
    "Its archive holds twelve thousand sheets, and the youngest of them are older than the "
    "people who look after them."
)


def paragraphs(draft: ArticleDraft) -> list[str]:
    return draft.text.split("\n\n")


def test_text_is_the_paragraphs_and_nothing_else(read: Read, page: PageMaker) -> None:
    draft = read(page())
    assert len(paragraphs(draft)) == 3
    assert paragraphs(draft)[0] == FIRST


@pytest.mark.parametrize(
    "boilerplate",
    [
        (
            '<div class="share-buttons">Share this: <a href="#">Facebook</a> <a '
            'href="#">Telegram</a></div>'
        ),
        (
            '<div class="related-articles"><h3>Related</h3>'
            "<p>A smelter in the north of the country is being closed for good.</p></div>"
        ),
        (
            '<p><strong>Read also: <a href="/x">Smelter in the north is being closed for '
            "good</a></strong></p>"
        ),
        (
            "<figure><img src=a.jpg><figcaption>The map that was shown on Tuesday in the "
            "survey's hall</figcaption></figure>"
        ),
        (
            '<div class="cookie-notice"><p>We use cookies to give you the best experience on our '
            "site, says our policy.</p></div>"
        ),
        (
            '<section id="comments"><p>I have worked there for twenty years and never saw so '
            "much ore in one place.</p></section>"
        ),
        (
            '<div class="newsletter-box"><p>Sign up for our newsletter and get the news of the '
            "week in your inbox.</p></div>"
        ),
        (
            '<div style="display:none"><p>Hidden words that no reader of this page will ever see '
            "or hear of.</p></div>"
        ),
        "<script>var text = 'words of a script that are no text of the article at all';</script>",
        (
            "<aside><p>Words beside the article that belong to a box and not to the text "
            "itself.</p></aside>"
        ),
    ],
    ids=[
        "share",
        "related",
        "read-also",
        "caption",
        "consent",
        "comments",
        "newsletter",
        "hidden",
        "script",
        "aside",
    ],
)
@pytest.mark.parametrize("where", ["inside", "behind"])
def test_boilerplate_is_kept_out(read: Read, page: PageMaker, boilerplate: str, where: str) -> None:
    plain = read(page())
    text = plain.text.split("\n\n")
    pieces = [f"<p>{p}</p>" for p in text]
    at = 2 if where == "inside" else 3
    draft = read(page(body="".join([*pieces[:at], boilerplate, *pieces[at:]])))
    assert draft.text == plain.text


@pytest.mark.parametrize(
    ("before", "lang"),
    [
        ('<p class="author">By Jane Roe, 9 June 2015</p>', "en"),
        ("<p>By Jane Roe</p><p>9 June 2015</p>", "en"),
        ("<p>Von Erika Musterfrau und Max Muster</p>", "de"),
        ("<p>Автор: Иван Примеров</p><p>09.06.2015</p>", "ru"),
        ("<p>Lesezeit: 3 Minuten</p>", "de"),
        ("<p>Foto: Verband</p>", "de"),
    ],
)
def test_byline_and_date_lines_are_no_text(
    read: Read, page: PageMaker, before: str, lang: str
) -> None:
    with_byline = page(lang=lang).replace('<div class="text">', f'<div class="text">{before}')
    assert read(with_byline).text == read(page(lang=lang)).text


def test_paragraph_that_only_begins_like_boilerplate_is_text(read: Read, page: PageMaker) -> None:
    body = (
        "<p>More than 500 guests came to the opening of the new hall in the old town of the "
        "mining region.</p>"
        "<p>Share prices of the three companies rose after the announcement by the ministry "
        "on Monday.</p>"
        "<p>By the end of the year the plant will have produced its first thousand tonnes of "
        "concentrate.</p>"
    )
    assert len(paragraphs(read(page(body=body)))) == 3


def test_heading_and_list_inside_the_text_are_text(read: Read, page: PageMaker) -> None:
    body = (
        f"<p>{FIRST}</p><h2>Next steps</h2><p>Three things are to be done before winter, "
        "according to the survey's plan.</p>"
        "<ul><li>drill two holes</li><li>take samples</li></ul>"
        "<p>After that the companies decide whether to go on together.</p>"
    )
    text = read(page(body=body)).text
    assert "\n\nNext steps\n\n" in text
    assert "drill two holes\ntake samples" in text


def test_line_breaks_part_paragraphs_and_lines(read: Read, page: PageMaker) -> None:
    body = (
        f"{FIRST}<br><br>The second paragraph of this old page says what the companies want to "
        "do next.<br>Line two."
    )
    assert read(page(body=body)).text == (
        f"{FIRST}\n\nThe second paragraph of this old page says what the companies want to "
        "do next.\nLine two."
    )


def test_lines_around_the_text_in_a_cell_are_no_text(read: Read, page: PageMaker) -> None:
    title = "Survey shows new map of deposits"
    body = (
        f"<table><tr><td>09.06.2015<br><b>{title}</b><br><i>By Jane Roe</i><br>\n"
        f"{FIRST}<br><br>{OTHER}<br>"
        '<a href="/news">Back</a> | <a href="/print">Print</a></td>'
        '<td><b>Latest news</b><br><a href="/1">Annual report published</a><br>'
        '<a href="/2">New map of quarries</a></td>'
        "</tr></table>"
    )
    assert read(page(body=body)).text == f"{FIRST}\n\n{OTHER}"


def test_day_above_and_address_below_the_text_in_a_cell_are_text(
    read: Read, page: PageMaker
) -> None:
    head, end = (
        "12 May 2024, Leipzig",
        'Questions: Jane Roe<br><a href="mailto:a@b.example">roe@survey.example</a>',
    )
    body = f"<table><tr><td>{head}<br>{FIRST}<br><br>{OTHER}<br>{end}</td></tr></table>"
    assert read(page(body=body)).text == (
        f"{head}\n{FIRST}\n\n{OTHER}\nQuestions: Jane Roe\nroe@survey.example"
    )


def test_short_sentence_behind_a_lone_long_paragraph_is_text(read: Read, page: PageMaker) -> None:
    body = f"<p>{FIRST}</p><p>The results come out in March.</p>"
    assert read(page(body=body)).text == f"{FIRST}\n\nThe results come out in March."


def test_last_sentence_that_begins_with_the_word_of_a_link_is_text(
    read: Read, page: PageMaker
) -> None:
    last = "Next year's meeting will be hosted by the survey of the neighbours."
    body = f"<p>{FIRST}</p><p>{OTHER}</p><p>{last}</p>"
    assert read(page(body=body)).text == f"{FIRST}\n\n{OTHER}\n\n{last}"
    assert "Next article" not in read(page(body=body.replace(last, "Next article"))).text


@pytest.mark.parametrize(
    ("before", "teaser"),
    [
        ('<h2 class="subtitle">Map shows six new deposits</h2>', "Map shows six new deposits"),
        ("<h2>Map shows six new deposits</h2>", "Map shows six new deposits"),
        (
            '<div class="teaser"><p>Map shows six new deposits</p></div>',
            "Map shows six new deposits",
        ),
        ('<p class="lead">Map shows six<br>new deposits</p>', "Map shows six new deposits"),
        ('<p class="date">9 June 2015</p>', None),
        ("", None),
    ],
)
def test_teaser(read: Read, page: PageMaker, before: str, teaser: str | None) -> None:
    draft = read(page(before=before))
    assert draft.teaser == teaser
    assert paragraphs(draft)[0] == FIRST


def test_first_paragraph_stays_text_though_meta_description_says_the_same(
    read: Read, page: PageMaker
) -> None:
    draft = read(page(head=f'<meta name="description" content="{FIRST}">'))
    assert draft.teaser is None
    assert paragraphs(draft)[0] == FIRST


def test_description_that_the_page_does_not_show_is_no_teaser(read: Read, page: PageMaker) -> None:
    head = (
        '<meta name="description" content="All about geology, mining and the work of our agency.">'
    )
    assert read(page(head=head)).teaser is None


@pytest.mark.parametrize(
    ("window", "site", "title"),
    [
        ("Survey shows map | Example Agency", None, "Survey shows map"),
        (
            "Survey shows new map of deposits - Example Agency",
            "Example Agency",
            "Survey shows new map of deposits",
        ),
        ("Example Agency – Survey shows new map", "Example Agency", "Survey shows new map"),
        ("Survey shows map | News | Example Agency", None, "Survey shows map"),
        (
            "Ten years on – a survey of the long and winding road to Berg-Karabach",
            None,
            "Ten years on – a survey of the long and winding road to Berg-Karabach",
        ),
        ("Kupfer-Gold", None, "Kupfer-Gold"),
    ],
)
def test_site_name_is_trimmed(window: str, site: str | None, title: str) -> None:
    assert trim_site(window, site) == title


def test_heading_that_is_the_sites_name_is_not_the_title(read: Read, page: PageMaker) -> None:
    html = page(title="Survey shows new map of deposits").replace(
        "<h1>Survey shows new map of deposits</h1>", "<h2>Survey shows new map of deposits</h2>"
    )
    html = html.replace("<header>", "<header><h1>Example Agency</h1>")
    assert read(html).title == "Survey shows new map of deposits"


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        (
            "",
            '<p class="byline">By Jane Roe and John Q. Sample</p>',
            ("Jane Roe", "John Q. Sample"),
        ),
        ("", '<a rel="author" href="/a">Jane Roe</a>', ("Jane Roe",)),
        ('<meta name="author" content="Jane Roe">', "", ("Jane Roe",)),
        (
            (
                '<meta name="author" content="Example Agency">'
                '<meta property="og:site_name" content="Example Agency">'
            ),
            "",
            ("Example Agency",),
        ),
        ('<meta property="article:author" content="https://www.facebook.com/jane">', "", ()),
        ("", '<p class="byline">By the newsroom, 9 June 2015</p>', ()),
        (
            (
                '<script type="application/ld+json">{"@type": "NewsArticle", "author": '
                '[{"@type": "Person", "name": "Jane Roe"}, {"@type": "Organization", "name": '
                '"Example Press Agency"}],}</script>'
            ),
            "",
            ("Jane Roe",),
        ),
        ("", "", ()),
    ],
)
def test_authors(
    read: Read, page: PageMaker, head: str, before: str, authors: tuple[str, ...]
) -> None:
    assert read(page(head=head, before=before)).authors == authors


def test_contact_block_beside_the_article(read: Read, page: PageMaker) -> None:
    after = (
        "<aside><h3>Ansprechpartner</h3><div>Kontakt: </div>"
        "<p>Erika Musterfrau<br>Referentin<br>Tel.: 030 5550-123<br>"
        '<a href="mailto:e.musterfrau@amt.example">e.musterfrau@amt.example<span '
        'class="element-invisible"> (link sends '
        "e-mail)</span></a></p></aside>"
    )
    assert read(page(lang="de", after=after)).contact.split("\n") == [
        "Ansprechpartner",
        "Kontakt:",
        "Erika Musterfrau",
        "Referentin",
        "Tel.: 030 5550-123",
        "e.musterfrau@amt.example",
    ]


@pytest.mark.parametrize(
    "label",
    [
        "<h2>Pressekontakt</h2>",
        "<p><b>Kontakt</b></p><!-- -->",
        "<h3>Ihre Ansprechpartnerin</h3>",
        "<h3>Fachlicher Ansprechpartner:</h3>",
    ],
)
def test_contact_block_amid_the_blocks_of_the_article(
    read: Read, page: PageMaker, label: str
) -> None:
    block = (
        f"{label}<p>Erika Musterfrau<br>Referentin</p><p>Tel.: 030 5550-123</p>"
        "<h2>Mehr</h2><p>Bestellungen: 030 5550-999</p>"
    )
    html = page(lang="de").replace("</article>", f"{block}</article>")
    found = read(html).contact.split("\n")
    assert found[1:] == ["Erika Musterfrau", "Referentin", "Tel.: 030 5550-123"]


@pytest.mark.parametrize(
    "after",
    [
        '<nav><a href="/contact">Contact</a> <a href="tel:1">+49 30 5550123</a></nav>',
        (
            '<div class="contact-teaser"><h3>Contact</h3>'
            "<p>We look forward to hearing from you.</p></div>"
        ),
        "<footer><h4>Contact</h4><p>Example Street 1, Tel. +49 30 5550123</p></footer>",
    ],
)
def test_menus_footers_and_boxes_without_number_are_no_contact(
    read: Read, page: PageMaker, after: str
) -> None:
    assert not read(page(after=after)).contact


def test_canonical_is_absolute_and_image_and_robots_are_kept(read: Read, page: PageMaker) -> None:
    head = (
        '<link rel="canonical" href="../survey"><meta property="og:image" content="/map.png">'
        '<meta name="robots" content="noindex">'
    )
    draft = read(page(head=head), "https://www.example.org/news/17")
    assert draft.canonical == "https://www.example.org/survey"
    assert draft.image == "https://www.example.org/map.png"
    assert draft.robots == "noindex"


@pytest.mark.parametrize(
    "href", ["javascript:void(0)", "", "http://[broken", "mailto:x@example.org"]
)
def test_canonical_that_is_no_web_address_is_none(read: Read, page: PageMaker, href: str) -> None:
    assert read(page(head=f'<link rel="canonical" href="{href}">'), None).canonical is None


def test_short_notice_is_an_article(read: Read, page: PageMaker) -> None:
    body = "<p>The office is closed on Friday. Calls are answered again from Monday on.</p>"
    draft = read(page(body=body, before='<p class="date">9 June 2015</p>'))
    assert draft.kind == "article"
    assert "closed on Friday" in draft.text


def test_article_with_long_consent_dialog_is_an_article(read: Read, page: PageMaker) -> None:
    dialog = (
        '<div id="cmp"><p>We and our partners use cookies and process personal data. We '
        "value your privacy.</p>"
        "<button>Accept all</button><button>Reject all</button>"
        "<a href=#>Manage preferences</a></div>"
    )
    assert read(page(after=dialog)).kind == "article"


def test_article_about_missing_pages_is_an_article(read: Read, page: PageMaker) -> None:
    said = (
        "<p>Whoever asks for the old map reads Page not found, says the survey in its report of "
        "the year.</p>"
    )
    html = page(
        title="Page not found: what became of the old maps",
        body=f"<p>{FIRST}</p>{said}<p>{OTHER}</p>{said}",
    )
    assert read(html).kind == "article"


def test_links_to_files_behind_the_text_are_no_text(read: Read, page: PageMaker) -> None:
    files = "".join(
        f'<li><a href="/files/{n}.pdf">{name}</a> ({n} MB, 11.05.2026)</li>'
        for n, name in enumerate(("Map of the deposits as PDF", "Legend", "Press kit"))
    )
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY["en"])
    draft = read(page(body=f"{paragraphs}<h3>Downloads</h3><ul>{files}</ul>"))
    assert draft.text == "\n\n".join(BODY["en"])
    linked = '<p>The whole study is <a href="/files/1.pdf">here</a>, with all maps.</p>'
    assert "whole study" in read(page(body=paragraphs + linked)).text


def test_a_title_without_end_is_cut_off(read: Read) -> None:
    html = f"<html><head><title>{'Ore found ' * 50_000}</title></head><body><p>{BODY['en'][0]}</p>"
    title = read(html).title
    assert title is not None
    assert len(title) <= 400
    assert title.endswith("found")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<nav><h3>Menu of mines</h3></nav><h3>Tin in the north</h3>", "Tin in the north"),
        ("<h3><a href=/x>Another story here</a></h3><h4>Tin in the north</h4>", "Tin in the north"),
        ("<h2>Ore of the south</h2><h3>Tin in the north</h3>", "Ore of the south"),
        ("<h3>News</h3>", None),
        ("<footer><h4>About the survey</h4></footer>", None),
    ],
)
def test_a_page_without_titles_is_called_by_a_lower_heading(
    read: Read, body: str, title: str | None
) -> None:
    draft = read(f"<html><body><main>{body}<p>{FIRST}</p><p>{OTHER}</p></main></body></html>")
    assert draft.title == title


def test_lines_behind_the_text_all_of_which_are_links_are_none_of_it(
    read: Read, page: PageMaker
) -> None:
    names = ("Krom ore is exported by rail", "A mine of boron is opened again", "Less marble sold")
    links = "<br>".join(
        f"» <a href=/n?id={n}>{name} for the first time in this year</a>"
        for n, name in enumerate(names)
    )
    told = "<br><br>".join(BODY["en"])
    html = page(body=f"{told}<br><br><font size=1>Read: 1593</font><br><br>{links}")
    assert "Krom" not in read(html).text

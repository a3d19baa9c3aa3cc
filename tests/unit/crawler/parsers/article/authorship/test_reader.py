"""Authors by markup, byline and elements that hold them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from crawler.parsers.article.draft import ArticleDraft
from tests.unit.crawler.parsers.conftest import BODY, PageMaker

Read = Callable[..., ArticleDraft]


def ld(author: object, **more: object) -> str:
    node = {"@type": "NewsArticle", "author": author, **more}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


PERSON = {"@type": "Person", "name": "Jane Roe"}


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (ld(PERSON), ("Jane Roe",)),
        (ld("Jane"), ("Jane",)),
        (ld([PERSON, {"name": "John Sample"}]), ("Jane Roe", "John Sample")),
        (ld({"@type": "Person", "name": "dpa"}), ("dpa",)),
        (ld({"@type": "Organization", "name": "Ore & Slag"}), ("Ore & Slag",)),
        (
            (
                '<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": '
                '{"@id": "#jane"}}, {"@type": "Person", "@id": "#jane", "name": "Jane Roe"}]}'
                "</script>"
            ),
            ("Jane Roe",),
        ),
        (
            (
                '<meta name="twitter:label1" content="Written by">'
                '<meta name="twitter:data1" content="Jane Roe">'
            ),
            ("Jane Roe",),
        ),
        (
            (
                '<meta name="twitter:label1" content="Est. reading time">'
                '<meta name="twitter:data1" content="Five Minutes">'
            ),
            (),
        ),
        ('<meta name="author" content="admin">', ()),
        (
            (
                '<meta name="generator" content="Orepress 4.2">'
                '<meta name="author" content="Orepress Systems">'
            ),
            (),
        ),
        (
            (
                '<meta name="generator" content="Orepress 4.2">'
                '<meta name="author" content="Jane Roe">'
            ),
            ("Jane Roe",),
        ),
        (
            (
                '<meta name="generator" content="Hugo 0.111.3">'
                '<meta name="author" content="Hugo Muster">'
            ),
            ("Hugo Muster",),
        ),
    ],
)
def test_markup(read: Read, page: PageMaker, head: str, authors: tuple[str, ...]) -> None:
    assert read(page(head=head)).authors == authors


@pytest.mark.parametrize(
    ("before", "authors"),
    [
        ("<p>By <span>Jane Roe</span> <span>Senior Ore Editor</span></p>", ("Jane Roe",)),
        ("<div><span>Written by</span> <span>Jane</span></div>", ("Jane",)),
        (
            "<p>By <a>Jane Roe</a>, <a>John Sample</a> and <a>Ann Case</a></p>",
            ("Jane Roe", "John Sample", "Ann Case"),
        ),
        ("<p>9 June 2015 by Jane Roe in Ores</p>", ("Jane Roe",)),
        ("<p>By Jane Roe</p><p>Reviewed by John Sample</p>", ("Jane Roe",)),
        ("<p>Reviewed by John Sample</p>", ()),
        ('<p><a href="/authors/jane-roe">Jane Roe</a> 9 June 2015</p>', ("Jane Roe",)),
        ('<p><a href="/authors.php?id=3">Quorz Roe</a></p>', ("Quorz Roe",)),
        ('<p><a href="spip.php?auteur4">Quorz Roe</a></p>', ("Quorz Roe",)),
        ('<ul><li><a href="/library/?_author=Q%20Roe">Quorz Roe</a></li></ul>', ("Quorz Roe",)),
        ('<p><a href="https://video.example/@ore">Ore Films</a></p>', ()),
        ('<div class="postAuthorName">Jane</div>', ("Jane",)),
        (
            '<div class="post-author"><b>Jane Roe</b><i>Chief Editor</i><i>Ore Press</i></div>',
            ("Jane Roe",),
        ),
        ("<p><span>Jane Roe</span> <time>9 June 2015</time></p>", ("Jane Roe",)),
        ("<p><span>Travel Tips</span> <time>9 June 2015</time></p>", ()),
        ("<p>Photo: <b>Jane Roe</b></p>", ()),
        ("<p>Photo by <b>Jane Roe</b></p>", ()),
        ("<div><img src=a.jpg><br>Foto: <i>Jane Roe</i></div>", ()),
        ("<p>By <b>Jane Roe</b>, photos: <b>John Sample</b></p>", ("Jane Roe",)),
        ("<div>Photo: Ore Press</div><p>Jane Roe</p><p>9 June 2015</p>", ("Jane Roe",)),
        ('<div class="related"><a rel="author" href="/a">Jane Roe</a></div>', ()),
        (
            "<dl><dt>Author</dt><dd class=a>Jane Roe</dd><dd class=a>John Sample</dd></dl>",
            ("Jane Roe", "John Sample"),
        ),
        ("<p>Zveřejnil <span class=username>Jane Roe</span></p>", ("Jane Roe",)),
        ("<p>John Hale, who led the mine from 1985 to 2003, died on 3 January 2026.</p>", ()),
    ],
)
def test_shown_above_the_text(
    read: Read, page: PageMaker, before: str, authors: tuple[str, ...]
) -> None:
    assert read(page(before=before)).authors == authors


@pytest.mark.parametrize(
    ("after", "authors"),
    [
        ('<div class="author-box"><h4>Jane Roe</h4><p>Writes on ores.</p></div>', ("Jane Roe",)),
        ("<p>Posted by Jane Roe</p>", ("Jane Roe",)),
        ("<div>Verfasser/in: Ida Muster</div>", ("Ida Muster",)),
        ("<p>Seen by Jane Roe and by many others on a day in June</p>", ()),
        ("<p><em>Jane Roe</em></p>", ("Jane Roe",)),
        ("<p>Photo: <em>Jane Roe</em></p>", ()),
        ("<p>Text und Foto: <em>Jane Roe</em></p>", ("Jane Roe",)),
        ('<p>Posted by <a href="/author/jane">Jane Roe</a></p>', ("Jane Roe",)),
        ('<div class="comments"><b class="author">Jane Roe</b></div>', ()),
        ('<div class="author-box"><a href="/all">View all posts</a></div>', ()),
        ('<h3>Members online</h3><ul><li class="username">Jane Roe</li></ul>', ()),
        ('<h3>Opinions</h3><b class="user-name">Jane Roe</b><p>My well has run dry.</p>', ()),
    ],
)
def test_shown_behind_the_text(
    read: Read, page: PageMaker, after: str, authors: tuple[str, ...]
) -> None:
    assert read(page(after=after)).authors == authors


def test_a_byline_wins_over_an_account(read: Read, page: PageMaker) -> None:
    html = page(head=ld("oredesk"), before="<p>By Jane Roe</p>")
    assert read(html).authors == ("Jane Roe",)


@pytest.mark.parametrize(
    ("row", "authors"),
    [
        ("{}, {}", ("Jane Roe", "John Sample")),
        ("{} and {}", ("Jane Roe", "John Sample")),
        ("{} reviewed by {}", ("Jane Roe",)),
        ("{}, photos: {}", ("Jane Roe",)),
    ],
)
def test_who_wrote_with_the_stated_author_stands_in_one_row(
    read: Read, page: PageMaker, row: str, authors: tuple[str, ...]
) -> None:
    links = (
        f'<a href="/author/{name.split()[0]}/">{name}</a>' for name in ("Jane Roe", "John Sample")
    )
    html = page(head=ld(PERSON), before=f"<h4>{row.format(*links)}</h4><p>9 June 2015</p>")
    assert read(html).authors == authors


def test_who_stands_beside_an_author_in_a_class_that_a_program_made(
    read: Read, page: PageMaker
) -> None:
    names = ("Jane Roe", "John Sample")
    row = "".join(f'<div class="Authors_item__b2"><b>{name}</b></div>' for name in names)
    html = page(before=f'<div class="Authors_row__a1">{row}</div><p>9 June 2015</p>')
    assert read(html).authors == names


def test_a_stated_author_wins_over_a_byline_without_persons(read: Read, page: PageMaker) -> None:
    html = page(head=ld(PERSON), before="<p>By Newsroom</p>")
    assert read(html).authors == ("Jane Roe",)


def test_persons_are_preferred_to_the_site(read: Read, page: PageMaker) -> None:
    head = (
        '<meta name="author" content="Example Agency">'
        '<meta property="og:site_name" content="Example Agency">'
    )
    after = '<div class="author-box">Jane Roe</div>'
    assert read(page(head=head, after=after)).authors == ("Jane Roe",)
    assert read(page(head=head)).authors == ("Example Agency",)


@pytest.mark.parametrize(
    ("behind", "authors"),
    [
        ("<p>Veröffentlicht am 3. März 2026</p>", ("Sabine Krüger",)),
        ("<p>Veröffentlicht am 3. März 2026</p><p>Stand: 4. März 2026</p>", ("Sabine Krüger",)),
        ("<p>Veröffentlicht am 3. März 2026 | Aufrufe: 1.312</p>", ("Sabine Krüger",)),
        ("<p>Bewerbungen sind noch möglich.</p>", ()),
    ],
)
def test_who_wrote_a_text_stands_before_the_day_that_ends_it(
    read: Read, page: PageMaker, behind: str, authors: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["de"] * 2)
    assert read(page(lang="de", body=f"{text}<p>Sabine Krüger</p>{behind}")).authors == authors


@pytest.mark.parametrize("part", ["<p>{}</p>", "{}"])
def test_a_line_amid_a_text_parted_by_breaks_signs_nothing(read: Read, part: str) -> None:
    first, second, *others = BODY["de"]
    lines = [second, "Sabine Krüger, Geschäftsführerin", *others, "Der Eintritt ist frei."]
    text = f"<p>{first}</p>" + part.format("<br><br>".join(lines))
    html = (
        f'<html lang="de"><body><div class="news"><h1>Erze im Revier</h1>{text}</div></body></html>'
    )
    assert read(html).authors == ()


def test_a_text_parted_by_breaks_is_signed_in_its_last_line(read: Read) -> None:
    first, *others = BODY["de"]
    text = f"<p>{first}</p>" + "<br><br>".join(others)
    html = (
        f'<html lang="de"><body><div class="news"><h1>Erze im Revier</h1>{text}<br><br>'
        "<i>Text: Sabine Krüger. Foto: Verband</i></div></body></html>"
    )
    assert read(html).authors == ("Sabine Krüger",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        (
            "<em>Das Interview führten Sabine Krüger und Max Horn.</em>",
            ("Sabine Krüger", "Max Horn"),
        ),
        ("Die Fragen stellte Sabine Krüger.", ("Sabine Krüger",)),
        ("Text: Sabine Krüger, Stand: 12. Mai 2026", ("Sabine Krüger",)),
        ("Von Anfang an war Sabine Krüger dabei.", ()),
        ("Von Sabine Krüger stammt auch das Buch über die Geschichte des Reviers.", ()),
    ],
)
def test_the_last_line_of_the_text_says_who_wrote_it(
    read: Read, page: PageMaker, line: str, authors: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["de"])
    assert read(page(lang="de", body=f"{text}<p>{line}</p>")).authors == authors


@pytest.mark.parametrize(
    ("box", "authors"),
    [
        ("<h3>Author</h3><p>Jane Roe</p>", ("Jane Roe",)),
        ("<dl><dt>Autorin:</dt><dd>Anna Schmidt</dd></dl>", ("Anna Schmidt",)),
        ("<h3>Author</h3><p>Ore and slag of the north</p>", ()),
        ("<h3>Authority</h3><p>Jane Roe</p>", ()),
        ("<p><b>By</b> <span>Jane Roe</span></p>", ()),
        ("<h3>Author</h3><ul><li>Guidelines</li></ul><p>Jane Roe</p>", ()),
    ],
)
def test_an_author_may_stand_below_the_word_in_a_box(
    read: Read, page: PageMaker, box: str, authors: tuple[str, ...]
) -> None:
    assert read(page(after=f"<aside>{box}</aside>")).authors == authors


def test_a_site_called_by_a_person_is_theirs_if_it_does_not_speak_of_them(
    read: Read, page: PageMaker
) -> None:
    head = '<meta property="og:site_name" content="Georg Fischer">'
    text = "".join(f"<p>{p}</p>" for p in BODY["en"])
    firm = page(head=head, body=f"{text}<p>Georg Fischer casts pumps for mines in Kentau.</p>")
    assert read(firm).authors == ()
    assert read(page(head=head)).authors == ("Georg Fischer",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Pressestelle des Verbands", ("Pressestelle des Verbands",)),
        ("Пресс-служба АО «Майкаингеология»", ("Пресс-служба АО «Майкаингеология»",)),
        ("Орталықтың баспасөз қызметі", ("Орталықтың баспасөз қызметі",)),
        ("Survey Press Office", ("Survey Press Office",)),
        ("<a href='/press'>Survey Press Office</a>", ()),
        ("Press office: 0351 555018", ()),
        ("The press office answers questions.", ()),
        ("К. Омаров, маркшейдер", ("К. Омаров",)),
        ("John Barrow, hydrogeologist", ("John Barrow",)),
        ("John Barrow,</p><p>chief engineer of the mine", ("John Barrow",)),
    ],
)
def test_who_signs_may_be_an_office_or_a_person_with_a_post(
    read: Read, page: PageMaker, line: str, authors: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["en"])
    assert read(page(body=f"{text}<p align='right'><i>{line}</i></p>")).authors == authors


@pytest.mark.parametrize(
    "box",
    [
        "<div><h4>Press office</h4><ul><li><a href='/1'>Shafts close</a></li></ul></div>",
        "<p>Contact for media:</p><p>Survey Press Office</p>",
        "<p>Press office<br>Tel. 0351 555018</p>",
    ],
)
def test_an_office_above_its_box_signs_nothing(read: Read, page: PageMaker, box: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["en"])
    assert read(page(body=f"{text}{box}")).authors == ()


def test_a_newsroom_called_as_its_site_is_the_author_where_an_element_says_so(
    read: Read, page: PageMaker
) -> None:
    head = '<meta property="og:site_name" content="Pit &amp; Portal">'
    before = '<h4><a href="/author/desk/">Pit &amp; Portal Newsdesk</a></h4>'
    assert read(page(head=head, before=before)).authors == ("Pit & Portal Newsdesk",)


def test_who_signs_stands_before_columns_that_are_no_text(read: Read) -> None:
    first, *others = BODY["en"]
    text = "<br><br>".join([first, *others])
    html = (
        f'<html lang="en"><body><table><tr><td><b>Copper in the hills</b><hr><div>{text}</div>'
        '<p align="right"><i>P. Nangombe, mine surveyor</i></p><p><b>More news:</b><br>25.02.26 '
        '<a href="news.php?id=160">Floods: the network of wells is ready</a></p></td></tr></table>'
        "</body></html>"
    )
    assert read(html).authors == ("P. Nangombe",)

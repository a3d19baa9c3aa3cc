"""Where trafilatura alone would lose the text, or part of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest

from crawler.parsers.article import ArticleDraft, body
from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.boilerplate import find_boilerplate
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words
from tests.unit.crawler.parsers.article.test_swallowed import ARTICLE, PARAGRAPHS

Read = Callable[..., ArticleDraft]


@pytest.mark.parametrize("hyphen", ["\u00ad", "&shy;", "&#173;", "&#xAD;"])
def test_soft_hyphens_part_no_words(read: Read, hyphen: str) -> None:
    parted = ARTICLE.replace("lithium", f"li{hyphen}thi{hyphen}um")
    assert read(f"<html><body>{parted}</body></html>").text.split("\n\n") == list(PARAGRAPHS)


def test_what_a_program_says_in_its_comments_is_no_box() -> None:
    listing = '<pre><code>drill(3)\n<span class="hljs-comment"># the third hole</span></code></pre>'
    assert not find_boilerplate(HtmlDocument(f"<html><body>{listing}</body></html>").tree)


@pytest.mark.parametrize("name", ["kommentare", "artikel-kommentarliste", "yorumlar", "werbung"])
def test_boxes_may_be_named_in_the_language_of_their_makers(name: str) -> None:
    shown = f'<div id="{name}"><p>Schönes Stück!</p></div>'
    assert find_boilerplate(HtmlDocument(f"<html><body>{ARTICLE}{shown}</body></html>").tree)


def test_a_stub_of_the_fast_mode_is_read_in_full(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever makes the fast mode stop early, the full mode is asked and the longer text kept."""
    asked: list[bool] = []
    extracted: Any = body.bare_extraction  # type: ignore[attr-defined]

    def stopping_early(tree: object, *, options: Any) -> Any:
        asked.append(options.fast)
        document = extracted(tree, options=options)
        if options.fast:
            document.text = document.text.split("\n")[0]
        return document

    monkeypatch.setattr(body, "bare_extraction", stopping_early)
    longer = "".join(
        f"<p>{' '.join(f'Layer{n}of{depth}' for depth in range(20))}.</p>" for n in range(15)
    )
    text = read(f"<html><body><article>{longer}</article></body></html>").text
    assert asked == [True, False]
    assert text.count("\n\n") == 14


LIST = "<ul><li>Tours through the old gallery</li><li>Fewer lorries on the road</li></ul>"
TABLE = (
    "<table><tbody><tr><td>North</td><td>355 t</td></tr><tr><td>South</td><td>672 t</td></tr>"
    "</tbody></table>"
)


@pytest.mark.parametrize(
    "items", [LIST, TABLE, f"<div>{LIST}</div>", f"<div><div>{TABLE}</div></div>"]
)
def test_items_of_a_list_among_paragraphs_are_text(items: str) -> None:
    blocks, voted = blocks_around(items)
    assert body.ruled(blocks, voted) == [True] * 4


@pytest.mark.parametrize(
    "items",
    [
        LIST.replace("<li>", '<li><a href="/x">').replace("</li>", "</a></li>"),
        f"<div>{LIST}<i>!</i></div>",
    ],
    ids=["of links", "in a box of its own"],
)
def test_items_of_other_lists_are_none(items: str) -> None:
    blocks, voted = blocks_around(items)
    assert [
        yes
        for yes, block in zip(body.ruled(blocks, voted), blocks, strict=True)
        if block.tag == "li"
    ] == [False] * 2


def blocks_around(items: str) -> tuple[list[TextBlock], list[bool]]:
    """Blocks of an article with a list in its middle, and votes for its paragraphs alone."""
    first, last = (f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    tree = HtmlDocument(f"<html><body><article>{first}{items}{last}</article></body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    return blocks, [block.tag == "p" for block in blocks]


FIGURE = "<figure>{}<figcaption>Vera Stein</figcaption></figure>"
SAID = "Nobody closes a shaft that still carries water to the town."


@pytest.mark.parametrize(
    ("between", "taken"),
    [
        (FIGURE.format(f"<blockquote>{SAID}</blockquote>"), True),
        (FIGURE.format(f"<blockquote><p>{SAID}</p></blockquote>"), True),
        (FIGURE.format(f"<blockquote><img src='a.png'>{SAID}</blockquote>"), False),
        (FIGURE.format(f"<blockquote class='twitter-tweet'>{SAID}</blockquote>"), False),
        (FIGURE.format(f"<blockquote><a href='/a'>{SAID}</a></blockquote>"), False),
    ],
    ids=["quotation", "paragraph of one", "picture", "post", "link"],
)
def test_a_quotation_in_a_figure_of_its_own_is_text(
    monkeypatch: pytest.MonkeyPatch, between: str, taken: bool
) -> None:
    first, last = (f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    ends = [first, last]
    monkeypatch.setattr(
        body, "revise", lambda blocks, *_: [f"<p>{block.text}</p>" in ends for block in blocks]
    )
    tree = HtmlDocument(f"<html><body><article>{first}{between}{last}</article></body></html>").tree
    found = body.read_body(tree)
    texts = [found.blocks[i].text for i in found.chosen]
    assert texts == [PARAGRAPHS[0], *[SAID] * taken, PARAGRAPHS[1]]


def test_of_thousands_of_quotations_the_first_are_compared_with_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "_MOST_QUOTED", 2)
    figures = "".join(FIGURE.format(f"<blockquote>{n} {SAID}</blockquote>") for n in range(3))
    story = f"<p>{PARAGRAPHS[0]}</p>{figures}<p>{PARAGRAPHS[1]}</p>"
    blocks = read_blocks(HtmlDocument(f"<body>{story}</body>").tree, lambda _: False)
    chosen = body._with_quotations(blocks, [block.text in PARAGRAPHS for block in blocks])
    taken = [b.text for b, yes in zip(blocks, chosen, strict=True) if yes]
    assert taken == [PARAGRAPHS[0], f"0 {SAID}", f"1 {SAID}", PARAGRAPHS[1]]


def test_what_a_figure_quotes_from_the_article_is_told_once(read: Read) -> None:
    first, last = (f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    said = PARAGRAPHS[1].partition(".")[0]
    quoted = FIGURE.format(f"<blockquote>{said}</blockquote>")
    text = read(f"<html><body><article>{first}{quoted}{last}</article></body></html>").text
    assert text.split("\n\n") == list(PARAGRAPHS[:2])


def blocks_behind(items: str) -> tuple[list[TextBlock], list[bool]]:
    """Blocks of an article with a list at its end, and votes for its paragraphs alone."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    tree = HtmlDocument(f"<html><body><div>{paragraphs}{items}</div></body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    return blocks, [block.tag == "p" for block in blocks]


@pytest.mark.parametrize(
    ("items", "taken"),
    [
        ("<dl><dt>Place</dt><dd>Core store</dd><dt>Time</dt><dd>10 am</dd></dl>", True),
        (TABLE, True),
        ("<dl><dt>Topic</dt><dd><a href='/lithium'>Lithium</a></dd></dl>", False),
        ("<ul>" + "<li>Member</li>" * 30 + "</ul>", False),
        (f"<h2>Archive</h2>{LIST}", False),
    ],
    ids=["terms", "table", "links", "long", "headed"],
)
def test_a_list_right_behind_the_last_paragraph_is_text(items: str, taken: bool) -> None:
    blocks, voted = blocks_behind(items)
    chosen = body.ruled(blocks, voted)
    assert chosen[:3] == [True] * 3
    assert set(chosen[3:]) == {taken}


def test_a_list_behind_the_text_in_a_cell_of_a_layout_is_text() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    layout = f"<table><tr><td>Menu</td><td>{paragraphs}{LIST}</td></tr></table>"
    tree = HtmlDocument(f"<html><body>{layout}</body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    chosen = body.ruled(blocks, [block.tag == "p" for block in blocks])
    assert [b.text for b, yes in zip(blocks, chosen, strict=True) if yes and b.tag == "li"] == [
        "Tours through the old gallery",
        "Fewer lorries on the road",
    ]


OTHER_NEWS = "".join(
    f'<tr><td>{day}.05.2026 | 10:45</td><td><a href="/news/{day}">{title}</a></td></tr>'
    for day, title in ((12, "Slag plant opens"), (11, "Core store moves"), (8, "Maps of zinc"))
)


ONE = OTHER_NEWS[: OTHER_NEWS.index("</tr>") + 5]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (OTHER_NEWS, 0),
        (ONE.replace("plant", "plant for vanadium"), 0),
        (ONE.replace("Slag plant opens", "Map"), 1),
        (OTHER_NEWS.replace("<a ", "<b ").replace("</a>", "</b>"), 3),
        (re.sub(r"\d+\.05\.2026 \| 10:45", "Hall", OTHER_NEWS), 3),
    ],
    ids=["links of known days", "one", "a day with a link", "days", "links"],
)
def test_links_to_other_news_below_a_text_are_none_of_it(rows: str, kept: int) -> None:
    blocks, _ = blocks_behind(f"<table>{rows}</table>")
    everything = body.Body(tuple(blocks), tuple(range(len(blocks))))
    chosen = body.complete_lists(everything, frozenset()).chosen
    assert chosen == tuple(range(3 + kept))


def test_links_with_days_amid_a_text_are_its_own() -> None:
    told = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = f"<html><body><div>{told}<table>{OTHER_NEWS}</table>{told}</div></body></html>"
    blocks = read_blocks(HtmlDocument(html).tree, lambda element: False)
    everything = body.Body(tuple(blocks), tuple(range(len(blocks))))
    assert body.complete_lists(everything, frozenset()) == everything


def test_a_table_of_data_in_a_table_that_lays_out_the_page_is_text() -> None:
    """`complete_lists` is told which elements hold data."""
    rows = "<tr><td>Date:</td><td>3 May 2031</td></tr><tr><td>Venue:</td><td>Oslo</td></tr>"
    told = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    inner = f"<table>{rows}</table>{told}"
    tree = HtmlDocument(f"<body><table><tr><td>Menu</td><td>{inner}</td></tr></table></body>").tree
    blocks = read_blocks(tree, lambda element: False)
    data = frozenset(block.element for block in blocks if block.text.startswith(("Date", "Venue")))
    paragraphs = tuple(i for i, block in enumerate(blocks) if block.tag == "p")
    chosen = body.complete_lists(body.Body(tuple(blocks), paragraphs), data).chosen
    assert len(data) == 2
    assert chosen == (paragraphs[0] - 2, paragraphs[0] - 1, *paragraphs)


def test_entries_of_a_list_are_its_text() -> None:
    tree = HtmlDocument(f"<html><body><table>{OTHER_NEWS}</table><p>Press</p></body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    everything = body.Body(tuple(blocks), tuple(range(len(blocks))))
    assert body.complete_lists(everything, frozenset()) == everything


@pytest.mark.parametrize(
    ("between", "behind", "taken"),
    [
        ("<ul><li>Wells</li><li>Pits</li></ul>", "<p>Homes are exempt.</p>", True),
        ("<p>For whom?</p><ul><li>Wells</li><li>Pits</li></ul>", "Homes are exempt.", True),
        ("<ul><li>Wells</li><li><a href='/pits'>Pits</a></li></ul>", "<p>None.</p>", False),
        ("<div><ul><li>Wells</li><li>Pits</li></ul></div>", "<p>Homes are exempt.</p>", False),
        ("<p>A</p><p>B</p><ul><li>Wells</li></ul>", "<p>Homes are exempt.</p>", False),
    ],
    ids=["list", "with a label", "linked", "in a box", "far from the text"],
)
def test_a_list_between_paragraphs_of_the_text_is_text(
    between: str, behind: str, taken: bool
) -> None:
    html = f"<body><table><tr><td><p>{'Each well has a meter. ' * 5}</p>{between}{behind}</td></tr>"
    blocks = read_blocks(HtmlDocument(html).tree, lambda element: False)
    ends = body.Body(tuple(blocks), (0, len(blocks) - 1))
    chosen = body.complete_lists(ends, frozenset()).chosen
    assert chosen == (tuple(range(len(blocks))) if taken else ends.chosen)


def test_a_table_right_behind_a_list_of_the_text_is_text() -> None:
    rows = "<tr><td>Karasu</td></tr><tr><td>Altyn</td></tr>"
    html = (
        f"<body><div><p>{'Each well has a meter. ' * 5}</p><ul><li>Fewer trucks</li></ul>"
        f"<table>{rows}</table><p>Homes are exempt.</p></div>"
    )
    blocks = read_blocks(HtmlDocument(html).tree, lambda element: False)
    assert [block.tag for block in blocks] == ["p", "li", "tr", "tr", "p"]
    chosen = body.complete_lists(body.Body(tuple(blocks), (0, 1, 4)), frozenset()).chosen
    assert chosen == (0, 1, 2, 3, 4)


def test_a_last_short_paragraph_in_boxes_of_its_own_is_text() -> None:
    """Page builders put each paragraph into a section."""
    box = '<section class="s"><div class="t"><p>{}</p></div></section>'
    last = box.format("Our thoughts are with the family.")
    card = '<section class="s"><div class="c"><p>Zinc mine opens</p></div></section>'
    boxes = "".join(map(box.format, PARAGRAPHS)) + last + card
    tree = HtmlDocument(f"<html><body>{boxes}</body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    voted = [len(block.words) > 10 for block in blocks]
    assert body.ruled(blocks, voted) == [True, True, True, True, False]


def test_a_last_short_line_of_an_element_parted_by_breaks_is_text() -> None:
    text = "<br><br>".join((*PARAGRAPHS, "Certificates were handed out."))
    around = "<div>Back to all news</div>"
    tree = HtmlDocument(f"<html><body><div>{text}</div>{around}</body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    voted = [len(block.words) > 10 for block in blocks]
    assert voted == [True, True, True, False, False]
    assert body.ruled(blocks, voted) == [True, True, True, True, False]


@pytest.mark.parametrize("tag", ["p", "div"])
@pytest.mark.parametrize(
    ("last", "taken"),
    [
        ("The link is sent to those who register.", True),
        ("The guards answer at 555 01 12.", True),
        ("Back to the calendar", False),
        ('<a href="/dates">See all dates.</a>', False),
    ],
)
def test_a_last_sentence_behind_a_list_is_text(tag: str, last: str, taken: bool) -> None:
    paragraphs = "".join(f"<{tag}>{text}</{tag}>" for text in PARAGRAPHS)
    text = f"{paragraphs}{LIST}<{tag}>{last}</{tag}>"
    html = f"<html><body><div>{text}</div><div>Read 952 times.</div></body></html>"
    blocks = read_blocks(HtmlDocument(html).tree, lambda element: False)
    chosen = body.ruled(blocks, [True] * 5 + [False] * 2)
    assert chosen == [*[True] * 5, taken, False]
    completed = body.complete_lists(body.Body(tuple(blocks), tuple(range(5))), frozenset())
    assert completed.chosen == tuple(range(5 + taken))


@pytest.mark.parametrize(
    ("made", "taken"), [("class=txt", True), ("", False), ("class=foot", False)]
)
def test_a_last_sentence_in_an_element_of_the_same_class_is_text(made: str, taken: bool) -> None:
    name = "class=txt" if made else ""
    long = "".join(f"<div {name}>{text}</div><br>" for text in PARAGRAPHS)
    last = f"<div {made}>The guide is free at the chamber.</div>"
    blocks = read_blocks(HtmlDocument(f"<body>{long}{last}</body>").tree, lambda _: False)
    chosen = body.ruled(blocks, [True] * len(PARAGRAPHS) + [False])
    assert chosen == [True] * len(PARAGRAPHS) + [taken]


@pytest.mark.parametrize(
    ("lead", "taken"),
    [
        ("Crew 3 has searched the south.", True),
        ("Crew 3 has searched all of the south of the ridge above the old salt works.", True),
        ("Published are the figures of the year 2030.", True),
        ("Published on 3 March 2031.", False),
        ("Updated 5 May at 10:30 a.m.", False),
        ("Crew 3 in the south", False),
        ('<a href="/c">All news of crew 3.</a>', False),
    ],
)
def test_a_sentence_in_a_box_of_its_own_before_that_of_the_text_is_text(
    read: Read, lead: str, taken: bool
) -> None:
    """Joomla with K2 parts the introduction of an article from the rest."""
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    parts = f"<div class=itemIntroText><p>{lead}</p></div><div class=itemFullText>{rest}</div>"
    item = f"<div class=item><h1>Salt found</h1><div class=itemBody>{parts}</div></div>"
    text = read(f"<title>Salt found</title>{item}").text
    assert text.split("\n\n") == [*([lead] if taken else []), *PARAGRAPHS]


def test_title_day_and_counter_of_one_block_are_no_text(read: Read) -> None:
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    head = "<font size=4><b>Salt found</b></font><br><font size=1>Mar 11 Views: 636</font>"
    html = f"<title>Salt found</title><table><tr><td>{head}{rest}</td></tr></table>"
    assert read(html).text.split("\n\n") == list(PARAGRAPHS)


def test_tabs_that_are_not_chosen_are_text() -> None:
    hidden = "".join(
        f'<div role="{role}" hidden><p>{text}</p></div>'
        for role, text in (("tabpanel", PARAGRAPHS[1]), ("note", PARAGRAPHS[2]))
    )
    tree = HtmlDocument(f"<html><body><p>{PARAGRAPHS[0]}</p>{hidden}</body></html>").tree
    blocks = body.read_candidates(tree)
    assert [block.text for block in blocks] == list(PARAGRAPHS[:2])


def test_a_term_and_what_it_means_are_lines_of_one_paragraph() -> None:
    blocks, _ = blocks_behind(
        "<dl><dt>Place</dt><dd>Core store</dd><dt>Time</dt><dd>10 am</dd></dl>"
    )
    assert body.join(blocks).endswith("\n\nPlace\nCore store\nTime\n10 am")


def test_a_short_post_among_longer_ones_is_text() -> None:
    posts = [*PARAGRAPHS, "Not on Thursdays.", f"{PARAGRAPHS[0]} Again."]
    boxes = "".join(f'<div><i>Jo</i><div class="post">{text}</div></div>' for text in posts)
    tree = HtmlDocument(f"<html><body>{boxes}</body></html>").tree
    blocks = read_blocks(tree, lambda element: False)
    chosen = body.ruled(blocks, [len(block.words) > 10 for block in blocks])
    assert [block.text for block, yes in zip(blocks, chosen, strict=True) if yes] == posts


def test_rows_of_dates_above_the_text_are_no_date_lines_of_it(read: Read) -> None:
    opening = "The old core store is open to everybody on these days of the year:"
    days = ("3 September 2026", "17 September 2026", "12 November 2026")
    rows = "".join(f"<tr><td>{day}</td><td>Core store</td></tr>" for day in days)
    text = read(
        f"<html><body><article><h1>Open days</h1><p>5 August 2026</p><p>{opening}</p>"
        f"<table>{rows}</table><p>{PARAGRAPHS[2]}</p></article></body></html>"
    ).text
    assert text == "\n\n".join(
        [opening, "\n".join(f"{day} | Core store" for day in days), PARAGRAPHS[2]]
    )


ITEMS = (
    "<ul><li>Katowice: <a href='/k'>Huta</a> raises its output by a tenth within the year</li>"
    "<li>Hamburg: the second furnace is rebuilt</li><li>Sofia: waits</li><li>Bor: two shifts</li>"
    "</ul>"
)


@pytest.mark.parametrize(
    ("numbers", "taken"), [((0,), False), ((0, 1), True), ((1, 2, 3), False), ((3,), False)]
)
def test_items_of_a_list_are_text_together(numbers: tuple[int, ...], taken: bool) -> None:
    blocks, _voted = blocks_behind(ITEMS)
    chosen = [*range(3), *(3 + n for n in numbers)]
    completed = body.complete_lists(body.Body(tuple(blocks), tuple(chosen)), frozenset())
    assert completed.chosen == tuple(range(7 if taken else 3))


def test_short_items_at_the_end_are_no_repeats() -> None:
    blocks, _ = blocks_behind(ITEMS)
    assert body.ruled(blocks, [True] * 7) == [True] * 7


def test_links_at_the_end_are_repeats_though_days_stand_beside_them() -> None:
    links = "".join(
        f"<li><a href='/{n}'>{town} raises its output</a> {n} May 2026</li>"
        for n, town in enumerate(("Bor", "Huta", "Sofia"), 1)
    )
    blocks, _ = blocks_behind(f"<ul>{links}</ul>")
    assert body.ruled(blocks, [True] * 6) == [True] * 3 + [False] * 3


@pytest.mark.parametrize("days", [0, 1, 2])
def test_title_and_byline_above_the_text_go_also_below_announced_days(days: int) -> None:
    """Old pages part them from the text by one line break."""
    told = "".join(f"<p>{4 + n} May 2031, Grünbach</p>" for n in range(days))
    first = f"Tin forum<br>By Anna Berg<br>{PARAGRAPHS[0]}"
    tree = HtmlDocument(f"<html><body><div>{told}<p>{first}</p><p>{PARAGRAPHS[1]}</p></div>").tree
    blocks = read_blocks(tree, lambda _: False)
    frame = body.Frame(["Tin forum"], None, frozenset(b.element for b in blocks[:days]))
    lines = BoilerplateLines(packaged_words())
    trimmed = body.trim(body.Body(tuple(blocks), tuple(range(len(blocks)))), lines, frame)
    assert [b.text for b in trimmed[:days]] == [f"{4 + n} May 2031, Grünbach" for n in range(days)]
    assert [b.text for b in trimmed[days:]] == [*PARAGRAPHS[:2]]


LOOSE = (
    "<title>New salt mine opens</title>"
    "<ul><li><a href='/a'>Markets</a></li><li><a href='/b'>Companies</a></li></ul>"
    "<div class='story'><div class='heading'>New salt mine opens</div><div id='text-1'>"
    "<img src='1.jpg'>The salt goes to the roads of four counties.<br><br>"
    "The mine near the river took two years to build, and by the end of the year it is to give "
    "180,000 tonnes of rock salt.<br><br>"
    "{advert}Table salt is to be packed from September.<br><br></div>{below}</div>"
    "<div class='footer'>Reprints only with a link to the source.</div>"
)


def test_sentences_that_breaks_part_from_a_long_one_are_text(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is known of the page without them."""
    monkeypatch.setattr(body, "revise", lambda blocks, *_: [len(b.words) > 20 for b in blocks])
    text = read(f"<html><body>{LOOSE.format(advert='', below='')}</body></html>").text
    assert text.split("\n\n")[0] == "The salt goes to the roads of four counties."
    assert text.split("\n\n")[-1] == "Table salt is to be packed from September."


def test_an_advert_among_them_is_none(read: Read) -> None:
    advert = "<div class='adv'>Anzeige. <a href='https://ads.example/'>Lease a truck now</a></div>"
    text = read(f"<html><body>{LOOSE.format(advert=advert, below='')}</body></html>").text
    assert "Lease" not in text
    assert "Table salt" in text


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("Опубліковано: 9-03-2031, 11:05 | Переглядів: 958 | Роздрукувати", True),
        ("Eklenme: 14 Şubat 2031 Cuma Okunma: 1528", True),
        ("Dodano: 12.03.2031 Odsłon: 44", True),
        ("21 марта 2031 г., 09:00 171 просмотр", True),
        ("12.03.2031 10:00 | 208 қаралым", True),
        ("Mar 11 Views: 636", True),
        ("02/19 Үзсэн: 615", True),
        ("1-р сарын 21 | Үзсэн: 570", True),
        ("Mar 11 Rooms: 636", False),
        ("In March the views: 636", False),
        ("12.03.2031 10:00 | 208", False),
        ("12 March 2031, 10:00 in room 208 upstairs", False),
        ("Termin: 12. März 2031 | Ort: Freiberg", False),
        ("Produced: 958 t in 2030, 1021 t in 2031.", False),
        ("Views: 958", False),
        ("Date: 14.05.2031 | Views: 958", True),
        ("Date: 14.05.2031, 10:00 | Room: 204", False),
        ("Date: 14 May 2031 | Participants: 120", False),
        ("Termin: 12. Mai 2031, 10:00 Uhr Telefon: 0301234", False),
        ("Dodano: 12.03.2031 Telefon: 0301234", False),
        ("Published: 2031 Pages: 240", False),
        ("In 2031 the mine gave 958 t.", False),
    ],
)
def test_a_labelled_day_with_a_count_of_readers(line: str, counts: bool) -> None:
    assert counts_views(f"<p>{line}</p>") is counts


@pytest.mark.parametrize("lang", ["de", "de-AT"])
def test_labels_of_a_known_language_are_known(lang: str) -> None:
    page = f"<div lang={lang}><p>{{}}</p></div>"
    assert not counts_views(page.format("Geboren: 12.03.1968 Alter: 63"))
    assert not counts_views(page.format("Am Tisch: 12.03.2031 Plätze: 63"))
    assert counts_views(page.format("Eingestellt am: 12.03.2031 Besucher: 63"))
    assert counts_views("<div lang=pl><p>Dodano: 12.03.2031 Odsłon: 44</p></div>")


def counts_views(html: str) -> bool:
    tree = HtmlDocument(f"<html><body>{html}</body></html>").tree
    (block,) = read_blocks(tree, lambda _: False)
    return BoilerplateLines(packaged_words()).counts_views(block)


def test_such_a_line_is_no_text(read: Read) -> None:
    below = "<p class='info'>Ipinaskil: <a href='/d'>9-03-2031, 11:05</a> | Tiningnan: 958</p>"
    text = read(f"<html><body>{LOOSE.format(advert='', below=below)}</body></html>").text
    assert text.endswith("Table salt is to be packed from September.")


PICTURE = '<p><img src="/drill.jpg"></p>'


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        (f"{PICTURE}<p><em>Drilling at the old pit (fot. Jan Nowak)</em></p>", False),
        (f"{PICTURE}<p>The drill rig runs at night. Photo by: Jo Berg.</p>", False),
        ('<p><img src="/drill.jpg"><br>Der Bohrturm bei Nacht (Foto: Jo Berg)</p>', False),
        (f"{PICTURE}<p>The drill rig at night (photo by Jo Berg)</p>", False),
        (f"{PICTURE}<p>The drill rig at night (Photo Jo Berg)</p>", False),
        (f"{PICTURE}<p>The drill rig at night © Jo Berg</p>", False),
        (f"{PICTURE}<p>The drill rig runs at night, too.</p>", True),
        (f"{PICTURE}<p>For decades, coal has been the main source of power there.</p>", True),
        (f"{PICTURE}<p>Power comes from two sources: coal and wind.</p>", True),
        (f"{PICTURE}<p>The archive of the pit (photo albums, maps) moves to Ore Street.</p>", True),
        (f"{PICTURE}<p><b>Step 2.</b> Photo by day and by night: set the timer.</p>", True),
        ("<p>The rig has been photographed. Photo by day and by night.</p>", True),
    ],
)
def test_a_line_below_a_picture_that_says_who_took_it_is_no_text(
    read: Read, line: str, taken: bool
) -> None:
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    text = read(f"<html><body><article>{first}{line}{''.join(others)}</article></body></html>").text
    assert text.count("\n\n") == len(PARAGRAPHS) - 1 + taken


@pytest.mark.parametrize("most", [0, body.MOST_WAYS])
def test_a_copy_lacks_boilerplate_however_it_is_found(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands behind it stays; elements of other trees are none of the copy's."""
    monkeypatch.setattr(body, "MOST_WAYS", most)
    html = "<div><p>a</p><!-- --><nav>b<nav>c</nav>d</nav>e <b>f</b><nav>g</nav>h<p>i</p></div>"
    tree, other = (lxml.html.fromstring(html) for _ in range(2))
    copied = body._strip(tree, frozenset([*tree.iter("nav"), *other.iter("p")]))
    assert lxml.html.tostring(copied) == b"<div><p>a</p><!-- -->e <b>f</b>h<p>i</p></div>"
    assert len(tree.findall(".//nav")) == 3


def test_a_teaser_between_headline_and_day_is_the_text_where_nothing_else_is() -> None:
    title, lead, day = "Ore day", "The ore union invites all to Goslar.", "12.02.2031"
    markup = f"<body><h1>{title}</h1><p>{lead}</p><p>{day}</p></body>"
    blocks = read_blocks(HtmlDocument(markup).tree, lambda _: False)
    lines = BoilerplateLines(packaged_words())
    assert lines.head_length(blocks, [title], lead) == len(blocks)
    whole = body.Body(tuple(blocks), tuple(range(len(blocks))))
    trimmed = body.trim(whole, lines, body.Frame([title], lead, frozenset()))
    assert [block.text for block in trimmed] == [lead, day]


@pytest.mark.parametrize(("beside", "taken"), [(3, True), (30, False)])
def test_what_stands_with_a_text_is_told_by_trees_on_longer_pages(beside: int, taken: bool) -> None:
    lines = "".join(f"<div>Box {n}</div>" for n in range(beside))
    last = "<h3>Programme</h3><ul><li>Talks</li></ul><p>It is free of charge.</p>"
    markup = f"<body><section><p>{PARAGRAPHS[0]}</p>{last}</section>{lines}</body>"
    blocks = read_blocks(HtmlDocument(markup).tree, lambda _: False)
    chosen = body.ruled(blocks, [block.text == PARAGRAPHS[0] for block in blocks])
    assert chosen[1:4] == [taken] * 3
    assert not any(chosen[4:])

from __future__ import annotations

import re

import lxml.html
import pytest

from crawler.parsers.article.blocks import read_blocks, words_of
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.html import HtmlDocument


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Das Erz, 2 Tonnen", ("das", "erz", "2", "tonnen")),
        ("Добыча меди", ("добыча", "меди")),
        ("工业部公布，锂 2026 年", ("工业", "部公", "布", "锂", "2026", "年")),
        ("リチウムの価格", ("リチ", "ウム", "の価", "格")),
        ("리튬 가격", ("리튬", "가격")),
        ("", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Tin’s “own” price – £2_000/t\x1fup",
        "TIN's own",
        "Kieß—über-all",
        "12\N{NO-BREAK SPACE}000 т",
        "\N{KELVIN SIGN}ilo",
    ],
)
def test_words_are_the_same_by_whichever_way_they_are_found(text: str) -> None:
    assert words_of(text) == tuple(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<span class=t>May 11, 2026</span><span class=t>3 min read</span>",
            "May 11, 2026 3 min read",
        ),
        ("<span class=t>12.03.26</span><span class=t>3 min read</span>", "12.03.26 3 min read"),
        ("<span class=t>10:00</span><span class=v>208 views</span>", "10:00 208 views"),
        (
            "<span class=t>2031 жылғы 9 маусым</span><span class=r>3 минут оқу</span>",
            "2031 жылғы 9 маусым 3 минут оқу",
        ),
        (
            "<span class=t>2031-yil 9-iyun</span><span class=w>Olim Rahimov</span>",
            "2031-yil 9-iyun Olim Rahimov",
        ),
        (
            "<span class=d>March 4, 2031</span><span class='d u'>Updated: March 9, 2031</span>",
            "March 4, 2031 Updated: March 9, 2031",
        ),
        ("<span class=d>04.03.2031</span><span class=a>Autorin:</span>", "04.03.2031 Autorin:"),
        ("<span class=d>à 16:00</span><span class=d>Mis à jour</span>", "à 16:00 Mis à jour"),
        ("<span class=a>203</span><span class=b>1er</span>", "2031er"),
        ("<span>2031</span><span>er</span>", "2031er"),
        ("<span class=a>203</span><span class=b>1 жылғы</span>", "2031 жылғы"),
        ("<span class=a>2031 ores and me</span><span>tals</span>", "2031 ores and metals"),
        ("<span class=a>1:0</span><span class=b>1</span>", "1:01"),
        ("<span class=a>1</span><span class=b>st day</span>", "1st day"),
        ("<span class=a>12</span><span class=b>000</span>", "12000"),
        ("<span>20</span><span>26</span>", "2026"),
        ("<b class=a>20</b><b class=b>26</b>", "2026"),
        ("20<span class=a>26</span>", "2026"),
    ],
)
def test_pieces_of_a_line_make_no_number_together(html: str, text: str) -> None:
    (block,) = read_blocks(HtmlDocument(f"<body><div>{html}</div></body>").tree, is_hidden)
    assert block.text == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("<td>Tin pays</td><td> </td>", "Tin pays"),
        ("<td>Tin pays</td><td></td><td></td>", "Tin pays"),
        ("<td>Tin</td><td></td><td>12</td>", "Tin | | 12"),
        ("<td>Tin |</td><td>12</td>", "Tin | | 12"),
        ("<td>Tin |</td><td></td>", "Tin |"),
    ],
)
def test_empty_cells_at_the_end_of_a_row_are_parted_from_nothing(cells: str, text: str) -> None:
    markup = f"<body><table><tr>{cells}</tr></table></body>"
    (block,) = read_blocks(HtmlDocument(markup).tree, is_hidden)
    assert block.text == text


_FACT = "<span>Venue</span><span>Old Hall</span>"


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        (
            f"<div><div>{_FACT}</div><div><b>Format</b><i>hybrid</i></div></div>",
            ["Venue | Old Hall", "Format | hybrid"],
        ),
        (f"<ul><li>{_FACT}</li> <li>{_FACT}</li></ul>", ["Venue | Old Hall"] * 2),
        (f"<div>{_FACT}</div>", ["VenueOld Hall"]),
        (f"<div>{_FACT}</div><div>Text</div>", ["VenueOld Hall", "Text"]),
        ("<p><b>W</b><span>ords</span></p><p>of <b>t</b>in</p>", ["Words", "of tin"]),
        (f"<p>{_FACT} tin</p><p>{_FACT} tin</p>", ["VenueOld Hall tin"] * 2),
        (
            f"<div><span>Venue:</span> <span>Old Hall</span></div><div>{_FACT}</div>",
            ["Venue: Old Hall", "VenueOld Hall"],
        ),
        # Paragraphs in two styles.
        ("<p><b>Tin:</b><span> It pays.</span></p>" * 2, ["Tin: It pays."] * 2),
        ("<p><span>Tin pays. </span><span>So.</span></p>" * 2, ["Tin pays. So."] * 2),
        ("<li><b>T</b><span>in</span></li>" * 2, ["Tin"] * 2),
        (
            "<p><span>The old mine sold tin to a com</span><span>pany</span></p>" * 2,
            ["The old mine sold tin to a company"] * 2,
        ),
    ],
)
def test_label_and_value_of_rows_are_cells(html: str, texts: list[str]) -> None:
    blocks = read_blocks(HtmlDocument(f"<body>{html}</body>").tree, is_hidden)
    assert [line for block in blocks for line in block.text.split("\n")] == texts


def test_a_long_row_is_not_counted_for_each_of_its_elements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[object] = []
    monkeypatch.setattr("crawler.parsers.article.blocks._is_pair", counted.append)
    tree = HtmlDocument(f"<body><div>{'<i>x</i>' * 9}</div></body>").tree
    assert [block.text for block in read_blocks(tree, is_hidden)] == ["x" * 9]
    assert counted == []


ASKED, ANSWER = "Who may apply?", "Firms that mine or refine tin in one of nine districts."


@pytest.mark.parametrize(
    ("markup", "is_shown"),
    [
        (f"<h3><button aria-expanded=false>{ASKED}</button></h3><p>{ANSWER}", True),
        (f"<h3><button aria-expanded=false>Who applies</button></h3><p>{ANSWER}", True),
        (f"<dt><button><span>{ASKED}</span></button></dt><dd>{ANSWER}", True),
        (f"<div><button data-bs-toggle=collapse>{ASKED}</button></div><p>{ANSWER}", True),
        (f"<div><button class=q>{ASKED}</button><div><p>{ANSWER}</div></div>", False),
        (f"<button>{ASKED}</button><p>{ANSWER}", False),
        (f"<div><button aria-expanded=false>Who applies</button></div><p>{ANSWER}", False),
        (f"<h3>Tin<button>Copy</button></h3><p>{ANSWER}", False),
        (f"<h3>Tin <button aria-expanded=false>Who applies</button></h3><p>{ANSWER}", False),
        (f"<button aria-expanded=false></button><div>{ANSWER}</div>", False),
    ],
)
def test_a_button_that_unfolds_an_answer_is_its_heading(markup: str, is_shown: bool) -> None:
    page = lxml.html.document_fromstring(f"<body><main>{markup}</main></body>")
    texts = [block.text for block in read_blocks(page, lambda _: False)]
    assert ANSWER in texts
    assert any("appl" in text for text in texts if text != ANSWER) is is_shown

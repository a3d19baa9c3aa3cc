import lxml.html
import pytest

from crawler.parsers.article import captions as module
from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.captions import MOST_ELEMENTS, find_captions

SAID = (
    "Minister Oskar Lindqvist opens the second furnace",
    "The delegation from Astana at the control desk.",
    "Rows of copper cathodes in hall 3, ready for shipping",
)
STORY = (
    "The smelter in Halvik has taken its second furnace into operation, eleven months too late.",
    "Unions welcomed that 140 workers were hired, but said that shifts still have to be agreed.",
)


def captions(boxes: str) -> list[str]:
    """What is taken for captions of a page with these boxes amid its text."""
    story = (f"<p>{paragraph}</p>" for paragraph in STORY)
    page = lxml.html.fromstring(f"<div class=text>{next(story)}{boxes}{next(story)}</div>")
    blocks = read_blocks(page, lambda _: False)
    found = find_captions(blocks)
    return [block.text for block in blocks if block.element in found]


def gallery(box: str, around: str = "{}") -> str:
    return around.format("".join(box.format(i=i, said=said) for i, said in enumerate(SAID)))


@pytest.mark.parametrize(
    "boxes",
    [
        gallery("<li><a href=/p{i}.jpg><img src=/s{i}.jpg><span>{said}</span></a>", "<ul>{}</ul>"),
        gallery("<li><a href=/p{i}.jpg?v=2><img src=/s{i}.jpg></a><p>{said}</p>", "<ul>{}</ul>"),
        gallery(
            "<div class=item><div><img src=/s{i}.jpg></div><div>{said}</div></div>",
            "<div class=photo-report>{}</div>",
        ),
        gallery(
            "<div class=item-{i}><img src=/s{i}.jpg><div>{said}</div></div>",
            "<section class='block fotogalerie'>{}</section>",
        ),
        gallery(
            "<td><a href=pic/{i}.JPG><img src=s{i}.jpg></a><br>{said}", "<table><tr>{}</table>"
        ),
        gallery("<div><img src=/{i}.jpg><div class=photo-caption><p>{said}</p></div></div>"),
        gallery(
            "<div class=media><div><img src=/{i}.jpg></div>"
            "<div class=field--name-field-caption><div>{said}</div></div></div>"
        ),
        gallery("<div><img src=/{i}.jpg><p class=mediaCaption>{said}</p></div>"),
    ],
)
def test_lines_of_galleries_say_what_pictures_show(boxes: str) -> None:
    assert captions(boxes) == list(SAID)


def test_a_row_of_a_table_says_what_the_pictures_above_show() -> None:
    row = "<tr>{}</tr>"
    pictures = gallery("<td><img src=/s{i}.jpg></td>", row)
    assert len(captions(f"<table>{pictures}{gallery('<td>{said}</td>', row)}</table>")) == 1
    below = f"<!-- 3 of 9 -->{gallery('<td>{said}</td>', row)}"
    assert len(captions(f"<table>{pictures}{below}</table>")) == 1
    assert not captions(f"<table>{below}</table>")
    assert not captions(f"<table>{pictures}<tr><td>{SAID[0]}</td><td>{SAID[1]}</td></tr></table>")


@pytest.mark.parametrize(
    "boxes",
    [
        gallery("<div class=person><img src=/{i}.jpg alt='{said}'><p>{said}</p></div>"),
        gallery("<li><img src=/{i}.jpg><p>{said}</p>", "<ol class=steps>{}</ol>"),
        gallery("<p><img src=/{i}.jpg></p><p>{said}</p>"),
        gallery("<p class=caption-free>{said}</p>"),
        gallery("<article class='[&>figcaption]:mt-2'><img src=/{i}.jpg><p>{said}</p></article>"),
        "<div class=hero-caption><img src=/a.jpg><h2>Second furnace in Halvik</h2></div>",
        f"<div class=gallery><a href=/a.jpg><img src=/a.jpg></a><p>{SAID[0]}</p></div>",
    ],
)
def test_persons_steps_and_what_stands_alone_are_none(boxes: str) -> None:
    assert captions(boxes) == []


def test_captions_that_are_most_of_a_page_are_its_text() -> None:
    many = 8 * gallery("<li><a href=/p{i}.jpg><img src=/s{i}.jpg></a><p>{said}</p>", "<ul>{}</ul>")
    assert captions(many) == []


def test_a_box_of_thousands_of_elements_is_not_looked_through_for_each_line() -> None:
    box = "<li><a href=/p{i}.jpg><img src=/s{i}.jpg></a>" + MOST_ELEMENTS * "<i></i>" + "{said}"
    assert captions(gallery(box, "<ul>{}</ul>")) == []


def test_what_is_named_a_caption_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[lxml.html.HtmlElement] = []

    def is_beside_picture(element: lxml.html.HtmlElement) -> bool:
        asked.append(element)
        return True

    monkeypatch.setattr(module, "is_beside_picture", is_beside_picture)
    assert captions(gallery("<p>{said}</p>", "<div class=caption>{}</div>")) == list(SAID)
    assert len(asked) == 1

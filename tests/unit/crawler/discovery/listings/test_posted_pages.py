from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup, Tag

from crawler.discovery.list_page import PostedForm
from crawler.discovery.listings.posted_pages import (
    MOST_BYTES,
    MOST_OF_SCRIPT,
    number_told,
    posted_page,
    turns_by_name,
)

AT = "https://www.example.org/news.aspx"
STATE = '<input type="hidden" name="__VIEWSTATE" value="abc=">'


def link(html: str) -> Tag:
    found = BeautifulSoup(html, "lxml").find(id="x")
    assert isinstance(found, Tag)
    return found


def posted(html: str) -> PostedForm | None:
    return posted_page(link(html), 2, AT)


def told(target: str, argument: str) -> tuple[tuple[str, str], ...]:
    return (("__EVENTTARGET", target), ("__EVENTARGUMENT", argument))


@pytest.mark.parametrize(
    ("html", "chosen"),
    [
        (
            """<a id=x href="javascript:__doPostBack(&#39;c$grid&#39;,&#39;Page$2&#39;)">2</a>""",
            told("c$grid", "Page$2"),
        ),
        (
            """<a id=x href="#" onclick="__doPostBack('pager$ctl01',''); return false">2</a>""",
            told("pager$ctl01", ""),
        ),
        (
            (
                """<a id=x href='javascript:WebForm_DoPostBackWithOptions(new """
                """WebForm_PostBackOptions("lnk2", "", true, "", "", false, true))'>2</a>"""
            ),
            told("lnk2", ""),
        ),
        (
            r"""<a id=x href="javascript:setTimeout('__doPostBack(\'list\',\'2\')', 0)">2</a>""",
            told("list", "2"),
        ),
        (
            (
                """<a id=x onclick="mojarra.jsfcljs(document.getElementById('f'),"""
                """{'f:next':'f:next','f:n':'2'},''); return false">2</a>"""
            ),
            (("f:next", "f:next"), ("f:n", "2")),
        ),
        ("<button id=x name=nr value=2>2</button>", (("nr", "2"),)),
        ("<input id=x type=submit name=go value=Next>", (("go", "Next"),)),
        ("<input id=x type=image name=go>", (("go.x", "1"), ("go.y", "1"))),
    ],
)
def test_what_links_and_buttons_post(html: str, chosen: tuple[tuple[str, str], ...]) -> None:
    found = posted(f"<form method=post>{STATE}{html}</form>")
    assert found == PostedForm(AT, chosen)
    assert found.fields == (("__VIEWSTATE", "abc="),)


def test_a_form_is_sent_as_a_browser_sends_it() -> None:
    found = posted(
        f"""<form method=post action="/list.aspx?year=2026#top">{STATE}
        <input type=hidden name=__EVENTTARGET value=""><input name=q value="tin ore">
        <input type=hidden name=off value=1 disabled><input type=checkbox name=a checked>
        <input type=checkbox name=b><input type=submit name=search value=Search>
        <select name=topic><option value=7>A</option><option selected>Rare earths</option></select>
        <select name=year><option>2026</option><option>2025</option></select>
        <a id=x href="javascript:__doPostBack('grid','Page$2')">2</a></form>"""
    )
    assert found is not None
    assert found.address == "https://www.example.org/list.aspx?year=2026"
    assert found.body() == (
        b"__VIEWSTATE=abc%3D&q=tin+ore&a=on&topic=Rare+earths&year=2026"
        b"&__EVENTTARGET=grid&__EVENTARGUMENT=Page%242"
    )
    assert found.name == (
        "https://www.example.org/list.aspx?year=2026#__EVENTTARGET=grid&__EVENTARGUMENT=Page%242"
    )


PAGE = "<input type=hidden name=page>"
TURN = '<a id=x href="javascript:turn({})">2</a>'


@pytest.mark.parametrize(
    ("html", "value"),
    [
        (
            f"<form method=post><input type=hidden name=pageNo value=1>{TURN.format('2')}</form>",
            "2",
        ),
        # from 0
        (f"<form method=post><input type=hidden name=page value=0>{TURN.format('1')}</form>", "1"),
        # what stands before the number
        (f"<form method=post>{PAGE}{TURN.format('(f(this), 2')}</form>", "2"),
        # the pager stands beside its form
        (f"<form method=post><input type=hidden name=p></form>{TURN.format('2')}", "2"),
    ],
)
def test_a_script_puts_a_number_into_a_field(html: str, value: str) -> None:
    found = posted(html)
    assert found is not None
    assert [v for _, v in found.chosen] == [value]


@pytest.mark.parametrize("number", [None, 2])
def test_a_long_script_is_soon_looked_through(number: int | None) -> None:
    found = link(f"""<form method=post>{PAGE}<a id=x href="javascript:{"(" * 100_000}">2</a>""")
    begin = time.process_time()
    for _ in range(20):
        assert posted_page(found, number, AT) is None
    assert time.process_time() - begin < 1


def test_the_names_that_a_link_tells_are_short() -> None:
    script = f"__doPostBack('pager${'a' * MOST_OF_SCRIPT}','')"
    assert posted(f"""<form method=post><a id=x href="javascript:{script}">2</a></form>""") is None


@pytest.mark.parametrize(
    "html",
    [
        # who asks is asked for
        "<form method=post><input name=email><button id=x name=nr value=2>2</button></form>",
        f"<form method=post><input name=email><input type=hidden name=page>{TURN.format(2)}</form>",
        # nothing is posted
        "<form><button id=x name=nr value=2>2</button></form>",
        "<form method=post><button type=button id=x name=nr value=2>2</button></form>",
        "<a id=x href='?page=2'>2</a>",
        # what a script does can't be told
        f"<form method=post><input type=hidden name=color>{TURN.format(2)}</form>",
        f"<form method=post><input type=hidden name=page>{TURN.format(7)}</form>",
        f"<form method=post>{PAGE}<input type=hidden name=p>{TURN.format(2)}</form>",
        # no form, and one that is too large
        """<a id=x href="javascript:__doPostBack('grid','Page$2')">2</a>""",
        (
            f"<form method=post><input type=hidden name=s value={'a' * MOST_BYTES}>"
            "<button id=x name=nr value=2>2</button></form>"
        ),
    ],
)
def test_what_is_not_posted(html: str) -> None:
    assert posted(html) is None


@pytest.mark.parametrize(
    ("target", "argument", "turns"),
    [
        ("c$rptPages$_ctl01", "", True),
        ("c$pager$LinkButton1", "", True),
        ("grid", "Page$2", True),
        ("c$lnkNext", "", True),
        ("c$pageBody$calendar", "9494", False),
        ("vote", "2", False),
        ("c$textList", "2", False),
    ],
)
def test_controls_that_turn_pages_are_named_so(target: str, argument: str, turns: bool) -> None:
    html = f"""<a id=x href="javascript:__doPostBack('{target}','{argument}')">2</a>"""
    assert turns_by_name(link(html)) is turns


def test_buttons_that_turn_pages_are_named_so() -> None:
    assert turns_by_name(link("<input id=x type=submit name=lnkNext>"))
    assert not turns_by_name(link("<input id=x type=submit name=send>"))
    assert not turns_by_name(link("<a id=x href='?page=2'>"))


def test_a_grid_is_told_a_number_that_the_label_has_not() -> None:
    assert (
        number_told(link("""<a id=x href="javascript:__doPostBack('g','Page$11')">...</a>""")) == 11
    )
    assert (
        number_told(link("""<a id=x href="javascript:__doPostBack('g','Sort$11')">...</a>"""))
        is None
    )

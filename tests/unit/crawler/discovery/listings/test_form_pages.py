from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from crawler.discovery.listings.form_pages import FormPage, form_address, form_page

HIDDEN = '<input type="hidden" name="topic" value="rare earths">'


def button(html: str) -> Tag:
    found = BeautifulSoup(html, "lxml").select_one("button, input:not([type=hidden])")
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    ("html", "page"),
    [
        (
            f'<form action="/list?old=1#top">{HIDDEN}<button name="nr" value="2">2</button></form>',
            FormPage("/list?topic=rare+earths&nr=2", posts=False),
        ),
        (
            '<form method="POST"><button name="nr" value="2">2</button></form>',
            FormPage("?nr=2", posts=True),
        ),
        ('<form><input type=submit name="nr" value="2"></form>', FormPage("?nr=2", posts=False)),
        ('<form><input name="nr" value="2"></form>', None),
        ('<form><button name="go" value="back">2</button></form>', None),
        ("<form><button>2</button></form>", None),
        ('<p><button name="nr" value="2">2</button></p>', None),
    ],
)
def test_what_a_button_requests(html: str, page: FormPage | None) -> None:
    assert form_page(button(html)) == page


def test_a_form_has_its_hidden_fields() -> None:
    assert form_address(button(f"<form>{HIDDEN}<button>Next</button></form>")) == (
        "?topic=rare+earths"
    )
    assert form_address(button("<p><button>Next</button></p>")) is None

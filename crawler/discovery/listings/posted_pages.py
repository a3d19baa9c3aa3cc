"""Further pages of a list that only a posted form brings: `__doPostBack` of ASP.NET, links of JSF,
buttons that submit, scripts that fill in a number. Pure.

What is sent is what a browser would send: the form's hidden fields, its choices, and what the link
or button adds. Nothing is typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from crawler.discovery.list_page import PostedForm
from crawler.discovery.listings.form_pages import is_about_a_person
from indexer.records.urls import canonical

MOST_BYTES = 1 << 20
"""Of a form that is posted. States of ASP.NET pages have up to some hundred KB."""
MOST_FIELDS = 500
"""Fields of a form that are looked at."""
MOST_OF_SCRIPT = 5_000
"""Characters of a link's address and of its `onclick`, each, that are looked at."""

Fields = tuple[tuple[str, str], ...]

_QUOTED = r"""\\?['"]((?:(?!\\?['"]).)*)\\?['"]"""
_POST_BACK = re.compile(
    rf"(?:__doPostBack|WebForm_PostBackOptions)\s*\(\s*{_QUOTED}\s*,\s*{_QUOTED}"
)
"""Of ASP.NET: the control that is told, and what it is told."""
_FACES = re.compile(r"jsfcljs\s*\(.{0,200}?\{([^}]{1,500})\}")
"""Of JavaServer Faces: the fields that a link adds."""
_PAIR = re.compile(rf"{_QUOTED}\s*:\s*{_QUOTED}")
_SCRIPTED_NUMBER = re.compile(r"\([^\d(]*(\d{1,5})(?!\d)")
_PAGER = re.compile(r"pager|paging|pagination", re.IGNORECASE)
"""In the name of a control, or of one that holds it."""
_NAMED = re.compile(
    r"(?i:page|older|seite|weiter)|Next|NEXT|Pg|PG|(?<![A-Za-z])(?:next|pg)(?![a-z])"
)
"""In its own name: `ctl00$pageBody$calendar` turns no pages."""
_AUTOMATIC = re.compile(r"_?ctl\d+|\d*")
"""The name of a control to which nobody gave one."""
_PAGE_FIELD = re.compile(
    r"(?:^|[-_.:$])(?:(?:cur(?:rent)?|n|i)?[-_]?page(?:[-_]?(?:no|nr|num|number|index|id))?|seite|pg|p"
    r"|pagen_\d+)$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"Page\$(\d{1,5})")
_SUBMITS = frozenset({"submit", "image"})


def posted_page(tag: Tag, number: int | None, base: str) -> PostedForm | None:
    """What a link or button posts that turns a list, to the page with this number if it is known;
    None if it posts nothing, or the form asks who fills it in.
    """
    post_back = _post_back(tag)
    if post_back is not None:
        form = tag.find_parent("form") or _form_with_state(tag)
        return _posted(
            form, (("__EVENTTARGET", post_back[0]), ("__EVENTARGUMENT", post_back[1])), base
        )
    form = tag.find_parent("form")
    if (faces := _FACES.search(_script(tag))) is not None:
        return _posted(form, tuple(_PAIR.findall(faces[1])), base)
    if _submits(tag):
        return _posted_by_hand(form, _of_button(tag), base)
    script = _SCRIPTED_NUMBER.search(_script(tag)) if number is not None else None
    if script is None or number is None or int(script[1]) not in (number, number - 1):
        return None
    for candidate in [form] if form is not None else _root(tag).find_all("form"):
        field = _page_field(candidate)
        if field is not None:
            return _posted_by_hand(candidate, ((field, script[1]),), base)
    return None


def turns_by_name(tag: Tag) -> bool:
    """Whether what a link or button tells the server has the name of something that turns pages."""
    target, argument = _post_back(tag) or (str(tag.get("name") or ""), "")
    own = [name for name in re.split(r"[$:]", target) if not _AUTOMATIC.fullmatch(name)][-1:]
    return _PAGER.search(target) is not None or any(map(_NAMED.search, [*own, argument]))


def is_post_back(tag: Tag) -> bool:
    """Whether a link or button posts the page's form by a script of ASP.NET or JSF: nothing else
    turns the list.
    """
    return _post_back(tag) is not None or _FACES.search(_script(tag)) is not None


def number_told(tag: Tag) -> int | None:
    """The page that a link tells a grid of ASP.NET to show: `Page$11`, whatever its label is."""
    post_back = _post_back(tag)
    found = _PAGE_NUMBER.fullmatch(post_back[1]) if post_back is not None else None
    return int(found[1]) if found is not None else None


def _script(tag: Tag) -> str:
    texts = (str(tag.get(name) or "")[:MOST_OF_SCRIPT] for name in ("href", "onclick"))
    return " ".join(texts)


def _post_back(tag: Tag) -> tuple[str, str] | None:
    found = _POST_BACK.search(_script(tag))
    return (found[1], found[2]) if found is not None else None


def _submits(tag: Tag) -> bool:
    kind = str(tag.get("type") or "").lower()
    if tag.name == "button":
        return kind in ("", "submit")
    return tag.name == "input" and kind in _SUBMITS


def _of_button(button: Tag) -> Fields:
    name, value = str(button.get("name") or ""), str(button.get("value") or "")
    if str(button.get("type") or "").lower() == "image":
        before = f"{name}." if name else ""
        return ((f"{before}x", "1"), (f"{before}y", "1"))
    return ((name, value),) if name else ()


def _root(tag: Tag) -> Tag:
    return [tag, *tag.parents][-1]


def _form_with_state(tag: Tag) -> Tag | None:
    """The form of an ASP.NET page, where broken markup has closed it too early."""
    state = _root(tag).find("input", attrs={"name": "__VIEWSTATE"})
    return state.find_parent("form") if isinstance(state, Tag) else None


def _page_field(form: Tag) -> str | None:
    """The hidden field that takes the number of a page."""
    hidden = form.find_all("input", type="hidden", limit=MOST_FIELDS)
    found = [
        str(field.get("name"))
        for field in hidden
        if _PAGE_FIELD.search(str(field.get("name") or ""))
        and (not field.get("value") or str(field.get("value")).isdecimal())
    ]
    return found[0] if len(found) == 1 else None


def _posted_by_hand(form: Tag | None, chosen: Fields, base: str) -> PostedForm | None:
    """As `_posted`, of a form that says nothing of what it is for: none that asks for a person."""
    if form is None or str(form.get("method") or "").lower() != "post" or is_about_a_person(form):
        return None
    return _posted(form, chosen, base)


def _posted(form: Tag | None, chosen: Fields, base: str) -> PostedForm | None:
    if form is None:
        return None
    address = canonical(str(form.get("action") or "").partition("#")[0], base)
    names = {name for name, _ in chosen}
    fields = tuple((name, value) for name, value in _fields(form) if name not in names)
    if address is None:
        return None
    posted = PostedForm(address, chosen, fields)
    return posted if len(posted.body()) <= MOST_BYTES else None


def _fields(form: Tag) -> Iterator[tuple[str, str]]:
    """Names and values that a browser sends without a button."""
    for field in form.find_all(["input", "select"], limit=MOST_FIELDS):
        name, kind = str(field.get("name") or ""), str(field.get("type") or "text").lower()
        if not name or field.has_attr("disabled"):
            continue
        if field.name == "select":
            yield from ((name, value) for value in _selected(field))
        elif kind in ("hidden", "text", "search"):
            yield name, str(field.get("value") or "")
        elif kind in ("checkbox", "radio") and field.has_attr("checked"):
            yield name, str(field.get("value") or "on")


def _selected(choice: Tag) -> Iterator[str]:
    options = choice.find_all("option", limit=MOST_FIELDS)
    chosen = [option for option in options if option.has_attr("selected")] or options[:1]
    for option in chosen:
        value = option.get("value")
        yield " ".join(option.get_text().split()) if value is None else str(value)

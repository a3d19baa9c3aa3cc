"""Further pages of a list that buttons and choices of a form ask for. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import Tag

_OF_A_PERSON = frozenset({"email", "password", "tel", "file"})
_PERSONAL = re.compile(r"e-?mail|password|(?:first|last|user|sur)[-_]?name|phone", re.IGNORECASE)
MOST_FIELDS = 30
"""Fields of a form that are sent with a button."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What a button of a form requests."""

    address: str
    """As written, with the fields of the form as parameters."""
    posts: bool
    """The form posts its fields: whether the address answers alike is not known."""


def form_page(button: Tag) -> FormPage | None:
    """What a button with a name and a number requests; None if it is none of a form."""
    form = button.find_parent("form")
    name, value = str(button.get("name") or ""), str(button.get("value") or "")
    if form is None or not _is_button(button) or not name or not value.isdecimal():
        return None
    posts = str(form.get("method") or "").lower() == "post"
    return FormPage(form_address_with(form, {name: value}), posts)


def _is_button(tag: Tag) -> bool:
    return tag.name == "button" or is_submit(tag)


def is_submit(tag: Tag) -> bool:
    """Whether it is a button whose label is its value."""
    return tag.name == "input" and str(tag.get("type") or "").lower() == "submit"


def form_address(button: Tag) -> str | None:
    """What the form around a button requests by its hidden fields alone; None without a form."""
    form = button.find_parent("form")
    return form_address_with(form, {}) if form is not None else None


def option_address(option: Tag) -> str | None:
    """What a form that asks (get) requests with one option of a choice; None if it is in none."""
    form, choice = option.find_parent("form"), option.find_parent("select")
    name = str(choice.get("name") or "") if choice is not None else ""
    if form is None or not name or not asks_for_pages(form):
        return None
    value = option.get("value")
    return form_address_with(
        form, {name: " ".join(option.get_text().split()) if value is None else str(value)}
    )


def asks_for_pages(form: Tag) -> bool:
    """Whether a form only asks (get), and for nothing about who fills it in."""
    return str(form.get("method") or "get").lower() == "get" and not is_about_a_person(form)


def is_about_a_person(form: Tag) -> bool:
    """Whether a form asks who fills it in: its years are those of a birth or a subscription."""
    fields = form.find_all(["input", "textarea"], limit=MOST_FIELDS)
    return any(
        field.name == "textarea"
        or str(field.get("type") or "").lower() in _OF_A_PERSON
        or _PERSONAL.search(str(field.get("name") or "")) is not None
        for field in fields
    )


def form_address_with(form: Tag, chosen: dict[str, str]) -> str:
    """What a form requests with these choices, by its hidden fields besides."""
    hidden = form.find_all("input", type="hidden", limit=MOST_FIELDS)
    fields = {str(f["name"]): str(f.get("value") or "") for f in hidden if f.get("name")}
    action = str(form.get("action") or "").partition("#")[0].partition("?")[0]
    return f"{action}?{urlencode(fields | chosen)}"

"""Parts of a page around its content: menus, footers, pagers and the like. Pure."""

from __future__ import annotations

import re

from bs4 import Tag

_BOILERPLATE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog"})
_BOILERPLATE_ROLES = frozenset(
    {"navigation", "contentinfo", "menu", "menubar", "search", "dialog", "banner", "complementary"}
)
_BOILERPLATE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|submenu|breadcrumbs?|footer|cookies?|consent|social|share|"
    r"sharing|languages|(?:lang|language)-?(?:switch(?:er)?|select(?:or)?|menu)|login|toolbar|skip|"
    r"pager|pagination|paging|page-?numbers|(?:post-|entry-|article-)?tags|tag-?(?:list|links|cloud)|"
    r"sitemap|banner|advert(?:isement)?s?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_CONTENT_TAGS = ["main", "article", "h1"]
"""What holds one of these is the page's frame, whatever its classes say (`has-menu`, `no-footer`).
"""
_FRAME_FORM = "input[name=__VIEWSTATE], input[name=__EVENTTARGET], main, article, h1, h2"
"""What only a form around a whole page holds: ASP.NET and SharePoint put each page into one."""
_FEWEST_HEADLINES, _WORDS = 3, 3
"""Links of so many words in a form around a list (Joomla's has its sorting in it)."""
_MOST_LINKS = 100


class Boilerplate:
    """Menus, footers, pagers and the like of one page; caches its verdicts."""

    def __init__(self) -> None:
        self._judged: dict[int, bool] = {}

    def holds(self, tag: Tag) -> bool:
        """Whether the tag is such a part of the page, or is in one."""
        path: list[Tag] = []
        verdict = False
        for part in (tag, *tag.parents):
            known = self._judged.get(id(part))
            if known is not None or part.name in ("body", "html", "[document]"):
                verdict = bool(known)
                break
            path.append(part)
            if _is_boilerplate(part):
                verdict = True
                break
        self._judged.update((id(part), verdict) for part in path)
        return verdict


def _is_boilerplate(tag: Tag) -> bool:
    if tag.name == "form" and (
        tag.select_one(_FRAME_FORM) is not None or _holds_list(tag) or _holds_page(tag)
    ):
        return False
    if tag.name in _BOILERPLATE_TAGS or tag.get("role") in _BOILERPLATE_ROLES:
        return True
    if tag.name == "header":
        return tag.find_parent(["article", "li", "section"]) is None
    return (
        tag.name not in ("article", "main")
        and _BOILERPLATE_CLASS.search(classes_of(tag)) is not None
        and tag.find(_CONTENT_TAGS) is None
    )


def _holds_list(form: Tag) -> bool:
    links = form.find_all("a", href=True, limit=_MOST_LINKS)
    return sum(len(a.get_text(" ").split()) >= _WORDS for a in links) >= _FEWEST_HEADLINES


def _holds_page(form: Tag) -> bool:
    """Whether all links of a page stand in a form, menus and all (Domino)."""
    inside = form.find_all("a", href=True)
    # Cheap, and so of one form alone: of a form for each entry of a list, each would count all.
    if len(inside) < _FEWEST_HEADLINES or form.find_previous("a", href=True) is not None:
        return False
    around = form.find_parent("body")
    return around is not None and len(around.find_all("a", href=True)) == len(inside)


def classes_of(tag: Tag) -> str:
    """Classes and id of a tag as one line."""
    value = tag.get("class")
    words = value if isinstance(value, list) else [str(value or "")]
    return " ".join([*words, str(tag.get("id") or "")])

"""Elements of a page that are no part of its article, by their markup: navigation, boxes, comments,
consent.

The words in names of classes and ids are the vocabulary of web design, English on sites of any
language; makers of smaller sites name comments, advertisements and the like in their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

import lxml.html

from crawler.parsers.article.blocks import is_invisible
from crawler.parsers.elements import INVISIBLE, Elements, Seen, says_hidden

# Of 112 captions on 43 of the 181 labelled news pages 4 belong to the text of the article by its
# labels.
_BOILERPLATE_TAGS = frozenset({"nav", "figcaption", "footer", "form", "aside", "menu", "dialog"})
_BOILERPLATE_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tooltip",
    }
)
# As a part of a name: share-buttons, block--related, field_newsletter.
_BOILERPLATE = re.compile(
    r"""(?:^|[\s_-])(?:
        share|sharing|sharebar|sharedaddy|addtoany|addthis|social|socials|
        related|relatedposts|recommended|recommendations?|outbrain|taboola|zergnet|
        comments?|commentlist|disqus|livefyre|
        komment\w*|leserbriefe|commentaires?|comentarios?|commenti|yorumlar|
        werbung|reklam[ay]?|publicidad|teilen|weitersagen|podelitsya|verwandte?s?|meistgelesen|
        brotkrume?n?|
        newsletter|subscribe|signup|sign-up|mailchimp|
        breadcrumbs?|pagination|pager|navbar|navigation|sidebar|submenu|topbar|
        cookies?|consent|gdpr|onetrust|
        advert|sponsored|promo|promobox|
        most-?(?:read|popular|viewed)|trending|read-?more|read-?next|more-?(?:news|stories)|
        see-?also|also-?read|story-?timeline|taglist|tag-?links|tagcloud|
        author-?(?:bio|box|info|card)|about-?author|nav-?links|print-?only|skip-?links?|
        element-invisible|visually-?hidden|screen-reader|sr-only
    )(?=$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
# As a whole name only: "field-label-hidden" and "modal-enabled" stand on articles.
_BOILERPLATE_NAMES = frozenset(
    [
        "hidden",
        "invisible",
        "d-none",
        "modal",
        "overlay",
        "popup",
        "lightbox",
        "tooltip",
        "widget",
        "toolbar",
        "menu",
        "tags",
        "ads",
        "ad",
        "advertisement",
        "advertising",
        "adsbox",
        "adv",
        "advert",
        "caption",
        "captions",
        "wp-caption-text",
        "credit",
        "credits",
        "copyright",
        "respond",
        "popular",
        "rating",
        "votes",
        "hashtags",
        "hashtag",
        "disclaimer",
        "cmp",
        "print_only",
        "subscription",
        "promotion",
        "recommend",
    ]
)
_KEPT_TAGS = frozenset({"html", "body", "main", "article"})
# A page builder may put "widget" or "no-sidebar" on what holds the article.
_UNLESS = re.compile(
    r"(?:^|[\s_-])(?:no|without|has|with|left|right)-?_?sidebar|layout|container|wrapper|"
    r"content(?:$|[\s_-])|"
    r"elementor|rich-?text|wp-block-group|article-?body|post-?body|entry-content|theme|embed",
    re.IGNORECASE,
)


def is_hidden(element: lxml.html.HtmlElement) -> bool:
    """Not shown to a reader, as far as its own attributes say; a tab is, when it is chosen."""
    return says_hidden(element)


def find_boilerplate(
    root: lxml.html.HtmlElement, elements: Elements | None = None
) -> frozenset[lxml.html.HtmlElement]:
    """Elements to leave out: navigation, boxes, comments, consent, captions, what is hidden.

    What holds the first heading or half of the page's text is kept whatever its name: whole pages
    stand inside a form, a "widget" or a "modal".
    """
    total = _visible_length(root)
    found: set[lxml.html.HtmlElement] = set()
    stack = [(elements or Elements(root)).of(root)]
    while stack:
        seen = stack.pop()
        tag = seen.tag
        if not tag or (tag in INVISIBLE and is_invisible(seen.element)):
            continue
        if _is_candidate(seen) and not _holds_page(seen.element, total):
            found.add(seen.element)
            continue
        if tag != "pre":  # a program's comments are marked as such, and are its text
            stack.extend(seen.children)
    return frozenset(found)


def _is_candidate(seen: Seen) -> bool:
    tag = seen.tag
    if tag in _KEPT_TAGS:
        return False
    if tag in _BOILERPLATE_TAGS:
        return True
    given = seen.attributes
    if not given:
        return False
    return (
        seen.hidden
        or given.get("role", "").lower() in _BOILERPLATE_ROLES
        or _is_named(given.get("class", ""), given.get("id", ""))
    )


@lru_cache(maxsize=20_000)
def _is_named(classes: str, identifier: str) -> bool:
    """Share row, related box, comments, consent, caption … by the names of its class and id."""
    names = f"{classes} {identifier}".lower()
    if len(names) == 1:
        return False
    named = not _BOILERPLATE_NAMES.isdisjoint(names.split()) or _BOILERPLATE.search(names)
    return bool(named) and not _UNLESS.search(names)


def _holds_page(element: lxml.html.HtmlElement, total: int) -> bool:
    if element.tag in ("nav", "figcaption", "footer"):
        return False
    # Most hold little, as all of their text, which takes a fifth of the time, says already.
    if 4 * (len(element.text_content()) + len(element.tail or "")) <= total:
        return False
    length = _visible_length(element)
    return 2 * length > total or (4 * length > total and element.find(".//h1") is not None)


def _visible_length(element: lxml.html.HtmlElement) -> int:
    """Characters that an element shows, the tail behind it included."""
    unseen = sum(len(e.text) for e in element.iter(*INVISIBLE) if e.text)
    return len(element.text_content()) - unseen + len(element.tail or "")

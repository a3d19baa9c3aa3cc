"""The start tags of a page as its parser sees them, without a parse.

A scan that takes anything else for a comment, a script or a quote than the parser does can be made
to pass over a tag: so it follows the tokenizer of HTML (WHATWG 13.2.5) as libxml2 has it, which
knows no difference between elements of HTML and of pictures (SVG), and of a script that is opened
in a comment inside of a script. Each alternative consumes, so the scan is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_BLANK = r"[\t\n\f\r ]"
_ENDS = r"(?=[\t\n\f\r />])"
"""Behind the name of an element."""
_ATTRIBUTE = (  # quotes count only at the beginning of a value; the name may begin with "="
    r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"""(?:{_BLANK}*+={_BLANK}*+(?:"[^"]*+"?|'[^']*+'?|[^\t\n\f\r >]*+))?+"""
)
_ATTRIBUTES = rf"(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+"
_OPENS = r"(?:(?<!/)>"
"""The content of an element follows; `<style/>` has none."""
_TAG = re.compile(
    rf"""<(?=[a-z!?/])(?:
        !--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?)
        |[!?][^>]*+
        |/(?![a-z])[^>]*+
        |script{_ENDS}(?P<script>{_ATTRIBUTES}){_OPENS}(?:
            [^<]++
            |<!--(?:
                (?!-?>)(?:
                    [^-<]++
                    |-(?!->)
                    |<(?!/?script{_ENDS})
                    |<script{_ENDS}(?:[^-<]++|-(?!->)|<(?!/script{_ENDS}))*+(?:</script)?+
                )*+
            )?+
            |<(?!!--|/script{_ENDS})
        )*+)?
        |(?P<name>style|textarea|title|xmp|iframe|noembed|noframes){_ENDS}(?P<plain>{_ATTRIBUTES})
            {_OPENS}(?:[^<]++|<(?!/(?P=name){_ENDS}))*+)?
        |/[a-z][^\t\n\f\r />]*+{_ATTRIBUTES}
        |[a-z][^\t\n\f\r />]*+(?P<any>{_ATTRIBUTES})
    )""",
    # Of letters beyond ASCII, some are small or capital forms of those (ſ).
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(_ATTRIBUTE)


def start_tags(markup: str, least: int) -> Iterator[tuple[int, int]]:
    """Where in each start tag its attributes stand, if they have so many characters."""
    for match in _TAG.finditer(markup):
        if match.lastgroup is not None and match.end() - match.start() >= least:
            start, end = max(map(match.span, ("script", "plain", "any")))
            if end - start >= least:
                yield start, end


def count_attributes(inside: str) -> int:
    """How many attributes a start tag has; twice the same counts twice."""
    return sum(1 for _ in _ONE.finditer(inside))


def change_attributes(inside: str, change: Callable[[str], str]) -> str:
    """A start tag's attributes, each (`name="value"`) changed."""
    return _ONE.sub(lambda found: change(found.group()), inside)

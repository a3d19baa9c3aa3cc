"""A mail as HTML that needs nothing else: no script, no address is loaded."""

from __future__ import annotations

from functools import cache

import jinja2

from indexer.alerts.message import one_line
from indexer.text.line_beginnings import as_line_begins
from radar.channels.letter_content import LetterContent
from search_api.language import t
from search_api.links import safe_link
from search_api.pages.highlight import segments
from search_api.pages.rendering import template_environment


def html_of(content: LetterContent) -> str:
    """The whole file."""
    return "\n".join(map(one_line, _template().render(letter=content).split("\n")))


@cache
def _template() -> jinja2.Template:
    environment = template_environment("radar.channels", "")
    environment.filters["safe_link"] = safe_link
    environment.filters["capital"] = as_line_begins
    environment.filters["segments"] = lambda passage: segments(passage.text, passage.marks)
    environment.globals["t"] = t
    return environment.get_template("letter.html.jinja")

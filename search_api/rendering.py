"""Renders the templates of `templates/`: escaped throughout, strict about what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from indexer.records.marked_passage import MarkedPassage
from indexer.text.partial_date import partial_date
from search_api import page_words as wording
from search_api.highlight import Segment, segments
from search_api.problems import Problem

_CODE = re.compile("`([^`]+)`")


def safe_link(url: str) -> str | None:
    """The address if a reader may be sent there: http and https only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def with_code(text: str) -> Markup:
    """Text whose `stretches` between backticks are code, as docstrings write them."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  escaped before


def kept_passage(record: Mapping[str, Any]) -> tuple[Segment, ...]:
    """A passage in its JSON form, as the database keeps it, in marked stretches."""
    passage = MarkedPassage.from_json(record)
    return segments(passage.text, passage.marks)


class Templates:
    """The pages' templates."""

    def __init__(self, zone: tzinfo) -> None:
        self._environment = Environment(
            loader=PackageLoader("search_api"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            {
                "partial_date": partial_date,
                "machine_date": wording.machine_date,
                "instant": partial(wording.instant, zone=zone),
                "number": wording.number,
                "articles": wording.articles,
                "country": wording.country_name,
                "language": wording.language_name,
                "kind": wording.kind_name,
                "kept_passage": kept_passage,
                "safe_link": safe_link,
                "with_code": with_code,
            }
        )
        self._environment.globals["wording"] = wording

    def page(
        self,
        name: str,
        values: Mapping[str, object],
        *,
        root: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """A page from its template; `root` is the path below which the application is served."""
        body = self._environment.get_template(name).render(root=root, **values)
        return HTMLResponse(body, status_code=status, headers=dict(headers or {}))

    def error(self, problem: Problem, *, root: str) -> HTMLResponse:
        """The error page, from the same table as the API's answer."""
        return self.page(
            "error.html",
            {"problem": problem},
            root=root,
            status=problem.kind.status,
            headers=problem.headers,
        )

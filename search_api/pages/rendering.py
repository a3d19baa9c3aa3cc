"""Renders the templates of `templates/`: everything escaped, missing values are errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from indexer.records.interface_languages import DEFAULT, LANGUAGES
from indexer.records.marked_passage import MarkedPassage
from indexer.text.line_beginnings import as_line_begins
from search_api import page_words
from search_api.access.gate import FEED_KEY
from search_api.differences import differences
from search_api.language import catalogue, language, number, t, tn
from search_api.links import safe_link
from search_api.middleware.headers import PAGE_POLICY, PARTS_POLICY
from search_api.middleware.interface_language import address_in, own_path
from search_api.pages.highlight import Segment, segments
from search_api.pages.long_words import breakable
from search_api.parameters import SearchParameters
from search_api.paths import path_of, root_of
from search_api.problems import PARAMETERS, ParameterMistake, Problem
from search_api.static_files import HTMX
from search_api.town_names import TownNames

WITH_PARTS = frozenset({"search.html", "events.html", "names.html", "facet.html"})
"""Pages whose links and forms change a part of them (`static/parts.js`)."""
_CODE = re.compile("`([^`]+)`")


def with_feed_key(address: str, feed_key: str | None) -> str:
    """The address of a feed for a feed reader, which can't log in."""
    if feed_key is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}{FEED_KEY}={quote(feed_key)}"


def with_code(text: str) -> Markup:
    """The text with parts between backticks as code, as docstrings write it."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  escaped before


def mark_passage(record: Mapping[str, Any]) -> tuple[Segment, ...]:
    """The segments of a passage in its JSON form, as the database stores it."""
    passage = MarkedPassage.from_json(record)
    return segments(passage.text, passage.marks)


def problem_message(problem: Problem) -> str:
    """The message of a problem. Other languages than English have their words for it, or else for
    its code, without what is particular to the request: its place is shown in the query.
    """
    if language() == DEFAULT:
        return problem.message
    known = catalogue(language())
    own = known.get(problem.message) or known.get(f"problem {problem.code}")
    return str(own or problem.message)


def parameter_mistakes(problem: Problem) -> Sequence[tuple[str, str]]:
    """The name of each mistaken parameter, and what is wrong with it; none where the language has
    no words for one of them.
    """
    told = [(each.parameter, _mistake(each)) for each in problem.errors]
    return told if all(text for _, text in told) else ()


def _mistake(mistake: ParameterMistake) -> str:
    """In the current language; empty where it has no words for it."""
    known = catalogue(language())
    if language() == DEFAULT or mistake.message in known:
        return t(mistake.message)
    said = f"parameter {mistake.kind}"
    values = dict(mistake.values)
    if "expected" in values:  # "'a', 'b' or 'c'"
        values["expected"] = str(values["expected"]).replace(" or ", ", ")
    return t(said, **values) if said in known else ""


def template_environment(package: str, folder: str = "templates") -> Environment:
    """The templates in a folder of a package; what a template is not given is an error."""
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Templates:
    """The pages' templates."""

    def __init__(self, zone: tzinfo, towns: TownNames, *, first_page: str = "/") -> None:
        """`first_page`: the path of the page that all pages lead back to."""
        self._environment = template_environment("search_api")
        self._environment.filters.update(
            {
                "partial_date": page_words.partial_date,
                "machine_date": page_words.machine_date,
                "instant": partial(page_words.instant, zone=zone),
                "number": number,
                "articles": page_words.articles,
                "country": page_words.country_name,
                "language": page_words.language_name,
                "kind": page_words.kind_name,
                "capital": as_line_begins,
                "breakable": breakable,
                "path_part": partial(quote, safe=""),
                "mark_passage": mark_passage,
                "segments": lambda passage: segments(passage.text, passage.marks),
                "safe_link": safe_link,
                "with_code": with_code,
                "with_feed_key": with_feed_key,
            }
        )
        self._environment.globals |= {
            "page_words": page_words,
            "htmx": HTMX,
            "first_page": first_page,
            "alone": first_page != "/",
            "place_name": towns.place,
            "event_line": towns.line,
            "event_name": towns.event_name,
            "t": t,
            "tn": tn,
            "language": language,
            "languages": LANGUAGES,
            "problem_message": problem_message,
            "parameter_mistakes": parameter_mistakes,
            "differences": differences,
        }

    def page(
        self,
        request: Request,
        name: str,
        values: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """A page from its template, for whoever asks."""
        visitor = getattr(request.state, "visitor", None)
        body = self._environment.get_template(name).render(
            root=root_of(request),
            here=path_of(request),
            visitor=visitor,
            parts=name in WITH_PARTS,
            in_language=partial(address_in, own_path(request), request.url.query),
            **values,
        )
        policy = PARTS_POLICY if name in WITH_PARTS else PAGE_POLICY
        own = {"Content-Security-Policy": policy, **(headers or {})}
        return HTMLResponse(body, status_code=status, headers=own)

    def error(self, request: Request, problem: Problem) -> HTMLResponse:
        """The error page, from the same table as the API's response. Of a search it keeps what was
        typed.
        """
        path = path_of(request)
        is_search = problem.kind is PARAMETERS and path == "/"
        is_search |= problem.kind.status < 500 and path.startswith("/search.")
        given = request.query_params.multi_items() if is_search else ()
        return self.page(
            request,
            "error.html",
            {"problem": problem, "typed": SearchParameters.as_typed(given) if given else None},
            status=problem.kind.status,
            headers=problem.headers,
        )

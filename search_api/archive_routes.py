"""Archived answers: what a site sent, shown without trusting it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import Response

from indexer.records.document import DocumentId
from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.ports import ArchivedAnswer, DocumentArchive
from search_api.problems import NotFound

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Policy of an archived answer: an origin of its own, no scripts, no forms, no requests."""
_SHOWN = ("text/html", "application/xhtml+xml", "text/plain")
"""Types that a browser shows within the sandbox; others are offered as a file."""
_ENDINGS = {"application/pdf": ".pdf", "application/json": ".json", "text/calendar": ".ics"}
"""Ends of the names of such files; what else a site calls its answer gets none."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)

ArchivedId = Annotated[str, Path(description="Id of the document, 16 hex digits.")]


class ArchivedAnswerAnswer(BaseModel):
    """What is known of an archived answer."""

    url: str = Field(description="The address that answered.")
    content_type: str | None = Field(description="As the site said.")
    bytes: int
    fetched_at: str = Field(description="ISO 8601, UTC.")
    truncated: bool = Field(description="The transfer was cut off.")


class ArchiveRoutes:
    """The answers that documents were read from."""

    def __init__(self, archive: DocumentArchive) -> None:
        self._archive = archive

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/archive/{id}",
            self.copy,
            summary="Archived answer",
            response_class=Response,
            responses={
                200: {
                    "description": "The bytes that the site sent: HTML and plain text with its "
                    "type, others as a file."
                },
                303: {"description": "Whoever has not logged in, and shows no key, is asked to."},
                **problem_answers(404, 422, 503),
            },
        )
        router.add_api_route(
            "/api/archive/{id}",
            self.about,
            summary="About an archived answer",
            responses=problem_answers(404, 422, 503),
        )
        return router

    def copy(self, id: ArchivedId) -> Response:  # noqa: A002  name of the path parameter in the contract
        """What the site sent when the document was last read: without scripts, in a sandbox."""
        answer = self._answer(id)
        kind = answer.content_type.partition(";")[0].strip().lower()
        headers = {
            "Content-Security-Policy": SANDBOX,
            "X-DNS-Prefetch-Control": "off",
            "X-Robots-Tag": "noindex",
        }
        if kind in _SHOWN:
            # The rest of what a site sends there may be what no header can hold.
            charset = _CHARSET.search(answer.content_type)
            shown = f"{kind}; charset={charset[1]}" if charset else kind
        else:
            shown = "application/octet-stream"
            name = f"{answer.fetched_at:%Y-%m-%d}-{id}{_ENDINGS.get(kind, '')}"
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return Response(answer.body, headers=headers | {"Content-Type": shown})

    def about(self, id: ArchivedId) -> ArchivedAnswerAnswer:  # noqa: A002  as above
        """When and from where the answer came that the document was last read from."""
        return ArchivedAnswerAnswer.model_validate(self._answer(id).to_json())

    def _answer(self, document: str) -> ArchivedAnswer:
        found = self._archive.archived(DocumentId(document))
        if found is None:
            raise NotFound(
                "There is no archived answer for this.",
                hint="It may have been removed, or its source does not allow to keep it.",
            )
        return found

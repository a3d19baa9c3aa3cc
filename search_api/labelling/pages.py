"""The pages for labelling: the list, and one page with its text, marks and events."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from indexer.access.scope import Scope
from indexer.records.labels import MARK_KINDS, Labels
from search_api.access.forms import fields_of
from search_api.access.visitor import visitor_of
from search_api.labelling.desk import LabelDesk, LabelMistaken, LabelsChanged
from search_api.labelling.text import stretches
from search_api.pages.rendering import Templates
from search_api.paths import root_of
from search_api.problems import NotFound

NOBODY = "local"
"""Labeller of who needs no key, where the operator names none."""

NEW_MARK = "text"
"""Place of the form by which words are marked; events and marks have places by their number."""

PageId = Annotated[str, Path(max_length=64)]


class LabelPages:
    """Labelling for people."""

    def __init__(
        self,
        desk: LabelDesk,
        templates: Templates,
        *,
        labeller: str = NOBODY,
    ) -> None:
        """`labeller`: of visitors without a key."""
        self._desk = desk
        self._templates = templates
        self._labeller = labeller

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/label", self.listing)
        router.add_api_route("/label/{page}", self.page)
        router.add_api_route("/label/{page}", self.change, methods=["POST"])
        return router

    def listing(self, request: Request) -> Response:
        """The pages at hand, and those that were labelled before."""
        visitor_of(request).require(Scope.WRITE)
        values = {"pages": self._desk.pages(self._who(request))}
        return self._templates.page(request, "labels.html", values)

    def page(self, request: Request, page: PageId) -> Response:
        """A page with its labels."""
        visitor_of(request).require(Scope.WRITE)
        return self._show(request, self._labels(request, page))

    async def change(self, request: Request, page: PageId) -> Response:
        """Save a change, and show the page again where it was made."""
        fields = fields_of(await request.body())
        return await run_in_threadpool(self._change, request, page, fields)

    def _change(self, request: Request, page: str, fields: Mapping[str, str]) -> Response:
        known, who = fields.get("known", ""), self._who(request)
        try:
            self._desk.change(page, who, known, fields)
        except LabelMistaken as error:
            return self._refuse(request, page, fields, 422, error.message)
        except LabelsChanged:
            return self._refuse(request, page, fields, 409)
        except OSError as error:
            return self._refuse(request, page, fields, 507, os.strerror(error.errno or 0))
        place = fields.get("place", "")
        anchor = f"#{quote(place)}" if place else ""
        return RedirectResponse(f"{root_of(request)}/label/{quote(page)}{anchor}", 303)

    def _who(self, request: Request) -> str:
        return visitor_of(request).name or self._labeller

    def _labels(self, request: Request, page: str) -> Labels:
        labels = self._desk.open(page, self._who(request))
        if labels is None:
            raise NotFound("There is no such page to label.")
        return labels

    def _refuse(
        self,
        request: Request,
        page: str,
        fields: Mapping[str, str],
        status: int,
        mistake: str | None = None,
    ) -> Response:
        """The page again, with what was typed into the form."""
        typed = _still_right(fields) if status == 409 else fields
        labels = self._labels(request, page)
        return self._show(request, labels, mistake=mistake, typed=typed, status=status)

    def _show(
        self,
        request: Request,
        labels: Labels,
        *,
        mistake: str | None = None,
        typed: Mapping[str, str] = MappingProxyType({}),
        status: int = 200,
    ) -> Response:
        values = {
            "labels": labels,
            "known": labels.fingerprint,
            "stretches": stretches(labels),
            "kinds": MARK_KINDS,
            "mistake": mistake,
            "changed": status == 409,
            "typed": typed,
            "new_mark": NEW_MARK,
        }
        return self._templates.page(request, "label.html", values, status=status)


def _still_right(typed: Mapping[str, str]) -> Mapping[str, str]:
    """What of a form holds after somebody else's change: the words of a new mark. An event or mark
    of the number that was meant may be another one.
    """
    if typed.get("place") != NEW_MARK:
        return {}
    return {**typed, "event": "new" if typed.get("event") == "new" else ""}

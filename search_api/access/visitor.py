"""Who makes a request, and the dependency by which a route says what it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from indexer.access.scope import Scope
from search_api.access.forms import FormToken
from search_api.problems import KeyRequired, ScopeMissing


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who makes a request."""

    form: FormToken = field(repr=False)
    """For the forms of the answer."""
    address: str
    """IP address that the request comes from, as far as proxies can be believed."""
    scope: Scope | None = None
    """None: a stranger."""
    name: str | None = None
    """Name of the key; None: without one."""
    session: str | None = field(default=None, repr=False)
    """Id of the session, of people who logged in."""
    feed_key: str | None = field(default=None, repr=False)
    """What opens feeds in their place."""

    def may(self, scope: Scope) -> bool:
        """Whether what needs this scope is allowed."""
        return self.scope is not None and self.scope.includes(scope)

    def require(self, scope: Scope) -> None:
        """KeyRequired, or ScopeMissing where a key is known and not enough."""
        if self.may(scope):
            return
        if self.name is None:
            raise KeyRequired("This needs a key.", hint="Whoever runs this installation makes one.")
        raise ScopeMissing(
            f"The key {self.name} may not do this.", hint=f"It takes a key with scope {scope}."
        )


def visitor_of(request: Request) -> Visitor:
    """Who makes the request; the gate found out."""
    visitor: Visitor = request.state.visitor
    return visitor


def requires(scope: Scope) -> Callable[[Request], Awaitable[Visitor]]:
    """Dependency of a route that takes more than the gate demands of all of them (to read, the
    scope READ; with any other method, WRITE): `Depends(requires(Scope.ADMIN))`.
    """

    async def check(request: Request) -> Visitor:
        visitor = visitor_of(request)
        visitor.require(scope)
        return visitor

    return check


async def _current(request: Request) -> Visitor:
    # A coroutine, as each dependency that is none costs a change of threads.
    return visitor_of(request)


CurrentVisitor = Annotated[Visitor, Depends(_current)]
"""Parameter of a route that needs to know who asks."""

"""Every error that Rohstoffradar raises on purpose.

RadarError
├── ConfigError            configuration mistaken: all mistakes at once
├── FetchError             a page or discovery document was not got
│   ├── RobotsDenied       robots.txt forbids it
│   ├── HostUnavailable    no answer: DNS, refused connection, time-out
│   └── ResponseRejected   answer refused: address, size, type, redirects
├── ParseError             a page could not be read
├── QueryError             a query is mistaken; has the position
├── DatabaseError          system of record not usable
│   └── RunInProgress      another run holds it
├── StoreError             search store
│   ├── StoreUnavailable   does not answer, disk full, locked
│   ├── DocumentRejected   takes everything but these documents
│   └── SchemaMismatch     made by another version
└── DeliveryError          a message was not delivered
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar


class RadarError(Exception):
    """Base of all: one line for the reader, and a hint what to do."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(RadarError):
    """Configuration is mistaken; `problems` holds one line each (`file:line: what is wrong`)."""

    code = "configuration"

    def __init__(self, problems: list[str], *, hint: str = "") -> None:
        super().__init__("\n".join(problems), hint=hint)
        self.problems = problems


class FetchError(RadarError):
    """A page or discovery document was not got."""

    code = "fetch"


class RobotsDenied(FetchError):
    """robots.txt forbids the address."""

    code = "robots"


class HostUnavailable(FetchError):
    """The site gave no answer."""

    code = "unreachable"


class ResponseRejected(FetchError):
    """The answer was refused: forbidden address, too large, wrong type, too many redirects."""

    code = "refused"


class ParseError(RadarError):
    """A page could not be read; `reason` is a short stable code such as `empty` or `too-large`."""

    code = "parse"

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class QueryError(RadarError):
    """A query is mistaken; `position` is the offset of the character where it went wrong."""

    code = "query"

    def __init__(self, message: str, *, position: int, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position
        self.reason = reason


class DatabaseError(RadarError):
    """The system of record can't be used: locked, full, newer schema."""

    code = "database"


class RunInProgress(DatabaseError):
    """Another run holds the database."""

    code = "run-in-progress"


class StoreError(RadarError):
    """The search store failed."""

    code = "store"


class StoreUnavailable(StoreError):
    """The search store does not answer now."""

    code = "store-unavailable"


class DocumentRejected(StoreError):
    """The search store refuses documents; `reasons`: id → why. The others are written."""

    code = "document-rejected"

    def __init__(
        self, message: str, *, hint: str = "", reasons: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(message, hint=hint)
        self.reasons = dict(reasons)

    @classmethod
    def of(cls, reasons: Mapping[str, str]) -> DocumentRejected:
        """The error for these ids and reasons."""
        number = f"{len(reasons)} documents" if len(reasons) > 1 else "a document"
        first = next(iter(reasons.values()), "")
        return cls(f"the search store refuses {number}: {first}", reasons=reasons)


class SchemaMismatch(StoreError):
    """The index was made by another version of Rohstoffradar."""

    code = "schema-mismatch"


class DeliveryError(RadarError):
    """A message was not delivered."""

    code = "delivery"

"""All errors that Rohstoffradar raises deliberately.

RadarError
├── ConfigError            the configuration has mistakes; lists all of them
├── FetchError             a page or discovery document could not be fetched
│   ├── RobotsDenied       robots.txt forbids it
│   ├── HostUnavailable    no response: DNS, refused connection, time-out
│   └── ResponseRejected   response rejected: address, size, type, redirects
├── ParseError             a page could not be read
│   └── ArchiveError       its archived response can't be read
├── QueryError             a query is invalid; has the position
├── MeaningUnavailable     the encoder of meaning is installed and fails
├── DatabaseError          the system of record is not usable
│   ├── RunInProgress      another run has locked it
│   ├── DatabaseOutdated   made by an older version
│   └── DatabaseNewer      made by a newer version
├── BackupError            a backup can't be made, or can't be used
├── StoreError             the search store failed
│   ├── StoreUnavailable   no response, disk full, locked
│   ├── DocumentRejected   rejects these documents; the others are written
│   ├── SchemaMismatch     index made by another version
│   ├── IndexDamaged       files of the index have changed or are missing
│   └── ForeignData        index or archive of another installation
└── DeliveryError          a message could not be delivered
    └── DeliveryPostponed  it was not tried: its receiver has just failed
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar


class RadarError(Exception):
    """Base class: a message of one line, and a hint what to do."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(RadarError):
    """The configuration has mistakes; `problems`: a line for each (`file:line: what is wrong`)."""

    code = "configuration"

    def __init__(self, problems: list[str], *, hint: str = "") -> None:
        super().__init__("\n".join(problems), hint=hint)
        self.problems = problems


class FetchError(RadarError):
    """A page or discovery document could not be fetched."""

    code = "fetch"


class RobotsDenied(FetchError):
    """robots.txt forbids the address."""

    code = "robots"


class HostUnavailable(FetchError):
    """The site did not respond."""

    code = "unreachable"


class ResponseRejected(FetchError):
    """The response was rejected: forbidden address, too large, wrong type, too many redirects."""

    code = "refused"


class ParseError(RadarError):
    """A page could not be read; `reason` is a short stable code such as `empty` or `too-large`."""

    code = "parse"

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class ArchiveError(ParseError):
    """An archived response can't be read. Reason `not-in-archive`: its file is missing or can't be
    read now; `damaged`: its record is no longer whole.
    """

    code = "archive"
    NOT_THERE: ClassVar[str] = "not-in-archive"
    DAMAGED: ClassVar[str] = "damaged"


class QueryError(RadarError):
    """A query is invalid; `position` is the offset of the first wrong character, `meant` what
    stands there or behind it with what may have been meant by it.
    """

    code = "query"

    def __init__(
        self,
        message: str,
        *,
        position: int,
        reason: str,
        hint: str = "",
        meant: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.position = position
        self.reason = reason
        self.meant = meant


class MeaningUnavailable(RadarError):
    """The encoder of meaning is installed and can't be loaded, or fails: words decide alone."""

    code = "meaning-unavailable"


class DatabaseError(RadarError):
    """The system of record is not usable: locked, disk full, damaged."""

    code = "database"


class RunInProgress(DatabaseError):
    """Another run has locked the database."""

    code = "run-in-progress"


class DatabaseOutdated(DatabaseError):
    """An older version made the database; the next run migrates it."""

    code = "database-outdated"


class DatabaseNewer(DatabaseError):
    """A newer version made the database: what it says is not known to this one."""

    code = "database-newer"


class BackupError(RadarError):
    """A backup can't be made (disk full, program missing) or used (damaged, too new)."""

    code = "backup"


class StoreError(RadarError):
    """The search store failed."""

    code = "store"


class StoreUnavailable(StoreError):
    """The search store is not available at the moment."""

    code = "store-unavailable"


class DocumentRejected(StoreError):
    """The search store rejects documents; `reasons`: id → why. The others are written."""

    code = "document-rejected"

    def __init__(self, message: str, *, reasons: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(message)
        self.reasons = dict(reasons)

    @classmethod
    def of(cls, reasons: Mapping[str, str]) -> DocumentRejected:
        """The error for these ids and reasons."""
        number = f"{len(reasons)} documents" if len(reasons) > 1 else "a document"
        first = next(iter(reasons.values()), "")
        return cls(f"the search store rejects {number}: {first}", reasons=reasons)


class SchemaMismatch(StoreError):
    """The index was made by another version of Rohstoffradar."""

    code = "schema-mismatch"


class IndexDamaged(StoreError):
    """Files of the search index have changed or are missing; a rebuild makes it again."""

    code = "index-damaged"


class ForeignData(StoreError):
    """The index or the archive belongs to another installation: it is left as it is."""

    code = "foreign-data"


class DeliveryError(RadarError):
    """A message could not be delivered. `answer`: what the receiver said (an SMTP code, an HTTP
    status), if it did; `permanent`: it refused this message, and will again.
    """

    code = "delivery"

    def __init__(
        self, message: str, *, hint: str = "", answer: int | None = None, permanent: bool = False
    ) -> None:
        super().__init__(message, hint=hint)
        self.answer = answer
        self.permanent = permanent


class DeliveryPostponed(DeliveryError):
    """The message was not tried: its receiver failed for another one, for the reason given."""

    code = "delivery-postponed"


def postponement(failure: DeliveryError | None) -> DeliveryPostponed | None:
    """What becomes of the other messages of a receiver, if it has failed for one."""
    return DeliveryPostponed(failure.message, hint=failure.hint) if failure is not None else None

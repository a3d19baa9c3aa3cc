"""Reading all pages again when the trained parameters are others than before."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.documents.queries import extract_all_again
from radar.installation.installation import Installation


def read_again(connection: sa.Connection, installation: Installation) -> int:
    """Have all documents read again, as after a new version of the extractor, if they were read
    with other parameters; how many. Commits.
    """
    own = installation.own_parameters
    digest = own.digest
    if digest == own.read_with:
        return 0
    number = extract_all_again(connection)
    connection.commit()
    own.note_read_with(digest)
    return number

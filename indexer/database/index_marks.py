"""What `document.indexed` says of the search store.

A number is the revision that it holds, 0 that it holds none. A negative one is the revision that it
holds with something that has changed since without a new revision (source, day of the first look):
it is written again, and taken out if the document moves before.
"""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables

WRITE_AGAIN = -sa.func.abs(tables.document.c.indexed)
"""Value for documents that the store is to write again, whether it holds them or not."""
IS_HELD = tables.document.c.indexed != 0
"""Whether the store holds the document, in whichever form."""
IS_SEARCHED = sa.and_(IS_HELD, tables.document.c.moved_to.is_(None))
"""Whether it holds it to be found: what has moved is to be taken out."""

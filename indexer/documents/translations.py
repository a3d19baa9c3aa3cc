"""Language versions: pages that name each other as the same page in other languages.

Each version is a document of its own. A group has one address for each language;
otherwise a site that names a section page as the translation of all its articles would put them
all into one group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from indexer.database import tables
from indexer.records.document import Alternate, document_id


def keep_versions(
    connection: sa.Connection, url: str, lang: str, alternates: Sequence[Alternate]
) -> None:
    """Save the versions that the page at `url` names; the caller commits."""
    group = {lang: url} | _group_of(connection, url)
    if group.get(lang) != url:
        group = {lang: url}
    for alternate in alternates:
        others = {alternate.lang: alternate.url} | _group_of(connection, alternate.url)
        if all(group.get(code, address) == address for code, address in others.items()):
            group |= others
    if len(group) > 1:
        _write(connection, group)


def versions_of(
    connection: sa.Connection, url: str | None = None
) -> dict[str, list[dict[str, str | None]]]:
    """The other versions of the page at `url`, or of all pages: address → versions by language.

    A version is `lang`, `url`, and `id` where it is a document.
    """
    own, other = tables.language_version.alias(), tables.language_version.alias()
    query = (
        sa.select(own.c.url.label("own"), other.c.lang, other.c.url, tables.document.c.id)
        .join(other, sa.and_(other.c.group == own.c.group, other.c.url != own.c.url))
        .outerjoin(tables.document, tables.document.c.url == other.c.url)
        .order_by(other.c.lang)
    )
    if url is not None:
        query = query.where(own.c.url == url)
    found: dict[str, list[dict[str, str | None]]] = {}
    for row in connection.execute(query):
        version = {"lang": row.lang, "url": row.url, "id": row.id}
        found.setdefault(row.own, []).append(version)
    return found


def _group_of(connection: sa.Connection, url: str) -> dict[str, str]:
    own = sa.select(tables.language_version.c.group).where(tables.language_version.c.url == url)
    query = sa.select(tables.language_version.c.lang, tables.language_version.c.url).where(
        tables.language_version.c.group == own.scalar_subquery()
    )
    return {row.lang: row.url for row in connection.execute(query)}


def _write(connection: sa.Connection, group: Mapping[str, str]) -> None:
    name = document_id(min(group.values()))
    addresses = list(group.values())
    table = tables.language_version
    connection.execute(sa.delete(table).where(table.c.url.in_(addresses)))
    connection.execute(
        sa.insert(table),
        [{"url": url, "lang": lang, "group": name} for lang, url in group.items()],
    )

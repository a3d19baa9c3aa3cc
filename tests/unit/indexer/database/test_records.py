"""Rows of tables as records."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from indexer.database.records import columns_of, find_record, get_record, iter_records

TABLES = sa.MetaData()
BOOK = sa.Table(
    "book",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("titel", sa.Text, key="title"),
    sa.Column("author", sa.ForeignKey("author.id")),
)
AUTHOR = sa.Table(
    "author",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Book:
    name: str
    """Of the author."""
    id: int
    title: str


@pytest.fixture
def books() -> sa.Connection:
    connection = sa.create_engine("sqlite://").connect()
    TABLES.create_all(connection)
    connection.execute(sa.insert(AUTHOR), [{"id": 7, "name": "Agricola"}])
    titles = ("De re metallica", "Bermannus")
    rows = [{"id": n, "title": title, "author": 7} for n, title in enumerate(titles)]
    connection.execute(sa.insert(BOOK), rows)
    return connection


def test_fields_are_columns_by_name_and_the_first_table_counts(books: sa.Connection) -> None:
    query = sa.select(*columns_of(Book, BOOK, AUTHOR)).join(AUTHOR).order_by(BOOK.c.id)
    assert list(iter_records(books, Book, query)) == [
        Book("Agricola", 0, "De re metallica"),
        Book("Agricola", 1, "Bermannus"),
    ]
    one = query.where(BOOK.c.id == sa.bindparam("key"))
    assert find_record(books, Book, one, {"key": 1}) == Book("Agricola", 1, "Bermannus")
    assert find_record(books, Book, one, {"key": 2}) is None
    assert get_record(books, Book, query.where(BOOK.c.id == 1)).title == "Bermannus"
    with pytest.raises(sa.exc.NoResultFound):
        get_record(books, Book, query.where(BOOK.c.id == 2))
    books.close()

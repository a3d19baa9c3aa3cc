"""Pages that are read while the crawl goes on: what was read is there afterwards, and nothing
waits.
"""

import multiprocessing
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from indexer.database import tables
from indexer.frontier.port import ArchivePosition, Response
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError
from indexer.records.stated import Stated
from radar.stages.read_ahead import BYTES, ReadingAhead
from radar.stages.site_profiles import SiteProfiles

HOSTILE = "tests.unit.crawler.parsers.hostile_reader:HostileReader"


def at(number: int) -> ArchivePosition:
    """Where a page lies in the archive."""
    return ArchivePosition("one.warc.gz", number, 1)


def response(text: str) -> Response:
    """A fetched page whose body tells the reader what to do."""
    url = "https://example.org/"
    return Response(url, url, 200, {}, datetime(2026, 3, 1, tzinfo=UTC), text.encode())


def raw_page(source: str, fetched: Response) -> RawPage:
    """As text; the source `api` has answers that are no pages, the source `new` has whole ones, and
    at those of the source `odd` we fail.
    """
    if source == "odd":
        raise KeyError("items")
    if source == "new":
        return RawPage(body=fetched.body, url=fetched.final_url)
    if source == "api":
        raise ParseError("no text in it", reason="empty")
    return RawPage(text=fetched.body.decode(), url=fetched.final_url)


@contextmanager
def reading(folder: Path, reader: str = HOSTILE) -> Iterator[ReadingAhead]:
    """With one worker, and a database that knows no site."""
    engine = sa.create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with (
        engine.connect() as connection,
        PagePool[Hashable](
            config=None, workers=1, seconds=3, memory=256 << 20, reader=reader
        ) as pool,
        ReadingAhead(pool, folder, raw_page, SiteProfiles(connection)) as ahead,
    ):
        yield ahead
    engine.dispose()


@pytest.fixture
def ahead(tmp_path: Path) -> Iterator[ReadingAhead]:
    """One that works."""
    with reading(tmp_path) as ahead:
        yield ahead


def text_of(answer: object) -> str:
    assert isinstance(answer, Page)
    return answer.text


def test_every_answer_is_there_once(ahead: ReadingAhead, tmp_path: Path) -> None:
    for number in range(20):
        ahead.offer(at(number), "site", response(f"page {number}"))
    ahead.finish()
    texts = [text_of(ahead.answer(at(number), None)) for number in reversed(range(20))]
    assert texts == [f"page {number} True" for number in reversed(range(20))]
    assert ahead.answer(at(3), None) is None
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_which_something_else_was_stated_is_read_again(ahead: ReadingAhead) -> None:
    stated = Stated("2026-03-01", "Zinn")
    ahead.offer(at(1), "site", response("one"), stated)
    ahead.offer(at(2), "site", response("two"), stated)
    ahead.finish()
    assert ahead.answer(at(1), None) is None
    assert text_of(ahead.answer(at(2), None, stated)) == "two True"


def test_failure_comes_with_its_reason(ahead: ReadingAhead) -> None:
    ahead.offer(at(1), "site", response("refuse"))
    ahead.offer(at(2), "site", response("leave"))
    ahead.finish()
    answers = [ahead.answer(at(1), None), ahead.answer(at(2), None)]
    assert [a.reason for a in answers if isinstance(a, ParseError)] == ["hostile-markup", "crashed"]


def test_what_is_no_page_and_what_there_is_no_room_for_is_left(ahead: ReadingAhead) -> None:
    ahead.offer(at(1), "api", response("{}"))
    ahead.offer(at(2), "site", response("x" * BYTES))
    ahead.offer(at(3), "site", response("one more"))
    ahead.finish()
    assert ahead.answer(at(1), None) is None
    assert isinstance(ahead.answer(at(2), None), Page)
    assert ahead.answer(at(3), None) is None


def test_an_answer_at_which_we_fail_is_left_and_its_source_goes_on(ahead: ReadingAhead) -> None:
    ahead.offer(at(0), "odd", response("not read"))
    ahead.offer(at(1), "site", response("read"))
    ahead.finish()
    assert ahead.answer(at(0), None) is None
    assert text_of(ahead.answer(at(1), None)).startswith("read")


def test_workers_that_cannot_start_are_told_of_at_the_end(tmp_path: Path) -> None:
    with reading(tmp_path, "tests.nowhere:Reader") as ahead:
        ahead.offer(at(1), "site", response("one"))
        with pytest.raises(RadarError, match="can't start"):
            ahead.finish()
        ahead.offer(at(2), "site", response("two"))
        with pytest.raises(RadarError, match="can't start"):
            ahead.finish()


def test_workers_that_got_ready_for_nothing_end(tmp_path: Path) -> None:
    with reading(tmp_path) as ahead:
        ahead.expect()
        ahead.expect()
    assert multiprocessing.active_children() == []


def test_workers_that_got_ready_read(ahead: ReadingAhead) -> None:
    ahead.expect()
    ahead.offer(at(1), "site", response("one"))
    ahead.finish()
    assert text_of(ahead.answer(at(1), None)) == "one True"


def test_pages_of_a_site_to_be_learnt_are_left(ahead: ReadingAhead) -> None:
    ahead.offer(at(1), "new", response("<p>one</p>"))
    ahead.offer(at(2), "site", response("two"))
    ahead.finish()
    assert ahead.answer(at(1), None) is None
    assert text_of(ahead.answer(at(2), None)) == "two True"


def test_what_was_read_with_another_profile_is_left(ahead: ReadingAhead) -> None:
    ahead.offer(at(1), "site", response("one"))
    ahead.finish()
    assert ahead.answer(at(1), SiteProfile(pages=3, lines=frozenset({"ab"}))) is None

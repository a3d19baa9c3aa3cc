from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from indexer.query import QueryCompiler
from indexer.query.topics import Topic
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.errors import (
    DocumentRejected,
    IndexDamaged,
    QueryError,
    SchemaMismatch,
    StoreUnavailable,
)
from indexer.records.reference import load_reference
from indexer.stores import (
    embedded,
    tantivy_facets,
    tantivy_index,
    tantivy_names,
    tantivy_state,
)
from indexer.stores.base import SearchRequest, Sort, Store
from indexer.stores.cursor import encode_cursor
from indexer.stores.embedded import EmbeddedStore, open_rebuild
from indexer.stores.index_folders import current_index_folder
from indexer.stores.tantivy_index import read_view

COMPILER = QueryCompiler(load_reference(), {})
ROOT = Path(__file__).resolve().parents[4]


def document(number: int, text: str = "Kupfer") -> StoredDocument:
    url = f"https://example.org/{number}"
    page = Page(url, lang="de", title="Meldung", text=text)
    return StoredDocument(document_id(url), url, "s", 1, datetime(2026, 1, 1, tzinfo=UTC), page)


def count(store: Store, query: str = "*") -> int:
    return store.search(SearchRequest(query, limit=1)).total


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


@pytest.fixture
def store(folder: Path) -> Iterator[EmbeddedStore]:
    made = EmbeddedStore(folder, COMPILER, writable=True)
    yield made
    made.close()


def test_it_satisfies_the_port(store: EmbeddedStore) -> None:
    port: Store = store
    assert port.revisions() == {}


def test_an_index_that_a_rebuild_removes_is_forgotten_and_still_answers(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(1)])
    current = current_index_folder(folder)
    assert current is not None
    index = tantivy_index.TantivyIndex(current)
    searcher = index.searcher()
    for path in current.iterdir():
        path.unlink()
    index.forget()
    assert (index.searcher().num_docs, searcher.num_docs) == (1, 1)


def test_a_reader_of_another_process_sees_every_write_at_its_next_search(
    store: EmbeddedStore, folder: Path
) -> None:
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    for number in range(3):
        store.write([document(number)])
        assert count(reader) == number + 1


def test_a_reader_before_the_first_write_finds_nothing_and_then_everything(folder: Path) -> None:
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    assert count(reader) == 0
    assert reader.revisions() == {}
    writer = EmbeddedStore(folder, COMPILER, writable=True)
    writer.write([document(1)])
    assert count(reader) == 1
    writer.close()


def test_a_reader_does_not_write(store: EmbeddedStore, folder: Path) -> None:
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    with pytest.raises(StoreUnavailable):
        reader.write([document(1)])


def test_a_second_writer_is_told_to_wait(store: EmbeddedStore, folder: Path) -> None:
    store.write([document(1)])
    second = EmbeddedStore(folder, COMPILER, writable=True)
    with pytest.raises(StoreUnavailable) as caught:
        second.write([document(2)])
    assert "another process" in caught.value.message
    assert caught.value.hint
    assert count(second) == 1
    store.close()
    second.write([document(2)])
    assert count(second) == 2
    second.close()


def test_documents_stay_after_closing(folder: Path) -> None:
    first = EmbeddedStore(folder, COMPILER, writable=True)
    first.write([document(1)])
    first.close()
    again = EmbeddedStore(folder, COMPILER, writable=True)
    assert count(again, "Kupfer") == 1
    again.close()


@pytest.mark.parametrize("content", ['{"schema": 0, "analyzer": 1}', None])
def test_an_index_of_another_version_is_refused_with_the_remedy(
    folder: Path, content: str | None
) -> None:
    EmbeddedStore(folder, COMPILER, writable=True).close()
    index_folder = current_index_folder(folder)
    assert index_folder is not None
    version = index_folder / "rohstoffradar.json"
    if content is None:
        version.unlink()
    else:
        version.write_text(content)
    for writable in (True, False):
        with pytest.raises(SchemaMismatch) as caught:
            EmbeddedStore(folder, COMPILER, writable=writable)
        assert "radar rebuild" in caught.value.hint


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize(
    ("name", "content"),
    [("meta.json", "{"), ("meta.json", ""), ("rohstoffradar.json", "{"), ("../current", "")],
)
def test_a_damaged_index_is_reported_with_the_remedy(
    store: EmbeddedStore, folder: Path, name: str, content: str, writable: bool
) -> None:
    store.write([document(1)])
    store.close()
    index_folder = current_index_folder(folder)
    assert index_folder is not None
    (index_folder / name).write_text(content)
    with pytest.raises(IndexDamaged) as caught:
        EmbeddedStore(folder, COMPILER, writable=writable)
    assert "radar rebuild" in caught.value.hint
    rebuild = open_rebuild(folder, COMPILER)
    rebuild.write([document(1), document(2)])
    rebuild.finish()
    healed = EmbeddedStore(folder, COMPILER, writable=True)
    assert healed.count() == 2
    healed.close()


@pytest.mark.parametrize("suffix", ["idx", "pos", "term", "store", "fast", "fieldnorm"])
def test_a_changed_byte_anywhere_is_found_before_anything_is_written(
    store: EmbeddedStore, folder: Path, suffix: str
) -> None:
    store.write([document(1)])
    store.close()
    [path] = (folder / "1").glob(f"*.{suffix}")
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match=path.name):
        EmbeddedStore(folder, COMPILER, writable=True)


def test_a_panic_of_the_engine_is_an_error_like_any_other(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(number) for number in range(40)])
    store.close()
    [path] = (folder / "1").glob("*.fast")
    data = path.read_bytes()
    for position in range(0, len(data), 29):
        changed = path.with_suffix(".changed")
        changed.write_bytes(data[:position] + b"\xff" * 20 + data[position + 20 :])
        changed.replace(path)  # the engine maps its files into memory: they are never cut
        with suppress(IndexDamaged):
            reader = EmbeddedStore(folder, COMPILER, writable=False)
            reader.search(SearchRequest("*", facets=True, limit=0))
            reader.search(SearchRequest("Kupfer", sort="newest"))


def test_a_file_in_the_place_of_the_folder_is_named(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("not an index")
    for writable in (True, False):
        with pytest.raises(IndexDamaged, match="no folder"):
            EmbeddedStore(folder, COMPILER, writable=writable)
    with pytest.raises(IndexDamaged, match="no folder"):
        open_rebuild(folder, COMPILER)


def test_a_rebuild_goes_on_beside_searches_and_is_swapped_in_at_once(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(1), document(2)])
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    rebuild = open_rebuild(folder, COMPILER)
    rebuild.write([document(number) for number in range(10, 15)])
    rebuild.delete([document(14).id])
    assert len(rebuild.revisions()) == 4
    assert count(reader) == 2
    rebuild.finish()
    assert count(reader) == 4
    assert count(store) == 4
    store.write([document(20)])
    assert count(reader) == 5


def test_an_index_of_another_version_can_be_rebuilt(folder: Path) -> None:
    EmbeddedStore(folder, COMPILER, writable=True).close()
    index_folder = current_index_folder(folder)
    assert index_folder is not None
    (index_folder / "rohstoffradar.json").write_text("{}")
    rebuild = open_rebuild(folder, COMPILER)
    rebuild.write([document(1)])
    rebuild.finish()
    assert count(EmbeddedStore(folder, COMPILER, writable=False)) == 1


def test_an_abandoned_or_killed_rebuild_leaves_the_index_as_it_was(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(1)])
    open_rebuild(folder, COMPILER).write([document(2)])  # never finished
    abandoned = open_rebuild(folder, COMPILER)
    abandoned.write([document(3)])
    abandoned.abandon()
    assert count(store) == 1
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["1"]


def test_the_next_writer_removes_what_rebuilds_have_left(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(1)])
    rebuild = open_rebuild(folder, COMPILER)
    rebuild.write([document(2)])
    rebuild.finish()
    open_rebuild(folder, COMPILER).write([document(3)])  # killed
    (folder / "1").mkdir(exist_ok=True)  # of a version that left it
    store.close()
    EmbeddedStore(folder, COMPILER, writable=True).close()
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["2"]


def test_searches_do_not_fail_while_rebuilds_are_swapped_in(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(1)])
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                assert count(reader) == 1
            except (StoreUnavailable, AssertionError) as error:
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        rebuild = open_rebuild(folder, COMPILER)
        rebuild.write([document(1)])
        rebuild.finish()
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def with_names(number: int, *names: str) -> StoredDocument:
    made = document(number)
    return replace(made, page=replace(made.page, organisations=names))


def organisations(store: Store) -> list[tuple[str, int]]:
    facets = store.search(SearchRequest("*", limit=1, facets=True)).facets
    return [(value.label, value.count) for value in facets["organisation"]]


def test_what_was_counted_is_of_the_index_as_it_is(store: EmbeddedStore, folder: Path) -> None:
    reader = EmbeddedStore(folder, COMPILER, writable=False)
    store.write([with_names(1, "Erzkunde AG"), with_names(2, "Erzkunde AG")])
    assert organisations(reader) == organisations(store) == [("Erzkunde AG", 2)]
    store.delete([document(2).id])
    assert organisations(reader) == organisations(store) == [("Erzkunde AG", 1)]
    rebuild = open_rebuild(folder, COMPILER)
    rebuild.write([with_names(3, "Bohrkern GmbH")])
    rebuild.finish()
    assert organisations(reader) == organisations(store) == [("Bohrkern GmbH", 1)]
    reader.close()


def test_every_value_of_a_field_is_read_once_in_a_state_of_the_index(
    store: EmbeddedStore,
) -> None:
    store.write([with_names(1, "Erzkunde AG")])
    read = store.values("organisation")
    assert store.values("country") == store.values("country")
    assert store.values("organisation") is read
    store.write([with_names(2, "Bohrkern GmbH")])
    assert {value.label for value in store.values("organisation")} == {
        "Erzkunde AG",
        "Bohrkern GmbH",
    }


def test_a_name_that_is_too_long_for_the_engine_is_left_out_of_facets(store: EmbeddedStore) -> None:
    store.write([with_names(1, "Erzkunde AG", "Institut " + "Berg" * 20_000)])
    assert organisations(store) == [("Erzkunde AG", 1)]
    assert [value.label for value in store.values("organisation")] == ["Erzkunde AG"]


def test_of_names_with_one_number_the_one_that_most_pages_have_is_shown(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (tantivy_index, tantivy_facets, tantivy_names):
        monkeypatch.setattr(module, "number_of", lambda _: 7)
    store.write([with_names(number, "Kobaltwerk") for number in (1, 2)])
    store.write([with_names(3, "Antimonwerk")])
    assert organisations(store) == [("Kobaltwerk", 3)]


def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    """A process that is killed while it writes loses nothing that `write` has returned from."""
    program = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from test_embedded import COMPILER, EmbeddedStore, Path, document
store = EmbeddedStore(Path({str(folder)!r}), COMPILER, writable=True)
for number in range(10_000):
    store.write([document(number)])
    print(number, flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(4)]
        time.sleep(0.02)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout.read().split()]
    store = EmbeddedStore(folder, COMPILER, writable=True)
    assert set(store.revisions()) >= {document(number).id for number in acknowledged}
    store.write([document(99_999)])
    store.close()


def test_a_full_disk_is_told_and_heals(folder: Path) -> None:
    """The limit on the size of files stands in for a full disk: the same call fails."""
    program = f"""
import resource, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from test_embedded import COMPILER, EmbeddedStore, Path, StoreUnavailable, count, document
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = EmbeddedStore(Path({str(folder)!r}), COMPILER, writable=True)
store.write([document(1)])
resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))
try:
    store.write([document(2, "Zink " * 5000)])
except StoreUnavailable as error:
    print("told", error.hint)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.write([document(3)])
print("healed", count(store), sorted(store.revisions()) == sorted([document(1).id, document(3).id]))
store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines()[0].startswith("told ")
    assert done.stdout.splitlines()[1] == "healed 2 True"


def test_the_largest_queries_are_answered(store: EmbeddedStore) -> None:
    store.write([document(number, "Kupfer Zink Blei Lithium") for number in range(20)])
    for query in (
        " OR ".join(["lithium"] * 100),
        " ".join(["Kupfer"] * 100),
        "(" * 20 + "Kupfer" + ")" * 20,
        "-" * 1000 + "Kupfer",
        '"' + "Kupfer " * 200 + '"',
        "-".join(["Kupfer"] * 200),
        "x" * 2000,
        "event_date:[0001 TO 9999] OR published:[0001 TO 9999]",
    ):
        store.search(SearchRequest(query, facets=True))


def test_odd_documents_are_kept_and_found(store: EmbeddedStore) -> None:
    odd = [
        replace(document(1), page=Page(None)),
        replace(document(2), page=Page("x", text="w" * 300_000 + " ende", lang="de")),
        replace(document(3), page=Page("x", text="\x00 \ufffe ﷺ ʻ ende", lang="ar", title="")),
        replace(document(5), page=Page("x", text="halb \ud800 ende", title="\udfff", lang="de")),
        replace(document(4), source="ü" * 500, page=Page("x", text="ende", published="--09-25")),
    ]
    store.write(odd)
    assert count(store) == 5
    assert count(store, "ende") == 4
    assert json.dumps([hit.to_json() for hit in store.search(SearchRequest("*")).hits])


def test_a_value_that_can_not_be_written_rejects_its_document(store: EmbeddedStore) -> None:
    with pytest.raises(DocumentRejected):
        store.write([document(1), replace(document(2), source="\ud800")])
    store.write([document(1)])
    assert count(store) == 1


def test_forged_cursors_and_limits_are_bounded(store: EmbeddedStore) -> None:
    store.write([document(number) for number in range(3)])
    far = encode_cursor(SearchRequest("Kupfer"), 2**61)
    assert store.search(SearchRequest("Kupfer", cursor=far)).hits == ()
    with pytest.raises(QueryError):
        store.search(SearchRequest("Kupfer", cursor=encode_cursor(SearchRequest("Kupfer"), 2**64)))
    assert len(store.search(SearchRequest("Kupfer", limit=2**60)).hits) == 3
    assert len(store.search(SearchRequest("*", "newest", limit=2**60)).hits) == 3


def test_which_documents_have_a_topic_is_found_out_once_until_something_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = Topic("t", "T", terms={"de": ("Kupfer",)}, exclude={"de": ("Wetter",)})
    compiler = QueryCompiler(load_reference(), {"t": topic})
    read: list[object] = []

    def counted(*given: Any) -> Any:
        read.append(given[1])
        return read_view(*given)

    monkeypatch.setattr(tantivy_state, "read_view", counted)
    apart, together = "Kupfer.\n\nWetter.", "Kupfer bei Wetter."
    store = EmbeddedStore(folder, compiler, writable=True)
    with closing(store):
        store.write([document(1, apart), document(2, together), document(3, apart)])
        first = store.search(SearchRequest("topic:t", limit=1))
        assert (first.total, len(read)) == (2, 3 + 1), "all three, and the hit"
        second = store.search(SearchRequest("topic:t", limit=1, cursor=first.next))
        assert (second.total, len(read)) == (2, 3 + 1 + 1), "the hit alone"
        store.write([replace(document(2, apart), revision=2)])
        assert count(store, "topic:t") == 3


def test_a_part_of_a_reading_of_all_hits_leaves_no_file_of_the_index_in_memory(
    store: EmbeddedStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def give_back(found: Path, *, scattered: bool, kept_open: Collection[str]) -> None:
        assert found == current_index_folder(folder)
        assert kept_open == {path.stem for path in found.glob("*.store")}
        given.append("scattered" if scattered else "ahead")

    monkeypatch.setattr(tantivy_index, "give_back", give_back)
    monkeypatch.setattr(tantivy_index, "give_back_again", lambda: given.append("programs"))
    monkeypatch.setattr(embedded, "give_back_freed", lambda: given.append("freed"))
    much, little = tantivy_index.MUCH + 1, tantivy_index.MUCH
    held = iter([0, much, little, 0, little, much, 0, much])
    monkeypatch.setattr(tantivy_index, "mapped_memory", lambda: next(held))
    store.write([document(number) for number in range(5)])
    assert store.search(SearchRequest("Kupfer")).total == 5
    assert given == []
    assert store.search(SearchRequest("Kupfer", once=True, limit=3)).next
    part = ["scattered", "programs"]
    # What was read before, and at the start; what it took to find the hits, to read the first of
    # them, and to read the others; to open readers anew.
    assert given == ["ahead", "freed", "scattered", *part * 3, "ahead"]
    given.clear()
    assert store.search(SearchRequest("Kupfer", once=True)).next is None
    assert given == ["ahead", "freed", "scattered", *part * 4, "ahead"]


def test_what_is_let_go_as_surely_mapped_is_of_the_commit_that_readers_have(
    store: EmbeddedStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Collection[str]] = []

    def give_back(_: Path, *, scattered: bool, kept_open: Collection[str]) -> None:
        del scattered
        given.append(kept_open)

    monkeypatch.setattr(tantivy_index, "give_back", give_back)
    store.write([document(1)])
    path = current_index_folder(folder)
    assert path
    index = tantivy_index.TantivyIndex(path)
    before = {each.stem for each in path.glob("*.store")}
    index.let_go()
    store.write([document(2)])
    index.let_go()
    assert given == [before, before], "what was committed since may be unmapped by others"
    index.searcher()
    index.let_go()
    assert before < set(given[-1]) == {each.stem for each in path.glob("*.store")}
    (path / "meta.json").write_bytes(b"{}")
    monkeypatch.setattr(index, "_index", Readers())
    index.forget()
    assert not given[-1], "nobody knows"


class Readers:
    """Of an index whose list of segments can't be read."""

    def reload(self) -> None:
        """Open them anew."""

    def searcher(self) -> None:
        """None is used."""


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_a_reading_of_all_hits_is_of_one_state_of_the_index(
    store: EmbeddedStore, sort: Sort
) -> None:
    store.write([document(number, "Kupfer" + " und Zinn" * number) for number in range(6)])
    request = SearchRequest("Kupfer", sort=sort, limit=2, once=True)
    whole = [hit.id for hit in store.search(replace(request, limit=0)).hits]
    read: list[str] = []
    while True:
        result = store.search(request)
        read += [hit.id for hit in result.hits]
        if result.next is None:
            break
        request = replace(request, cursor=result.next)
        # The best page becomes the worst one, and a new one the best.
        best = next(n for n in range(6) if document(n).id == whole[0])
        store.write([document(6 + len(read), "Kupfer Kupfer")])
        store.write([replace(document(best, "Kupfer" + " und Blei" * 30), revision=len(read))])
    assert read == whole


def test_a_reading_goes_on_in_the_index_that_a_rebuild_has_replaced(
    store: EmbeddedStore, folder: Path
) -> None:
    store.write([document(number) for number in range(4)])
    request = SearchRequest("Kupfer", limit=2, once=True)
    first = store.search(request)
    for _ in range(2):
        open_rebuild(folder, COMPILER).finish()
        assert count(store) == 0
    second = store.search(replace(request, cursor=first.next))
    assert len({hit.id for hit in (*first.hits, *second.hits)}) == 4


def test_a_reading_goes_on_in_a_store_that_was_closed(store: EmbeddedStore) -> None:
    store.write([document(number) for number in range(4)])
    request = SearchRequest("Kupfer", limit=2, once=True)
    first = store.search(request)
    store.close()
    assert len(store.search(replace(request, cursor=first.next)).hits) == 2


def test_a_reading_has_readers_of_its_own_that_go_with_its_cursor(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget = Mock()
    monkeypatch.setattr(tantivy_index.TantivyIndex, "forget", forget)
    store.write([document(number) for number in range(6)])
    request = SearchRequest("Kupfer", limit=2, once=True)
    cursor = store.search(request).next
    second = store.search(replace(request, cursor=cursor)).next
    assert forget.call_count == 3
    first, state = (weakref.ref(vars(each)["begun"][0]) for each in (cursor, second))
    assert first() is not state()
    del cursor
    assert first() is None
    del second
    assert state() is None


def test_a_reading_whose_state_has_passed_stays_with_its_readers(store: EmbeddedStore) -> None:
    store.write([document(number) for number in range(6)])
    request = SearchRequest("Kupfer", limit=2, once=True)
    cursor = store.search(request).next
    store.write([document(7)])
    second = store.search(replace(request, cursor=cursor))
    assert vars(second.next)["begun"][0] is vars(cursor)["begun"][0]
    third = store.search(replace(request, cursor=second.next))
    assert (third.total, len(third.hits), third.next) == (6, 2, None)

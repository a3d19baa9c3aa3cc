from __future__ import annotations

import platform
import subprocess
import sys

import pytest
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder

from indexer.records import reference
from indexer.records.reference import load_reference
from indexer.text.folding import fold, surfaces_of
from indexer.text.stemming import stem
from radar.service.freed_memory import (
    forget_words_of_tables,
    give_back_freed_memory,
    leave_out_pydantic_1,
)

PROGRAM = """
import ctypes, os, sys, threading
if sys.argv[1] == "given-back":
    from radar.service.freed_memory import give_back_freed_memory
    give_back_freed_memory()
malloc, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
malloc.restype, free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE")

def work():
    first = malloc(16 << 20)
    free(first)  # from now on glibc keeps blocks up to this size
    blocks = [malloc(256 << 10) for _ in range(64)]
    for block in blocks:
        ctypes.memset(block, 1, 256 << 10)
    last = malloc(8 << 10)  # what is behind them stays
    ctypes.memset(last, 1, 8 << 10)
    for block in blocks:
        free(block)

before = resident()
work()
print(resident() - before > 8 << 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs glibc")
@pytest.mark.parametrize(("how", "kept"), [("kept", "True"), ("given-back", "False")])
def test_large_blocks_that_were_freed_are_given_back(how: str, kept: str) -> None:
    run = [sys.executable, "-c", PROGRAM, how]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == kept


def test_without_glibc_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_back_freed_memory()


def test_words_of_tables_are_forgotten() -> None:
    known = load_reference()
    assert stem(*surfaces_of("Kupfer"), "de") == "kupf"
    forget_words_of_tables()
    caches = (fold, surfaces_of, stem, reference._read_unchanged_yaml)
    assert [each.cache_info().currsize for each in caches] == [0, 0, 0, 0]
    assert load_reference() is known, "the tables themselves stay"


def test_languages_and_countries_are_known_by_their_codes_alone() -> None:
    tables = """
import sys
from babel.core import Locale, get_global
from indexer.records.values import check_country, check_language
from radar.service.freed_memory import forget_words_of_tables
forget_words_of_tables()
assert (check_language("ky"), check_country("KG")) == ("ky", "KG")
assert Locale.parse("ru").territories["KG"]
print(sum(len(get_global(name)) for name in ("likely_subtags", "territory_languages")))
"""
    child = subprocess.run([sys.executable, "-c", tables], capture_output=True, check=True)
    assert child.stdout.split() == [b"0"]


def test_the_first_version_of_pydantic_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pydantic.v1", raising=False)
    leave_out_pydantic_1()
    app = FastAPI()
    app.add_api_route("/", lambda: {"pages": [1]}, response_model=dict[str, list[int]])
    assert app.openapi()["paths"]["/"]
    assert jsonable_encoder({"pages": (1,)}) == {"pages": [1]}
    assert sys.modules["pydantic.v1"] is None


def test_a_server_loads_no_parser_of_pages_or_archives() -> None:
    heavy = ("lxml.etree", "fastwarc", "numpy", "scrapy")
    program = f"import sys, radar.commands.serve; print([m for m in {heavy} if m in sys.modules])"
    run = [sys.executable, "-c", program]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_docstrings_of_libraries_are_forgotten_and_ours_stay() -> None:
    program = """
import sqlalchemy
from radar.service.freed_memory import forget_docstrings, forget_words_of_tables
assert sqlalchemy.select.__doc__ and sqlalchemy.select.__code__.co_consts[0]
forget_docstrings()
assert sqlalchemy.select.__doc__ is None and sqlalchemy.select.__code__.co_consts[0] is None
assert str(sqlalchemy.select(sqlalchemy.literal_column("1"))) == "SELECT 1"
assert forget_words_of_tables.__doc__
"""
    subprocess.run([sys.executable, "-c", program], check=True)

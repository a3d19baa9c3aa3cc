from __future__ import annotations

import hashlib
import subprocess
import sys

from radar.without_openssl import without_openssl

LOADED = """
import sys
from radar.cli import radar
radar.get_command(None, "export")
import hashlib
print(*sorted({"_ssl", "_hashlib", "ssl", "smtplib", "http.client"} & sys.modules.keys()))
print(hashlib.sha256(b"ore").hexdigest(), hashlib.blake2b(b"ore").hexdigest())
import ssl
print(ssl.create_default_context().check_hostname)
"""


def test_an_export_is_loaded_without_openssl_and_a_connection_may_load_it_later() -> None:
    printed = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True).stdout
    loaded, hashes, checks = printed.decode().splitlines()
    assert loaded == ""
    made = (hashlib.sha256(b"ore").hexdigest(), hashlib.blake2b(b"ore").hexdigest())
    assert (hashes, checks) == (" ".join(made), "True")


NO_HASHES_OF_ITS_OWN = """
import sys
from importlib.machinery import BuiltinImporter, PathFinder
for finder in (BuiltinImporter, PathFinder):
    def find_spec(name, *given, found=finder.find_spec):
        lacking = name in ("_md5", "_sha1", "_sha2", "_sha256", "_sha512", "_sha3")
        return None if lacking else found(name, *given)
    finder.find_spec = find_spec
from radar.without_openssl import without_openssl
with without_openssl():
    import hashlib
print(hashlib.sha256(b"ore").hexdigest())
"""


def test_where_python_has_no_hashes_of_its_own_those_of_openssl_are_loaded() -> None:
    python = [sys.executable, "-c", NO_HASHES_OF_ITS_OWN]
    printed = subprocess.run(python, capture_output=True, check=True, text=True)
    assert printed.stdout.strip() == hashlib.sha256(b"ore").hexdigest()
    assert printed.stderr == ""


def test_where_it_is_loaded_it_stays() -> None:
    before = {name: sys.modules.get(name) for name in ("_ssl", "_hashlib")}
    with without_openssl():
        assert {name: sys.modules.get(name) for name in before} == before

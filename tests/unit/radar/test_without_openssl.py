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


def test_where_it_is_loaded_it_stays() -> None:
    before = {name: sys.modules.get(name) for name in ("_ssl", "_hashlib")}
    with without_openssl():
        assert {name: sys.modules.get(name) for name in before} == before

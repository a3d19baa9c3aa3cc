"""What is said of a search store whose certificate is not taken."""

from __future__ import annotations

import pytest

from indexer.records.errors import StoreUnavailable
from indexer.stores.elastic.client import cluster_errors
from indexer.stores.elastic.official_client import TlsError


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("certificate has expired (_ssl.c:1006)", "renew it there"),
        ("certificate is not yet valid (_ssl.c:1006)", "renew it there"),
        ("self-signed certificate in certificate chain (_ssl.c:1006)", "set `ca`"),
    ],
)
def test_a_certificate_out_of_its_time_is_to_be_renewed_and_no_other(
    reason: str, remedy: str
) -> None:
    with pytest.raises(StoreUnavailable, match="is not trusted") as caught, cluster_errors("here"):
        raise TlsError(f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason}")
    assert caught.value.hint is not None
    assert caught.value.hint.startswith(remedy)

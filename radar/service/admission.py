"""Who is let in by a server that listens on this address: decided before it starts."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from indexer.records.errors import ConfigError
from radar.configuration.settings import Settings
from radar.service.key_ring import DatabaseKeyRing
from search_api.access.hosts import AllowedHosts, host_of, is_loopback
from search_api.access.rules import AccessRules, Admission

OPEN_WARNING = (
    "warning: --open lets everybody who reaches {where} read everything; "
    "`radar key add NAME` makes a key"
)


def access_rules(settings: Settings, host: str, *, is_open: bool) -> AccessRules:
    """Who is let in by a server on this host.

    ConfigError, one line with the remedy, where others could come, and there is neither a key nor
    `--open`, or where `--open` contradicts radar.yaml. DatabaseError where nobody knows whether
    there is a key.
    """
    if is_open and settings.web.asked == "always":
        problem = "error: radar.yaml has web.keys: always, which --open contradicts: leave one out"
        raise ConfigError([problem])
    admission = _admission(settings, host, is_open=is_open)
    if admission is Admission.KEYS and not key_ring(settings).any():
        why = _reachable_by_others(settings, host) or "radar.yaml has web.keys: always"
        remedy = "make one with `radar key add NAME`"
        if settings.web.asked != "always":
            remedy += ", or let everybody in with --open"
        raise ConfigError([f"error: {why}, and there is no key yet: {remedy}"])
    return AccessRules(
        admission, _hosts(settings, host), settings.public_url, settings.web.requests_per_minute
    )


def key_ring(settings: Settings) -> DatabaseKeyRing:
    """The keys of this installation."""
    made_with_it = (settings.index, settings.archive, settings.feeds)
    return DatabaseKeyRing(settings.database, made_with_it=made_with_it)


def _admission(settings: Settings, host: str, *, is_open: bool) -> Admission:
    if is_open:
        return Admission.OPEN
    asked = settings.web.asked == "always" or _reachable_by_others(settings, host)
    return Admission.KEYS if asked else Admission.DIRECT


def _reachable_by_others(settings: Settings, host: str) -> str | None:
    """Why others than who is on this machine could come; None: they can't."""
    if not all(is_loopback(address) for address in _addresses(host)):
        return f"{host or 'every address'} can be reached from other machines"
    public = urlsplit(settings.public_url or "").hostname
    if public and not is_loopback(public):
        return f"public_url says that people come from {settings.public_url}"
    return None


def _addresses(host: str) -> set[str]:
    """The addresses that a server on this host listens on; the host itself if it has none."""
    try:
        found = socket.getaddrinfo(
            host or None, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError:
        return {host}
    return {str(address[0]) for *_, address in found}


def _hosts(settings: Settings, host: str) -> AllowedHosts:
    public = urlsplit(settings.public_url or "").hostname
    named = {*settings.web.allowed_hosts, host, *([public] if public else [])}
    everywhere = any(address in ("0.0.0.0", "::") for address in _addresses(host))  # noqa: S104  compared, not bound
    if everywhere:
        named.add(socket.gethostname())
    names = {found for name in named if (found := host_of(_bracketed(name))) is not None}
    return AllowedHosts(frozenset(names), any_address=everywhere)


def _bracketed(name: str) -> str:
    return f"[{name}]" if name.count(":") > 1 else name

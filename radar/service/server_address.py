"""The address that the server listens on."""

from __future__ import annotations

import socket

import click

host_option = click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Where it listens; 0.0.0.0: on all addresses of this machine.",
)
port_option = click.option(
    "--port", metavar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535)
)
open_option = click.option(
    "--open",
    "is_open",
    is_flag=True,
    help="Let everybody who reaches the address read, without a key.",
)
label_option = click.option(
    "--label", "labelling", is_flag=True, help="Let who may write label pages."
)


def check_free(host: str, port: int) -> None:
    """Raise click.UsageError if the address (IPv4, IPv6 or a name) can't be bound."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise click.UsageError(
            f"{host}:{port} can't be used: {error.strerror}; name another --host or --port"
        ) from error


def page_address(host: str, port: int) -> str:
    """`http://127.0.0.1:8000/`, `http://[::1]:8000/`."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

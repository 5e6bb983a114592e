"""The page's server: where it answers, to whom, and what they may do there."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Sequence

from attribution.article import AttributionError

THIS_MACHINE = "127.0.0.1"


def serve(
    paths: Sequence[str],
    *,
    address: str = THIS_MACHINE,
    port: int = 8501,
    read_only: bool,
    columns: Sequence[str] = (),
) -> None:
    """Serve the page over the articles in `paths` until it is stopped; the seeds without any.

    `columns` names those of tables, as in text=Story. With `read_only` nobody can add, change or take away a
    text. Raises `AttributionError` where `address` and `port` cannot be used.
    """
    from attribution.pages.library import COLUMN
    from attribution.pages.options import streamlit_flags
    from attribution.pages.permission import READ_ONLY
    from attribution.paths import dashboard_script

    script = dashboard_script()
    check_place(address, port)
    from streamlit.web.cli import main as streamlit

    flags = [*streamlit_flags(address=address, read_only=read_only), f"--server.port={port}"]
    flags += ["--server.showEmailPrompt=false", f"--server.headless={str(not _has_display()).lower()}"]
    given = [*([READ_ONLY] if read_only else []), *(f"{COLUMN}{one}" for one in columns), *paths]
    streamlit(["run", str(script), *flags, "--", *given], prog_name="streamlit")


def check_place(address: str, port: int) -> None:
    """Raise `AttributionError` where no server can answer at `address` and `port`."""
    try:
        (family, kind, protocol, _, place), *_ = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        raise AttributionError(f"address {address!r}: is none. {_ADDRESSES}") from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            if not _is_own(address):
                raise AttributionError(f"address {address}: is not this machine's. {_ADDRESSES}") from None
            raise AttributionError(
                f"port {port}: cannot be used ({error.strerror}). Name another one: --port {port % 65535 + 1}"
            ) from None


_ADDRESSES = (
    f"Name {THIS_MACHINE} for this machine alone, 0.0.0.0 for all its networks, "
    "or one of the machine's own addresses."
)


def _is_own(address: str) -> bool:
    """Whether a server can answer at `address` at all, at whatever port."""
    try:
        (family, kind, protocol, _, place), *_ = socket.getaddrinfo(address, 0, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as probe:
            probe.bind(place)
    except OSError:
        return False
    return True


def warning(address: str, *, read_only: bool) -> str | None:
    """What it means to answer at `address`, in plain words; `None` for this machine alone.

    >>> warning("127.0.0.1", read_only=False) is warning("localhost", read_only=True) is None
    True
    >>> "look at" in warning("0.0.0.0", read_only=True)
    True
    """
    if _is_loopback(address):
        return None
    may = (
        "look at every article loaded (--read-only: they can change nothing)"
        if read_only
        else "look at every article loaded and load their own; --read-only lets them only look"
    )
    return (
        f"the page answers at {address}: whoever reaches this machine over the network can {may}. "
        "It asks for no password, and what is sent is not encrypted."
    )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def name_in_browsers(address: str) -> str:
    """What a colleague's browser calls the page: the machine's own name where it answers everywhere."""
    try:
        everywhere = ipaddress.ip_address(address).is_unspecified
    except ValueError:
        everywhere = False
    return socket.gethostname() if everywhere else address


def _has_display() -> bool:
    """Whether there is a screen to open a browser on."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))

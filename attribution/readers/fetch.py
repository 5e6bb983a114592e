"""One page over HTTP: from public addresses alone, and within limits of bytes, seconds and redirects.

The name is asked for once; the connection goes to the address that was checked, under the name's own TLS
certificate, so that a second answer of the name server changes nothing. Proxies that the environment names
are not used, for a proxy looks up the name by itself, and there is no address to check.
"""

from __future__ import annotations

import os
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore2

from attribution import __version__
from attribution.article import AttributionError
from attribution.readers.addresses import Link, checked_addresses, followed
from attribution.readers.formats import MEGABYTE

PRODUCT = "attribution"
"""The name by which a site's robots.txt may call this program."""

USER_AGENT = f"{PRODUCT}/{__version__} (fetches single pages that a person asks for)"
MOST_BYTES = 5 * MEGABYTE
MOST_SECONDS = 15.0
"""The longest that one link may take, with all that it needs: names, robots.txt, redirects."""

MOST_REDIRECTS = 5
_ONE_ADDRESS = 5.0  # seconds that one of a name's addresses is tried, where it has several
_SAVE = "Save the page in your browser and add the file."


def system_addresses(host: str) -> list[str]:
    """The addresses of a name, as the system itself looks names up."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def open_connection(address: str, port: int, timeout: float) -> httpcore2.NetworkStream:
    """A connection to `address`, which is no name."""
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout, socket_options=())


@dataclass(frozen=True)
class Network:
    """The doors to the network: how names are looked up, connections opened and certificates trusted."""

    resolve: Callable[[str], Sequence[str]] = system_addresses
    connect: Callable[[str, int, float], httpcore2.NetworkStream] = open_connection
    trust: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context


@dataclass(frozen=True)
class Answer:
    """What a server answered: `kind` is its content type, `location` where it redirects to."""

    link: Link
    status: int
    kind: str
    charset: str | None
    location: str | None
    data: bytes


class Visit:
    """All that is fetched for one link, within one time limit. Closes its connections with the `with` block.

    Raises `AttributionError`, without the link's name, for whatever is not fetched.
    """

    def __init__(self, network: Network, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._pool = httpcore2.ConnectionPool(
            ssl_context=network.trust(),
            max_connections=2,
            network_backend=_CheckedBackend(network, self.seconds_left),
        )

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def seconds_left(self) -> float:
        """The seconds that are left, more than none. Raises `httpcore2.ReadTimeout` where none are."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left

    def follow(
        self,
        link: Link,
        *,
        wanted: Iterable[str] | None,
        check: Callable[[Link], None] = lambda link: None,
        cut: int | None = None,
    ) -> Answer:
        """The answer of `link`, or of where it redirects to; `check` is asked before each.

        Of an answer 200 whose content type is among `wanted` (`None`: any) the data is read, of others not.
        More than `MOST_BYTES` raises, unless it is to be `cut` to so many bytes.
        """
        for _ in range(MOST_REDIRECTS + 1):
            check(link)
            answer = self._get(link, wanted, cut)
            if answer.location is None:
                return answer
            to = followed(link, answer.location)
            if to == link:
                break
            link = to
        raise AttributionError(f"is redirected without an end (more than {MOST_REDIRECTS} times). {_SAVE}")

    def _get(self, link: Link, wanted: Iterable[str] | None, cut: int | None) -> Answer:
        url = httpcore2.URL(scheme=link.scheme, host=link.host, port=link.port, target=link.target)
        headers = {
            "Host": link.origin.partition("://")[2],
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en, *;q=0.5",
        }
        with _plainly(link), self._pool.stream("GET", url, headers=headers) as response:
            given = {
                name.decode().lower(): value.decode("utf-8", "replace") for name, value in response.headers
            }
            kind, charset = _content_type(given.get("content-type", ""))
            location = given.get("location") if response.status in (301, 302, 303, 307, 308) else None
            data = b""
            if response.status == 200 and (wanted is None or kind in wanted):
                data = _body(response.iter_stream(), given, cut)
        return Answer(link, response.status, kind, charset, location, data)


class _CheckedBackend(httpcore2.NetworkBackend):
    """Connections to public addresses alone, each bound to the visit's deadline. A name is asked for once."""

    def __init__(self, network: Network, seconds_left: Callable[[], float]) -> None:
        self._network = network
        self._seconds_left = seconds_left
        self._checked: dict[str, list[str]] = {}

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        if host not in self._checked:
            self._checked[host] = checked_addresses(host, self._resolved)
        addresses = self._checked[host]
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            try:
                most = self._seconds_left() if last == 0 else min(self._seconds_left(), _ONE_ADDRESS)
                return _TimedStream(self._network.connect(address, port, most), self._seconds_left)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if last == 0:
                    raise
        raise AssertionError("a name without an address is refused before")

    def _resolved(self, host: str) -> Sequence[str]:
        """What the system says of a name, which it may take its own time for."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._network.resolve(host))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._seconds_left())
        except queue.Empty:
            raise httpcore2.ConnectTimeout from None
        if isinstance(answer, Exception):
            raise AttributionError(
                f"cannot be found: the name {host} is not known. Check its spelling, and your connection."
            )
        return answer


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which each step has only what is left of the visit: a server that drips is cut off."""

    def __init__(self, stream: httpcore2.NetworkStream, seconds_left: Callable[[], float]) -> None:
        self._stream = stream
        self._seconds_left = seconds_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._seconds_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._seconds_left())
        return _TimedStream(secured, self._seconds_left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@contextmanager
def _plainly(link: Link) -> Iterator[None]:
    """Says in a person's words what went wrong between here and the server of `link`."""
    try:
        yield
    except httpcore2.TimeoutException:
        raise AttributionError(f"takes longer than {MOST_SECONDS:.0f} s. {_SAVE}") from None
    except httpcore2.ConnectError as error:
        if isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in str(error):
            raise AttributionError(
                f"{link.host} does not prove who it is (its certificate is not right). {_SAVE}"
            ) from None
        proxy = next((name for name in _PROXIES if os.environ.get(name)), None)
        why = f" Links are fetched without the proxy in {proxy}." if proxy else ""
        raise AttributionError(
            f"{link.host} cannot be reached.{why} Check your connection, or: {_SAVE}"
        ) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error):
        raise AttributionError(f"{link.host} breaks off, or answers what cannot be read. {_SAVE}") from None


_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


def _content_type(header: str) -> tuple[str, str | None]:
    """`text/html; charset=utf-8` → `text/html` and `utf-8`."""
    kind, _, rest = header.partition(";")
    charset = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]{1,40})", rest)
    return kind.strip().lower(), charset[1] if charset else None


def _body(chunks: Iterable[bytes], headers: dict[str, str], cut: int | None) -> bytes:
    """The data of an answer, unpacked, and never more of it at once than may be had."""
    packed = headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise AttributionError(f"is packed in a way that was not asked for ({packed[:20]!r}). {_SAVE}")
    most = MOST_BYTES if cut is None else cut
    data = bytearray()
    for chunk in _unpacked(chunks, most + 1) if "gzip" in packed else chunks:
        data += chunk
        if len(data) > most:
            if cut is None:
                raise AttributionError(
                    f"is larger than {MOST_BYTES // MEGABYTE} MB, the most that is fetched. {_SAVE}"
                )
            return bytes(data[:cut])
    return bytes(data)


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The bytes in a stream of gzip, `most` at a time. Raises `zlib.error` where it breaks off."""
    unpacker, begun = zlib.decompressobj(wbits=31), False
    for chunk in chunks:
        while chunk:
            if unpacker.eof:  # another member follows
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(chunk, most)
            begun = True
            chunk = unpacker.unconsumed_tail or unpacker.unused_data
    if begun and not unpacker.eof:
        raise zlib.error("breaks off")

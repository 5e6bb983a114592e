"""Links and the addresses behind them: what may be fetched, whatever way it is spelt.

A page on a server fetches for its visitors, and a link may come from anywhere. So nothing is asked of the
reader's own network: every address that a name has must be public, and is taken in its plain spelling only.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from attribution.article import AttributionError

_PORTS = {"http": 80, "https": 443}
_WEB_PORTS = (80, 443, 8080, 8443)  # behind others are mail servers and the like
_LONGEST = 4000  # characters
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]+)://")
_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:@%]+))(?::([0-9]{0,5}))?")
_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a name that ends so is read as an IPv4 address (WHATWG URL)
_OWN_NAMES = (".localhost", ".local", ".localdomain", ".internal", ".lan", ".home.arpa", ".onion")

_NOT_PUBLIC = "leads to an address that is not on the public internet. Only public pages are fetched."


@dataclass(frozen=True)
class Link:
    """A link in its plain form: `host` is a name in ASCII or an address, `target` the path and the query.

    >>> str(link_of("HTTPS://News.Example:443/a b".replace(" ", "%20") + "#top"))
    'https://news.example/a%20b'
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as they stand in a link."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def is_link(path: str) -> bool:
    """Whether a person who names this means a link, of whatever kind.

    >>> is_link("https://news.example/a"), is_link("seeds/a.txt"), is_link("C:/a.txt")
    (True, False, False)
    """
    return _SCHEME.match(path) is not None


def link_of(url: str) -> Link:
    """The link in its plain form. Raises `AttributionError` where it is none that may be fetched."""
    url = url.strip()
    scheme = (match[1] if (match := _SCHEME.match(url)) else "").lower()
    if scheme not in _PORTS:
        raise AttributionError("is no link to a page. Only http:// and https:// are fetched.")
    if len(url) > _LONGEST:
        raise AttributionError(f"is longer than {_LONGEST:,} characters. Copy it again.")
    # Browsers take \ for /, and other programs do not: such a link leads each to another site.
    if not url.isprintable() or re.search(r"[\s\\]", url):
        raise AttributionError("holds characters that no link has. Copy it again.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _broken() from None
    if "@" in parts.netloc:
        raise AttributionError("holds a user name or a password. Leave out what stands before the @.")
    match = _AUTHORITY.fullmatch(parts.netloc)
    if not match:
        raise _broken()
    port = int(match[3] or _PORTS[scheme])
    if port not in _WEB_PORTS:
        raise AttributionError(f"names port {port}, where no web page is looked for. Leave the port out.")
    host = str(_ipv6(match[1])) if match[1] else _name(match[2])
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return Link(scheme, host, port, target)


def followed(link: Link, location: str) -> Link:
    """Where a redirect from `link` to `location` leads. Raises as `link_of` does, and where it drops TLS."""
    try:
        target = urljoin(str(link), location)
    except ValueError:
        raise _broken() from None
    to = link_of(target)
    if link.scheme == "https" and to.scheme == "http":
        raise AttributionError("leads from https to http, where anyone may change the page.")
    return to


def shown(url: str) -> str:
    r"""The link as it can be printed on one line, without a password.

    >>> shown(" http://ada:secret@news.example/\n")
    'http://…@news.example/'
    """
    plain = "".join(c if c.isprintable() else "\ufffd" for c in url.strip())
    plain = re.sub(r"(?<=//)[^/?#]*@", "…@", plain)
    return plain if len(plain) <= 300 else plain[:300] + "…"


def checked_addresses(host: str, resolve: Callable[[str], Sequence[str]]) -> list[str]:
    """The addresses of `host`, by `resolve` where it is a name. Raises unless every one is public.

    >>> checked_addresses("news.example", lambda name: ["1.1.1.1", "127.0.0.1"])
    Traceback (most recent call last):
    ...
    attribution.article.AttributionError: leads to an address that is not on the public internet. Only ...
    """
    found = [host] if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) else resolve(host)
    if not (found and all(is_public(address) for address in found)):
        raise AttributionError(_NOT_PUBLIC)
    return list(dict.fromkeys(found))


def is_public(address: str) -> bool:
    """Whether an address, in its plain spelling, is one of the public internet.

    >>> is_public("1.1.1.1"), is_public("10.0.0.1"), is_public("::ffff:1.1.1.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    # Networks with IPv6 alone reach a site that has only IPv4 by this prefix (RFC 6052).
    if isinstance(ip, ipaddress.IPv6Address) and ip in _NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if isinstance(ip, ipaddress.IPv6Address) and (ip not in _GLOBAL_IPV6 or ip.scope_id is not None):
        return False
    if ip.is_multicast or not ip.is_global:
        return False
    return not any(ip in network for network in _CLOSED if network.version == ip.version)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")  # mapped, local and all other addresses lie outside
# Beside what `is_global` knows, which differs between versions of Python: IANA's registries of special
# addresses, the ways to carry an IPv4 address in an IPv6 one (6to4, Teredo), and what answers in clouds only.
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 "
        "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 "
        "203.0.113.0/24 224.0.0.0/3 2001::/23 2001:db8::/32 2002::/16 3fff::/20".split(),
    )
)


def _broken() -> AttributionError:
    return AttributionError("is no whole link. Copy it again from the browser.")


def _ipv6(text: str) -> ipaddress.IPv6Address:
    try:
        return ipaddress.IPv6Address(text)
    except ValueError:
        raise _broken() from None


def _name(host: str) -> str:
    """The name in ASCII and small letters, or the plain IPv4 address."""
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise _broken() from None
    host = host.lower().removesuffix(".")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise AttributionError("hides its address in an unusual spelling. Name the site.") from None
    if "." not in host or f".{host}".endswith(_OWN_NAMES):
        raise AttributionError(_NOT_PUBLIC)
    if not _NAME.fullmatch(host):
        raise _broken()
    return host

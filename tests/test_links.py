"""Links: what is fetched, what is not, and how it is told. A server of our own stands in for public sites."""

from __future__ import annotations

import gzip
import json
import re
import socket
import ssl
import sys
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from attribution import AttributionError, read_article, read_articles, watch
from attribution.readers import Reading, fetch, links, read_files, read_links
from attribution.readers.access import Access
from attribution.readers.addresses import checked_addresses, is_public, link_of, shown
from attribution.readers.fetch import USER_AGENT, Network
from attribution.readers.links import Links
from attribution.readers.robots import parse_rules

NEWS, OTHER, WIRE = "93.184.216.34", "151.101.1.67", "2606:4700::6810:84e5"
NOTE = "The harbour stays open, the mayor said. “We will not close it,” Ada Brook told the council on Monday."
BODY = " ".join(
    f"Sentence number {i} tells what the council of the harbour did on that day." for i in range(9)
)
PRIVATE = (
    "0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 "
    "169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 "
    "198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 "
    ":: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 "
    "64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::8.8.8.8 100::1 2001::1 2001:0:4136:e378::1 2001:2::1 "
    "2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:0808:0808::1 3fff::1 5f00::1 fc00::1 "
    "fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1"
).split()


class Sites:
    """Our server, and the network that makes it several sites; notes names, connections and requests."""

    def __init__(self) -> None:
        self.names = {"news.example": [NEWS], "other.example": [OTHER], "wire.example": [WIRE]}
        self.pages: dict[str, object] = {}
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        authority = trustme.CA()
        self._trusted = ssl.create_default_context()
        authority.configure_trust(self._trusted)
        served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("news.example", "other.example").configure_cert(served)
        self._servers = [self._start(None), self._start(served)]

    def _start(self, tls: ssl.SSLContext | None) -> ThreadingHTTPServer:
        sites = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                url = ("https://" if tls else "http://") + self.headers["Host"] + self.path
                sites.requests.append((url, dict(self.headers)))
                page = sites.pages.get(url, b"# All may." if self.path == "/robots.txt" else None)
                if callable(page):
                    self.close_connection = True
                    page(self)
                else:
                    status, headers, body = (
                        page if isinstance(page, tuple) else (200 if page else 404, {}, page)
                    )
                    answer(self, status, headers, body or b"")

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # a client that hangs up is what is wanted
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    def resolve(self, host: str) -> list[str]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror("unknown")
        found = self.names[host]
        return found.pop(0) if isinstance(found[0], list) else found

    def connect(self, address: str, port: int, timeout: float) -> httpcore2.NetworkStream:
        self.connected.append((address, port))
        own = self._servers[port in (443, 8443)].server_address[1]
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", own, timeout, socket_options=())

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect, lambda: self._trusted)

    def read(self, *urls: str) -> Reading:
        with Reading() as reading:
            reader = Links(reading, self.network)
            for url in urls:
                reader.read(url)
        return reading

    def refusal(self, url: str) -> str:
        reading = self.read(url)
        assert not reading.articles
        ((file, reason),) = reading.refused
        assert file == shown(url) and "\n" not in file + reason and reason.endswith(".")
        return reason

    @property
    def fetched(self) -> list[str]:
        return [url for url, _ in self.requests if not url.endswith("/robots.txt")]

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


def answer(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    given = {"Content-Type": "text/plain", "Content-Length": str(len(body))} | headers
    for name, value in given.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def page(
    body: str, head: str = "", kind: str = "text/html; charset=utf-8"
) -> tuple[int, dict[str, str], bytes]:
    made = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return 200, {"Content-Type": kind}, made.encode()


def to(location: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": location}, b""


@pytest.fixture(scope="module")
def server():
    sites = Sites()
    yield sites
    sites.close()


@pytest.fixture
def sites(server, monkeypatch):
    """The sites, without pages yet; no test may end with a connection to an address that is not public."""
    monkeypatch.setattr(links, "_PAUSE", 0.0)
    server.names = {"news.example": [NEWS], "other.example": [OTHER], "wire.example": [WIRE]}
    server.pages, server.asked, server.connected, server.requests = {}, [], [], []
    yield server
    assert {address for address, _ in server.connected} <= {NEWS, OTHER, WIRE}


# --- what is read -----------------------------------------------------------------------------------


def test_a_link_is_read_as_the_file_behind_it(sites):
    sites.pages["https://news.example/note?page=1"] = NOTE.encode()
    (article,) = sites.read(" https://news.example/note?page=1#top ").articles
    assert article.text == NOTE
    assert article.file == "https://news.example/note?page=1#top"
    assert article.url == "https://news.example/note?page=1"
    assert sites.connected == [(NEWS, 443)]  # one connection, for robots.txt as well
    assert sites.asked == ["news.example"]


def test_the_request_names_the_program_and_nothing_of_the_person(sites):
    sites.pages["http://news.example/note"] = NOTE.encode()
    sites.read("http://news.example/note")
    for _, headers in sites.requests:
        assert headers["User-Agent"] == USER_AGENT
        assert re.fullmatch(r"attribution/[\d.]+ \([a-z ]+\)", USER_AGENT)
        assert not headers.keys() & {"Cookie", "Referer", "From", "Authorization"}


def test_each_format_is_told_by_its_bytes_and_else_by_its_content_type(sites):
    story = f"<nav>Home</nav><div><p>{NOTE}</p><p>{BODY}</p></div>".encode()
    canonical = '<link rel="canonical" href="https://news.example/open"><title>Open</title>'
    feed = (
        f"<rss><channel><title>Wire</title><item><title>One</title><description>{NOTE}</description></item>"
    )
    sites.pages |= {
        "https://news.example/fragment": (200, {"Content-Type": "text/html"}, story),
        "https://news.example/old?id=7": page(f"<h1>Open</h1><p>{NOTE}</p><p>{BODY}</p>", canonical),
        "https://news.example/feed": (200, {"Content-Type": "application/rss+xml"}, feed.encode()),
        "https://news.example/rows": (200, {"Content-Type": "text/csv"}, f'text,id\n"{NOTE}",1\n'.encode()),
        "https://news.example/latin": (
            200,
            {"Content-Type": "text/html; charset=windows-1251"},
            f"<html><body><p>{BODY}</p><p>“Нет”, сказал мэр города, и ещё раз: «нет».</p>".encode("cp1251"),
        ),
        "https://news.example/unknown": (
            200,
            {"Content-Type": "text/html; charset=klingon-8"},
            f"<html><body><p>{NOTE}</p><p>{BODY}</p>".encode("cp1252"),
        ),
    }
    reading = sites.read(*sites.pages)
    assert not reading.refused
    fragment, story, entry, row, latin, unknown = reading.articles
    assert fragment.text.startswith("The harbour") and "<" not in fragment.text
    assert (story.title, story.file, story.url) == (
        "Open",
        "https://news.example/old?id=7",
        "https://news.example/open",
    )
    assert (entry.file, entry.url) == ("https://news.example/feed, entry 1", "https://news.example/feed")
    assert row.text == NOTE and row.file.startswith("https://news.example/rows, row ")
    assert "сказал мэр" in latin.text
    assert "“We will not close it,”" in unknown.text


def test_a_link_named_twice_is_fetched_once_and_one_bad_link_never_stops_the_others(sites):
    sites.pages |= {f"https://news.example/{i}": f"{i}. {NOTE}".encode() for i in range(3)}
    urls = ["https://news.example/0", "https://gone.example/", "HTTPS://NEWS.example:443/0#x"]
    reading = sites.read(*urls, "https://news.example/1", "ftp://news.example/2", "https://news.example/2")
    assert [a.text[:2] for a in reading.articles] == ["0.", "1.", "2."]
    assert [file for file, _ in reading.refused] == ["https://gone.example/", "ftp://news.example/2"]
    assert sites.fetched == [f"https://news.example/{i}" for i in range(3)]
    assert [url for url, _ in sites.requests].count("https://news.example/robots.txt") == 1


def test_pages_of_one_site_are_fetched_with_a_pause_between(sites, monkeypatch):
    monkeypatch.setattr(links, "_PAUSE", 0.4)
    sites.pages |= {f"http://news.example/{i}": f"{i}. {NOTE}".encode() for i in range(2)}
    sites.pages["http://other.example/"] = b"Other. " + NOTE.encode()
    start = time.monotonic()
    sites.read("http://news.example/0", "http://other.example/")
    between = time.monotonic()
    assert between - start < 0.4
    sites.read("http://news.example/0", "http://news.example/1")
    assert time.monotonic() - between >= 0.4


def test_links_stand_among_paths(sites, monkeypatch, tmp_path):
    monkeypatch.setattr(fetch, "Network", lambda: sites.network)
    sites.pages["https://news.example/a"] = NOTE.encode()
    (tmp_path / "b.txt").write_text("“No,” said Hill.")
    articles, refused = read_articles(["https://news.example/a", tmp_path, "https://news.example/a"])
    assert [article.file for article in articles] == ["https://news.example/a", str(tmp_path / "b.txt")]
    assert refused == []
    assert read_links(["https://news.example/a"]).articles == articles[:1]
    assert read_article("https://news.example/a") == articles[0]
    with pytest.raises(
        AttributionError, match=r"^https://news\.example/b: answers with 404: there is no such"
    ):
        read_article("https://news.example/b")


def test_a_link_beside_a_watched_folder_is_fetched_once(sites, monkeypatch, tmp_path):
    monkeypatch.setattr(fetch, "Network", lambda: sites.network)
    sites.pages["https://news.example/a"] = NOTE.encode()
    paths = ["https://news.example/a", str(tmp_path)]
    seen = watch.stamps(paths)
    watching = watch.Watch(paths, read_files([paths[0]]), seen)
    (tmp_path / "b.txt").write_text("“No,” said Hill.")
    assert [watching.look() for _ in range(3)] == [False, True, False]
    assert [article.file for article in watching.state.articles] == [paths[0], str(tmp_path / "b.txt")]
    assert sites.fetched == ["https://news.example/a"]


def test_a_link_that_the_page_is_opened_with_is_fetched_once(sites, monkeypatch, capsys):
    from attribution.cli import main
    from attribution.pages import library

    monkeypatch.setattr(fetch, "Network", lambda: sites.network)
    opened = []
    monkeypatch.setattr("attribution.serving.serve", lambda paths, **_: opened.append(tuple(paths)))
    sites.pages["https://news.example/a"] = NOTE.encode()
    urls = ("https://news.example/a", "https://news.example/b")
    with pytest.raises(SystemExit):
        main(["dashboard", *urls])
    monkeypatch.setattr(sys, "argv", ["dashboard.py", *opened[0]])
    assert [article.file for article in library.given()] == [urls[0]]
    assert [file for file, _ in library.refused()] == [urls[1]]
    assert sites.fetched == [*urls] and "answers with 404" in capsys.readouterr().err
    library._read.cache_clear()
    assert library.given() and sites.fetched == [*urls, *urls]


def test_a_public_address_may_stand_for_its_name(sites):
    sites.pages |= {f"http://{host}/a": NOTE.encode() for host in (NEWS, f"[{WIRE}]:8080")}
    assert [a.url for a in sites.read(*sites.pages).articles] == list(sites.pages)
    assert sites.connected == [(NEWS, 80), (WIRE, 8080)] and sites.asked == []


def test_an_address_without_its_scheme_is_told_how_to_write_it():
    assert read_files(["www.news.example/a"]).refused == [
        ("www.news.example/a", "there is no such file. Write it as https://www.news.example/a.")
    ]


@pytest.mark.model
def test_extract_reads_a_link_and_names_one_that_it_cannot(sites, monkeypatch, capsys):
    from attribution.cli import main

    monkeypatch.setattr(fetch, "Network", lambda: sites.network)
    sites.pages["https://news.example/a"] = NOTE.encode()
    urls = ["https://news.example/a", "https://news.example/b", "http://127.0.0.1/"]
    with pytest.raises(SystemExit) as ended:
        main(["extract", *urls, "--format", "jsonl"])
    out, err = capsys.readouterr()
    (row,) = map(json.loads, out.splitlines())
    assert (row["file"], row["speaker"], row["text"]) == (urls[0], "Ada Brook", "We will not close it,")
    assert ended.value.code == 1
    assert err.splitlines() == [
        "attribution: https://news.example/b: answers with 404: there is no such page. Check the address.",
        "attribution: http://127.0.0.1/: leads to an address that is not on the public internet. "
        "Only public pages are fetched.",
    ]


# --- addresses that are not public --------------------------------------------------------------------


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_never_connected_to(sites, address):
    assert not is_public(address)
    host = f"[{address}]" if ":" in address else address
    sites.names["mixed.example"] = [NEWS, address]
    sites.names["inner.example"] = [address]
    sites.pages["https://news.example/"] = to(f"http://{host}/latest")
    bad = [f"http://{host}/", "http://mixed.example/", "https://inner.example/", "https://news.example/"]
    reading = sites.read(*bad)
    assert [file for file, _ in reading.refused] == bad
    assert sites.connected == [(NEWS, 443)]  # for the redirect itself


@pytest.mark.parametrize(
    "host",
    "localhost LOCALHOST localhost. localhost.. ﬂocalhost.localhost app.localhost printer.local nas.lan "
    "intranet metadata.google.internal x.home.arpa abc.onion "
    "127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001 127.0.0.01 127.0.0.1. "
    "0 0.0 0x0 3232235777 127.0.0.256 1.2.3.4.5 127.0.0.0x1 00000127.0.0.1 １２７.０.０.１ ①②⑦.0.0.1 "
    "127。0。0。1 127%2e0%2e0%2e1 %31%32%37.0.0.1 [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::1%25lo] "
    "[::1]news.example [v1.abc] [127.0.0.1] [::ffff:0x7f.1] news.example@127.0.0.1 127.0.0.1\\@news.example "
    f"news.example\\.x news..example .example -news.example a{'b' * 64}.example".split(),
)
def test_no_other_spelling_of_an_address_is_connected_to(sites, host):
    for name in ("127.0.0.1", "localhost", host, host.strip(".")):
        sites.names.setdefault(name, [NEWS])  # whoever would still ask for it finds a public address
    sites.refusal(f"http://{host}/")
    assert sites.asked == sites.connected == []


@pytest.mark.parametrize(
    "url", ["http://news.example:22/", "http://news.example:6379/", "http://a.example:0/"]
)
def test_a_port_that_no_page_is_behind_is_not_connected_to(sites, url):
    assert "names port" in sites.refusal(url)
    assert sites.asked == sites.connected == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/a", "is no link to a page. Only http:// and https:// are fetched."),
        ("file:///etc/passwd", "is no link to a page. Only http:// and https:// are fetched."),
        ("gopher://news.example/", "is no link to a page. Only http:// and https:// are fetched."),
        ("javascript:alert(1)", "is no link to a page. Only http:// and https:// are fetched."),
        ("news.example/a", "is no link to a page. Only http:// and https:// are fetched."),
        ("", "is no link to a page. Only http:// and https:// are fetched."),
        ("http://news.example/a\nHost: inner", "holds characters that no link has. Copy it again."),
        ("http://news.example/a\r\n\r\nGET /x", "holds characters that no link has. Copy it again."),
        ("http://news.example/a b", "holds characters that no link has. Copy it again."),
        ("http://news.ex\tample/", "holds characters that no link has. Copy it again."),
        ("http://news.example/\u202egnp", "holds characters that no link has. Copy it again."),
        ("http://news.example/" + "a" * 4000, "is longer than 4,000 characters. Copy it again."),
        (
            "https://ada:secret@news.example/",
            "holds a user name or a password. Leave out what stands before the @.",
        ),
        ("http://", "is no whole link. Copy it again from the browser."),
        ("http://[::1", "is no whole link. Copy it again from the browser."),
        ("http://news.example:http/", "is no whole link. Copy it again from the browser."),
    ],
)
def test_what_is_no_plain_link_is_refused_before_anything_is_asked(sites, url, reason):
    assert sites.refusal(url) == reason
    assert sites.asked == sites.connected == []


def test_a_password_is_not_printed():
    ((file, _),) = read_links(["https://ada:secret@news.example/"]).refused
    assert file == "https://…@news.example/"


def test_a_link_in_any_letters_is_asked_for_in_plain_ones(sites):
    sites.names |= {"xn--mnchen-3ya.example": [NEWS], "news.example": [NEWS]}
    sites.pages["http://xn--mnchen-3ya.example/%C3%A4?q=%C3%BC&b=%20"] = NOTE.encode()
    (article,) = sites.read("http://München.example./ä?q=ü&b=%20").articles
    assert article.url == "http://xn--mnchen-3ya.example/%C3%A4?q=%C3%BC&b=%20"


@given(st.ip_addresses())
def test_no_address_is_public_that_the_registries_close(address):
    if is_public(str(address)) and "64:ff9b::" not in str(address):
        assert address.is_global and not address.is_multicast and not address.is_private


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://news.example", "http://["]))
def test_any_text_is_a_link_or_refused(text, start):
    try:
        link = link_of(start + text)
    except AttributionError as error:
        assert "\n" not in str(error)
    else:
        assert str(link_of(str(link))) == str(link)
        assert re.fullmatch(r"https?://[a-z0-9_.:\[\]-]+/[!-~]*", str(link))
    assert shown(start + text).isprintable()


def test_rebinding_changes_nothing_for_the_name_is_asked_for_once(sites):
    sites.names["turning.example"] = [[NEWS], ["127.0.0.1"], ["10.0.0.1"]]

    def hung_up(handler):  # so that each page takes a connection of its own
        answer(handler, *to("/b" if handler.path == "/a" else "http://turning.example:8080/c"))

    sites.pages |= {
        "http://turning.example/a": hung_up,
        "http://turning.example/b": hung_up,
        "http://turning.example:8080/c": NOTE.encode(),
    }
    assert len(sites.read("http://turning.example/a").articles) == 1
    assert sites.asked == ["turning.example"]
    assert sites.connected == [(NEWS, 80), (NEWS, 80), (NEWS, 8080)]


def test_a_name_that_has_turned_private_is_refused_for_the_next_link(sites):
    sites.names["turning.example"] = [[NEWS], ["10.0.0.1"]]
    sites.pages |= {f"http://turning.example/{i}": NOTE.encode() for i in range(2)}
    reading = sites.read("http://turning.example/0", "http://turning.example/1")
    assert len(reading.articles) == len(reading.refused) == 1
    assert "not on the public internet" in reading.refused[0][1]
    assert sites.connected == [(NEWS, 80)]


def test_an_address_that_does_not_answer_gives_way_to_the_next(sites):
    sites.names["news.example"] = [WIRE, NEWS]
    sites.pages["http://news.example/a"] = NOTE.encode()

    def connect(address, port, timeout):
        if address == WIRE:
            raise httpcore2.ConnectError("no way there")
        return sites.connect(address, port, timeout)

    with Reading() as reading:
        Links(reading, Network(sites.resolve, connect, sites.network.trust)).read("http://news.example/a")
    assert len(reading.articles) == 1


def test_nat64_reaches_public_sites_alone():
    assert checked_addresses("a.example", lambda _: ["64:ff9b::5db8:d822"]) == ["64:ff9b::5db8:d822"]
    assert not is_public("64:ff9b::c0a8:101")
    with pytest.raises(AttributionError):
        checked_addresses("a.example", lambda _: [])


# --- redirects and TLS ----------------------------------------------------------------------------------


def test_redirects_are_followed_and_their_end_is_the_articles_address(sites):
    sites.pages |= {
        "http://news.example/1": to("https://news.example/2", 301),
        "https://news.example/2": to("//other.example/3?x=%20y", 307),
        "https://other.example/3?x=%20y": to("?x=4", 308),
        "https://other.example/3?x=4": NOTE.encode(),
    }
    (article,) = sites.read("http://news.example/1").articles
    assert (article.file, article.url) == ("http://news.example/1", "https://other.example/3?x=4")
    assert [address for address, _ in sites.connected] == [NEWS, NEWS, OTHER, OTHER]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", "is redirected without an end"),
        ("/b", "is redirected without an end"),
        ("http://news.example/x", "leads from https to http, where anyone may change the page."),
        ("file:///etc/passwd", "is no link to a page"),
        ("http://localhost/", "leads to an address that is not on the public internet"),
        ("https://0x7f.1/", "hides its address in an unusual spelling"),
        ("https://ada:b@other.example/", "holds a user name or a password"),
        ("https://other.example:25/", "names port 25"),
        ("https://[", "is no whole link"),
    ],
)
def test_each_redirect_is_checked_as_the_link_was(sites, location, reason):
    sites.pages |= {"https://news.example/a": to(location), "https://news.example/b": to("/a")}
    assert reason in sites.refusal("https://news.example/a")
    assert sites.asked == ["news.example"] and {address for address, _ in sites.connected} == {NEWS}
    assert len(sites.fetched) <= 6


def test_a_sixth_redirect_is_not_followed(sites):
    sites.pages |= {f"https://news.example/{i}": to(f"/{i + 1}") for i in range(9)}
    assert "more than 5 times" in sites.refusal("https://news.example/0")
    assert len(sites.fetched) == 6


def test_a_certificate_for_another_name_is_refused(sites):
    sites.pages["https://wire.example/a"] = NOTE.encode()
    assert sites.refusal("https://wire.example/a").startswith("wire.example does not prove who it is")
    assert not sites.requests


def test_a_certificate_of_nobody_known_is_refused(sites):
    sites.pages["https://news.example/a"] = NOTE.encode()
    with Reading() as reading:
        Links(reading, Network(sites.resolve, sites.connect)).read("https://news.example/a")
    assert "does not prove who it is" in reading.refused[0][1]
    assert not sites.requests


def test_proxies_of_the_environment_are_not_used_and_that_is_said(sites, monkeypatch):
    for name in ("HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    sites.pages["http://news.example/a"] = NOTE.encode()
    assert sites.read("http://news.example/a").articles
    assert sites.connected == [(NEWS, 80)]

    def unreachable(address, port, timeout):
        raise httpcore2.ConnectError("no way there")

    with Reading() as reading:
        Links(reading, Network(sites.resolve, unreachable)).read("http://news.example/a")
    assert "news.example cannot be reached. Links are fetched without the proxy in" in reading.refused[0][1]


# --- limits ---------------------------------------------------------------------------------------------


def dripping(head: bytes):
    """A server that sends a byte every 20 ms, for as long as it can."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(1000):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("/a", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 90000\r\n\r\n"),
        ("/a", b"HTTP/1.1 200 OK\r\nX-Endless: "),
        ("/a", b""),
        ("/robots.txt", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"),
    ],
)
def test_a_server_that_drips_is_cut_off_in_time(sites, monkeypatch, path, head):
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.5)
    sites.pages |= {"http://news.example/a": NOTE.encode(), f"http://news.example{path}": dripping(head)}
    start = time.monotonic()
    assert sites.refusal("http://news.example/a").startswith("takes longer than")
    assert time.monotonic() - start < 2


def test_a_handshake_that_never_comes_is_cut_off_in_time(sites, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:

        def connect(address, port, timeout):
            own = silent.getsockname()[1]
            return httpcore2.SyncBackend().connect_tcp("127.0.0.1", own, timeout, socket_options=())

        start = time.monotonic()
        with Reading() as reading:
            Links(reading, Network(sites.resolve, connect)).read("https://news.example/a")
    assert reading.refused[0][1].startswith("takes longer than")
    assert time.monotonic() - start < 2


def test_a_name_server_that_never_answers_is_not_waited_for(sites, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.5)
    start = time.monotonic()
    with Reading() as reading:
        Links(reading, Network(lambda host: time.sleep(5), sites.connect)).read("https://news.example/a")
    assert reading.refused[0][1].startswith("takes longer than")
    assert time.monotonic() - start < 2


def test_no_link_may_take_longer_than_fifteen_seconds_and_five_megabytes():
    assert (fetch.MOST_SECONDS, fetch.MOST_BYTES, fetch.MOST_REDIRECTS) == (15.0, 5_000_000, 5)


class Counting:
    """Sends as much as is taken of it, and counts."""

    def __init__(self, headers: bytes, block: bytes) -> None:
        self.headers, self.block, self.sent = headers, block, 0

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + self.headers + b"\r\n")
        for _ in range(1000):
            handler.wfile.write(self.block)
            self.sent += len(self.block)


def test_a_page_that_never_ends_is_cut_off_at_the_limit(sites):
    endless = sites.pages["http://news.example/a"] = Counting(b"", b"a" * 100_000)
    assert sites.refusal("http://news.example/a").startswith("is larger than 5 MB, the most that is fetched.")
    assert endless.sent < 30_000_000  # what the system keeps on its way


def test_a_page_that_says_it_is_too_large_is_not_read(sites):
    large = sites.pages["http://news.example/a"] = Counting(b"Content-Length: 60000000\r\n", b"a" * 60_000)
    assert sites.refusal("http://news.example/a").startswith("is larger than 5 MB")
    assert large.sent < 30_000_000


def test_five_megabytes_are_read_whole(sites):
    text = (NOTE.encode() + b"\n") * (5_000_000 // (len(NOTE.encode()) + 1))
    sites.pages["http://news.example/a"] = text
    assert sites.read("http://news.example/a").articles[0].text == text.decode()


def test_a_packed_bomb_is_unpacked_no_further_than_the_limit(sites):
    import tracemalloc

    bomb = gzip.compress(b"a" * 300_000_000, 9)
    sites.pages["http://news.example/a"] = (200, {"Content-Encoding": "gzip"}, bomb)
    tracemalloc.start()
    try:
        assert sites.refusal("http://news.example/a").startswith("is larger than 5 MB")
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_packed_pages_are_unpacked(sites):
    packed = gzip.compress(NOTE[:30].encode()) + gzip.compress(NOTE[30:].encode())
    sites.pages |= {
        "http://news.example/a": (200, {"Content-Encoding": "gzip"}, packed),
        "http://news.example/b": (200, {"Content-Encoding": "gzip"}, packed[:-9]),
        "http://news.example/c": (200, {"Content-Encoding": "br"}, b"\x0b\x02\x80"),
        "http://news.example/d": (200, {"Content-Encoding": "gzip"}, NOTE.encode()),
        "http://news.example/e": (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(packed)),
    }
    reading = sites.read(*sites.pages)
    assert [article.text for article in reading.articles] == [NOTE]
    assert [reason[:44] for _, reason in reading.refused] == [
        "news.example breaks off, or answers what can",
        "is packed in a way that was not asked for ('",
        "news.example breaks off, or answers what can",
        "is packed in a way that was not asked for ('",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nContent-Type: text/plain\r\n\r\nHalf of it",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_said_to_be_one(sites, raw):
    def broken(handler):
        handler.wfile.write(raw)

    sites.pages["http://news.example/a"] = broken
    assert re.match(r"news\.example breaks off|answers with 101", sites.refusal("http://news.example/a"))


class Canned(httpcore2.NetworkStream):
    """A connection on which the same bytes come whatever is asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        given, self._data = self._data[:max_bytes], self._data[max_bytes:]
        return given

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass


HEADS = [
    b"",
    b"HTTP/1.1 ",
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: ",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
]
ENDS = [b"", b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\nNo.", b"\r\n\r\n0\r\n\r\n"]


@given(st.sampled_from(HEADS), st.binary(max_size=60), st.sampled_from(ENDS))
def test_any_answer_is_an_article_or_one_refusal(head, middle, end):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    network = Network(lambda host: [NEWS], lambda *_: Canned(head + middle + end), lambda: context)
    with Reading() as reading:
        Links(reading, network).read("http://news.example/a")
    assert len(reading.articles) + len(reading.refused) == 1
    assert all("\n" not in reason and reason.endswith(".") for _, reason in reading.refused)


@pytest.mark.parametrize(
    "kind", ["image/png", "video/mp4", "text/css", "text/javascript", "x" * 300, "a\u00ffb"]
)
def test_a_content_type_without_a_reader_is_not_read(sites, kind):
    counting = Counting(b"", b"a" * 100_000)
    counting.headers = f"Content-Type: {kind}\r\n".encode("latin-1")
    sites.pages["http://news.example/a"] = counting
    assert "which is not read. Name a page or a document." in sites.refusal("http://news.example/a")
    assert counting.sent < 30_000_000


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (
            401,
            "answers with 401: it wants a sign-in, or lets no programs in. Save the page in your browser and",
        ),
        (
            403,
            "answers with 403: it wants a sign-in, or lets no programs in. Save the page in your browser and",
        ),
        (404, "answers with 404: there is no such page. Check the address."),
        (429, "answers with 429: it was asked too often. Wait a while, or: Save the page"),
        (503, "answers with 503: its server has a problem. Try again later, or: Save the page"),
        (204, "answers with 204, not with a page."),
        (302, "answers with 302, not with a page."),
    ],
)
def test_a_status_that_is_no_page_is_told_with_a_way_out(sites, status, reason):
    sites.pages["http://news.example/a"] = (status, {}, b"")
    assert sites.refusal("http://news.example/a").startswith(reason)


# --- robots.txt -----------------------------------------------------------------------------------------


def rules(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (rules("User-agent: *", "Disallow: /"), False),
        (rules("User-agent: *", "Disallow: /news/", "Allow: /news/open"), True),
        (rules("User-agent: *", "Disallow: /*/open$"), False),
        (rules("User-agent: *", "Disallow: /", "", "User-agent: Attribution", "Disallow: /members"), True),
        (rules("User-agent: attribution/0.1", "Disallow: /news", "", "User-agent: *", "Allow: /"), False),
        (rules("User-agent: GPTBot", "User-agent: *", "Disallow: /news"), False),
        (rules("User-agent: GPTBot", "Disallow: /"), True),
        (rules("User-agent: attributions", "Disallow: /"), True),
        (rules("user-agent:*#all", "disallow:/news"), False),
        ("\ufeffUser-agent: *\nDisallow: /".encode(), False),
        (b"\xff\xfe\x00 nothing that is a rule", True),
        (b"<!doctype html><html><body>Not found</body></html>", True),
        ((404, {}, b"User-agent: *\nDisallow: /"), True),
        ((403, {}, b"User-agent: *\nDisallow: /"), True),
        (to("https://other.example/robots.txt"), False),
        ((500, {}, b""), False),
        ((503, {}, b"User-agent: *\nAllow: /"), False),
        (to("http://10.0.0.1/robots.txt"), False),
        (to("/robots.txt"), False),
        (lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"), False),
    ],
)
def test_robots_txt_is_honoured(sites, robots, allowed):
    sites.pages |= {
        "http://news.example/robots.txt": robots,
        "https://other.example/robots.txt": rules("User-agent: *", "Disallow: /news"),
        "http://news.example/news/open": NOTE.encode(),
    }
    reading = sites.read("http://news.example/news/open")
    assert bool(reading.articles) is allowed
    assert sites.fetched == ["http://news.example/news/open"] * allowed
    assert len(reading.refused) == (not allowed)


def test_where_a_redirect_leads_the_robots_txt_there_counts(sites):
    sites.pages |= {
        "http://news.example/a": to("https://other.example/b"),
        "https://other.example/robots.txt": rules("User-agent: *", "Disallow: /b"),
        "https://other.example/b": NOTE.encode(),
    }
    assert sites.refusal("http://news.example/a").startswith(
        "its site lets no programs read it (robots.txt)."
    )
    assert sites.fetched == ["http://news.example/a"]


def test_a_robots_txt_of_any_size_and_shape_takes_no_time():
    lines = [f"User-agent: b{i}" for i in range(15_000)] + [f"Disallow: /{i}*a*a*b$" for i in range(15_000)]
    start = time.monotonic()
    assert parse_rules(rules(*lines)).can_fetch("http://news.example/" + "a" * 3000, "attribution")
    assert parse_rules(rules("User-agent: *", "Disallow: /" + "*a" * 50_000 + "$")).can_fetch(
        "http://news.example/" + "a" * 3000, "attribution"
    )
    assert time.monotonic() - start < 5


def test_the_end_of_an_overlong_robots_txt_is_left_out(sites):
    sites.pages |= {
        "http://news.example/robots.txt": b"User-agent: *\nDisallow: /b\n" + b"# \n" * 300_000,
        "http://news.example/a": NOTE.encode(),
    }
    reading = sites.read("http://news.example/a", "http://news.example/b")
    assert len(reading.articles) == len(reading.refused) == 1


# --- pages that do not show their text ---------------------------------------------------------------------


def test_what_a_pay_wall_or_a_script_left_is_told(sites):
    paid = {"@type": "NewsArticle", "headline": "Open", "isAccessibleForFree": "False"}
    ld = '<script type="application/ld+json">{}</script>'
    text = f"<article><h1>Open</h1><p>{NOTE}</p><p>{BODY}</p></article>"
    teaser = f"<article><h1>Open</h1><p>{NOTE}</p></article><p>Already a subscriber? Log in to read on.</p>"
    sites.pages |= {
        "http://news.example/counted": page(text, ld.format(json.dumps(paid | {"wordCount": 900}))),
        "http://news.example/paid": page(text, ld.format(json.dumps({"@graph": [paid]}))),
        "http://news.example/whole": page(text, ld.format(json.dumps(paid | {"wordCount": "140"}))),
        "http://news.example/tier": page(text, '<meta property="article:content_tier" content="locked">'),
        "http://news.example/asks": page(teaser),
        "http://news.example/free": page(text, ld.format(json.dumps(paid | {"isAccessibleForFree": True}))),
        "http://news.example/app": page('<div id="root"></div><script src="a.js"></script>'),
        "http://news.example/wait": page(
            "<p>Loading …</p><noscript>You need to enable JavaScript to run this app.</noscript><script>"
        ),
    }
    reading = sites.read(*sites.pages)
    assert [a.file.rpartition("/")[2] for a in reading.articles] == [
        *("counted", "paid", "whole", "tier", "asks", "free")
    ]
    notes = {file.rpartition("/")[2]: note for file, note in reading.notes}
    assert notes.keys() == {"counted", "paid", "tier", "asks"}
    assert re.match(
        r"Gave 1\d\d of about 900 words: the rest is behind a pay-wall\. Where you may", notes["counted"]
    )
    assert re.match(r"Gave 1\d\d words and calls itself paid for: there may be more\. Where", notes["paid"])
    assert re.match(r"Gave \d\d words and asks for a subscription: there may be more\. Where", notes["asks"])
    told = (
        "is a web page without an article: it needs a script to show its text. Open it in a browser and save"
    )
    assert [(file.rpartition("/")[2], reason[: len(told)]) for file, reason in reading.refused] == [
        ("app", told),
        ("wait", told),
    ]


def test_an_empty_page_behind_a_pay_wall_is_said_to_be_one():
    assert Access(paid=True, words=0, scripted=False).missing("") == "its text stands behind a pay-wall"
    assert Access(paid=False, words=0, scripted=False).missing("") is None

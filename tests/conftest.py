"""What the tests share: the seeds' analysis by the shipped models, run once, and what may not be skipped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGET = "Operation Metro Surge"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def seeds():
    """The analysis of the two seed articles toward the operation they are about, by the shipped models."""
    from attribution import analyse, read_articles

    articles, refused = read_articles([ROOT / "seeds"])
    assert not refused
    return analyse(articles, targets=[TARGET])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With ATTRIBUTION_REQUIRE_BROWSER=1, as in CI, a browser test that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("ATTRIBUTION_REQUIRE_BROWSER") == "1" and "browser" in item.keywords:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and browser tests are required here: {report.longrepr}"
    return report


# --- the page ------------------------------------------------------------------------------------------


@pytest.fixture
def lantern():
    """An analysis made by hand: two articles, every stance, and names that try to be code."""
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.article import Article, Span
    from attribution.people import Person, Speaker
    from attribution.quotes import Quote
    from attribution.speakers import Attribution
    from attribution.stance import Stance

    first = Article(
        "Harbour chief Ada Brook said: “Lantern keeps the port safe.”\n\n“It must end,” said $Max_ *Hill*, "
        "a docker. “At once.”\n\n“We were told ‘stay home’ and left,” a docker said.",
        file="first.txt",
        outlet="Harbour Post",
    )
    second = Article(
        "<script>alert(1)</script> wrote: “Five raids took place.”\n\nAda Brock called it “a [start](http://x)”.",
        file="second.txt",
        outlet="Quay & Co",
    )
    brook = Person("p1", "Ada Brook", "person", role="harbour chief", misspellings=("Ada Brock",))
    hill = Person("p2", "$Max_ *Hill*", "person")
    script = Person("p3", "<script>alert(1)</script>", "organisation")
    rows = [
        (first, ["“Lantern keeps the port safe.”"], "direct", brook, None, "support", 0.9),
        (first, ["“It must end,”", "“At once.”"], "direct", hill, None, "oppose", -0.95),
        (first, ["“We were told ‘stay home’ and left,”"], "direct", None, "a docker", "oppose", -0.6),
        (first, ["‘stay home’"], "nested", None, None, "unsure", -0.2),
        (second, ["“Five raids took place.”"], "direct", script, None, "neutral", 0.0),
        (second, ["“a [start](http://x)”"], "partial", brook, None, "support", 0.9),
    ]

    def made(article, pieces, kind, person, described, label, score):
        spans = tuple(
            Span.of(article.text, at, at + len(p)) for p in pieces for at in [article.text.index(p)]
        )
        best = "oppose" if label == "unsure" else label
        return AttributedQuote(
            article,
            Quote(spans, kind),
            Attribution(None, None, f"Test reason for {pieces[0]}", 0.9 if person else 0.4),
            Speaker(
                person, person.type if person else "unnamed", described, role=person.role if person else None
            ),
            (("Somebody Else", 0.05),),
            (Stance("Operation Lantern", label, best, score, 0.3 if label == "unsure" else 0.9, "by-hand"),),
        )

    return Analysis((first, second), tuple(made(*row) for row in rows), (brook, hill, script))


@pytest.fixture(scope="session")
def said():
    """Makes a quote by hand: `said("Post", "“We will go.”")`, its pieces in an article of the outlet's own.

    `text` is the article's where it holds more, `mention` and `cue` are words of it; `by` is the speaker.
    """
    from attribution.analysis import AttributedQuote
    from attribution.article import Article, Span
    from attribution.people import Person, Speaker
    from attribution.quotes import Quote
    from attribution.speakers import Attribution

    def made(
        outlet, *pieces, text=None, by="Ada Brook", kind="direct", published=None, mention=None, cue=None
    ):
        text = text or f"{outlet}: {' she said. '.join(pieces)}"
        person = Person(f"person-{by}", by, "person") if by else None

        def span(words):
            at = text.index(words)
            return Span.of(text, at, at + len(words))

        return AttributedQuote(
            Article(text, file=f"{outlet} {len(text)}.txt", outlet=outlet, published=published),
            Quote(tuple(map(span, pieces)), kind),
            Attribution(mention and span(mention), cue and span(cue), "By hand.", 0.9),
            Speaker(person, "person" if person else "unnamed", None),
        )

    return made


@pytest.fixture
def found(lantern):
    """What `page` shows: `lantern`, where a file of tests has nothing of its own."""
    return lantern


@pytest.fixture
def page(found, monkeypatch):
    """The page over `found`, whose stances toward any target are those toward Operation Lantern."""
    from hand_made import forget, home, set_up

    set_up(monkeypatch, found)
    page = home()
    page.query_params["target"] = "Operation Lantern"
    yield page
    forget()


@pytest.fixture
def view(lantern):
    """All of `lantern`, as it is taken away."""
    from attribution.export import View

    address, target = "http://127.0.0.1:1/briefing?target=Operation+Lantern&briefing=ABC", "Operation Lantern"
    quotes = lantern.quotes
    return View(quotes, lantern.articles, target, address=address, targets=(target,), every=quotes)


CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def free_port() -> int:
    """A port of this machine on which nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(*paths: str, script: str | Path = "dashboard.py") -> Iterator[str]:
    """The page on a free port, over the articles in `paths` (the seeds without any), as its address."""
    with served(*paths, script=script) as (address, _):
        yield address


@contextmanager
def served(
    *arguments: str, script: str | Path = "dashboard.py"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A page's `script` on a free port with its `arguments`: its address, and the server's process."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        f"--server.port={port}",
        "--",
        *arguments,
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                break
            assert server.poll() is None, "the page's server has stopped"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/", server
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium; `pytest.skip` where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing. Install it: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one file."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def serving():
    """`serve`, for tests."""
    return serve


@pytest.fixture(scope="session")
def address():
    """The address of the page over the seeds; files with other articles have a page of their own."""
    with serve() as address:
        yield address


@pytest.fixture
def fresh_page(browser):
    """Opens an address in a fresh browser; fails where words run as code or ask another host for anything."""
    contexts, outside = [], []

    def noted(request):
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            outside.append(request.url)

    def opened(address, size=(1280, 720), scheme="light"):
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("request", noted)
        page.on("websocket", lambda socket: noted(socket))
        page.on("dialog", lambda dialog: pytest.fail("words ran as code"))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not outside


@pytest.fixture
def open_page(fresh_page, address):
    """The same for a path of the page."""

    def opened(path="", **more):
        page = fresh_page(address + path, **more)
        page.locator("h1.view").wait_for()
        return page

    return opened

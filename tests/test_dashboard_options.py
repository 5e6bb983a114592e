"""`attribution dashboard`: where the page answers, whom that lets in, and what they may do."""

from __future__ import annotations

import socket
import sys

import hand_made
import pytest
from conftest import free_port
from hand_made import forget, home, set_up
from typer.testing import CliRunner

from attribution import serving
from attribution.article import Article, AttributionError
from attribution.cli import app
from attribution.pages import library, mending, options
from attribution.pages.intake import Intake, Item
from attribution.pages.permission import READ_ONLY, READ_ONLY_NOTE

STORY = "Ada Brook said: “We stay.”"


@pytest.fixture
def served(monkeypatch):
    """Runs the command; Streamlit's arguments, in place of a server, are noted in `served.calls`."""
    calls = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda arguments, **_: calls.append(arguments))

    def run(*arguments):
        return CliRunner().invoke(app, ["dashboard", *map(str, arguments)])

    run.calls = calls
    return run


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


# --- the address -------------------------------------------------------------------------------------


def test_without_an_address_only_this_machine_is_answered_and_nothing_is_warned_of(served, story):
    result = served(story, "--port", free_port())
    assert result.exit_code == 0 and result.stderr == ""
    (arguments,) = served.calls
    assert "--server.address=127.0.0.1" in arguments
    assert not any(flag.startswith("--browser.serverAddress") for flag in arguments)
    assert arguments[arguments.index("--") + 1 :] == [str(story)]


def test_another_address_is_passed_on_with_a_warning_of_what_it_means(served, story):
    result = served(story, "--port", free_port(), "--address", "0.0.0.0")
    (arguments,) = served.calls
    assert {"--server.address=0.0.0.0", f"--browser.serverAddress={socket.gethostname()}"} <= set(arguments)
    (line,) = result.stderr.splitlines()
    assert "the page answers at 0.0.0.0: whoever reaches this machine over the network" in line
    assert "load their own" in line and "no password" in line and "not encrypted" in line


@pytest.mark.parametrize("address", ["192.0.2.7", "no such host", "300.1.1.1", ""])
def test_an_address_that_is_not_this_machines_is_one_line(served, story, address, monkeypatch):
    def looked_up(host, port, **more):
        if host != "192.0.2.7":
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr("socket.getaddrinfo", looked_up)  # no test asks a name server
    result = served(story, "--port", free_port(), "--address", address)
    assert isinstance(result.exception, AttributionError) and served.calls == []
    assert "Name 127.0.0.1 for this machine alone" in str(result.exception)
    assert ("is not this machine's" in str(result.exception)) is (address == "192.0.2.7")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.53", "localhost", "::1"])
def test_this_machine_alone_needs_no_warning(address):
    assert serving.warning(address, read_only=False) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "newsroom.example"])
def test_a_read_only_page_for_others_is_warned_of_in_other_words(address):
    told = serving.warning(address, read_only=True)
    assert f"answers at {address}" in told and "they can change nothing" in told
    assert told != serving.warning(address, read_only=False)


def test_a_port_in_use_is_told_apart_from_a_foreign_address():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(AttributionError, match=f"port {taken.getsockname()[1]}: cannot be used"):
            serving.check_place("127.0.0.1", taken.getsockname()[1])


# --- read only ---------------------------------------------------------------------------------------


def test_read_only_reaches_the_page_and_its_server(served, story):
    assert served(story, "--port", free_port(), "--read-only").exit_code == 0
    (arguments,) = served.calls
    assert arguments[arguments.index("--") + 1 :] == [READ_ONLY, str(story)]
    assert "--server.maxUploadSize=0" in arguments
    assert "--server.maxUploadSize=0" not in options.streamlit_flags()


@pytest.fixture
def page(lantern, monkeypatch):
    """Opens a page of the server that only shows; with `read_only=False` of one that does not."""

    def opened(name=None, read_only=True):
        set_up(monkeypatch, lantern)
        monkeypatch.setattr(sys, "argv", ["dashboard.py", *([READ_ONLY] if read_only else []), "somewhere"])
        page = home()
        page.session_state["tour"] = False
        page.run()
        return page.switch_page(name).run() if name else page

    yield opened
    forget()


def shown(page):
    return "\n".join([hand_made.shown(page), *(caption.value for caption in page.caption)])


def test_the_option_is_no_path(page, lantern):
    page()
    assert library.arguments() == ("somewhere",) and library.given() == lantern.articles


@pytest.mark.parametrize("read_only", [True, False])
def test_every_page_says_that_it_only_shows(page, read_only):
    opened = page(read_only=read_only)
    assert ("This page only shows" in shown(opened)) is read_only
    assert opened.metric[0].value == "6"


def test_no_way_to_add_or_mend_is_offered(page):
    added = page("add_articles.py")
    assert READ_ONLY_NOTE in shown(added)
    assert not added.get("file_uploader") and not added.text_area
    checked = page("check_quotes.py")
    assert not checked.get("file_uploader") and "A file" not in checked.radio[0].options
    assert page("check_quotes.py", read_only=False).get("file_uploader")


def test_a_draft_can_still_be_pasted_to_be_checked(page):
    checked = page("check_quotes.py")
    assert checked.text_area(key="check_text") and checked.button(key="check_now")
    assert checked.radio[0].options == ["Pasted text", "A loaded article"]


def test_what_the_page_hides_is_refused_by_the_server_too(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dashboard.py", READ_ONLY])
    article = Article(STORY, file="own.txt")
    for change in (
        lambda: library.load_own(article),
        lambda: library.remove_own({article.id}),
        lambda: Intake().add([Item("own.txt", STORY.encode())], []),
        lambda: Intake().add([Item("https://news.example/story")], []),
        lambda: mending.mend(article, "own.txt", "outlet", "Another Post"),
    ):
        with pytest.raises(AttributionError, match="only shows"):
            change()

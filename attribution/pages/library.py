"""The articles loaded: those that the server was started with, and a visitor's own."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Container, Sequence
from contextlib import suppress
from functools import cache, lru_cache

import streamlit as st

from attribution import readers
from attribution.article import Article, AttributionError
from attribution.pages import mending
from attribution.pages.intake import Intake
from attribution.pages.permission import READ_ONLY, check_may_change
from attribution.pages.permission import READ_ONLY_NOTE as READ_ONLY_NOTE
from attribution.pages.permission import read_only as read_only
from attribution.paths import seeds_folder
from attribution.readers import Reading
from attribution.readers.tables import named_columns
from attribution.stance import Target, suggested_targets
from attribution.watch import Stamp, State, Watch, each_once, stamps

SEEDS_TARGET = "Operation Metro Surge"


COLUMN = "--column="  # after `--` on the command line, as in --column=text=Story


def arguments() -> tuple[str, ...]:
    """The paths given after `--` on the command line."""
    return tuple(
        argument for argument in sys.argv[1:] if argument != READ_ONLY and not argument.startswith(COLUMN)
    )


def _columns() -> dict[str, str]:
    """The columns of tables that are named on the command line. Raises `AttributionError` for nonsense."""
    return named_columns(one.removeprefix(COLUMN) for one in sys.argv[1:] if one.startswith(COLUMN))


_reading = threading.Lock()  # whoever comes while the files are read waits for them, and reads none twice
_watches: dict[tuple[str, ...], Watch] = {}
_Given = tuple[State, Reading, dict[str, Stamp]]
_read_before: dict[tuple[str, ...], _Given] = {}


def start_with(paths: Sequence[str], read: Reading, seen: dict[str, Stamp]) -> None:
    """Take what was read of `paths` in this process already: their links are not fetched a second time.

    `seen` is what the files were like just before.
    """
    articles, repeats = each_once(read.articles)
    state = State(tuple(articles), (*read.refused, *repeats), tuple(read.notes))
    _read_before[tuple(paths)] = state, read, seen


@cache
def _read(paths: tuple[str, ...]) -> _Given:
    """What `paths` hold, as it is shown and as it was read, and what the files were like just before."""
    if paths not in _read_before:
        seen = stamps(paths)
        start_with(paths, readers.read_files(list(paths) or [seeds_folder()], _columns()), seen)
    return _read_before.pop(paths)


def _given() -> State:
    paths = arguments()
    if watch := _watches.get(paths):
        return watch.state
    with _reading:
        return _read(paths)[0]


def watch() -> None:
    """Follow the files and folders that the server was started with, for ever, on the caller's thread.

    The seeds are no work in progress: without any path there is nothing to follow.
    """
    paths = arguments()
    if not paths:
        return
    with suppress(AttributionError):  # the page meets the same error, and has somebody to tell it to
        with _reading:
            _, read, seen = _read(paths)
        _watches[paths] = Watch(paths, read, seen)
        _watches[paths].follow()


def watched() -> int | None:
    """How often the files given have changed so far; `None` where nobody follows them."""
    watch = _watches.get(arguments())
    return watch.state.version if watch else None


def given() -> tuple[Article, ...]:
    """The articles given when the server was started, as their files are now."""
    try:
        return _given().articles
    except AttributionError:
        return ()


def common_folder() -> str:
    """Where all files given lie, with its last slash: a page need not repeat it for each of them."""
    try:
        return os.path.join(os.path.commonpath([os.path.dirname(article.file) for article in given()]), "")
    except ValueError:  # none at all, or some relative to where the server was started
        return ""


def refused() -> list[tuple[str, str]]:
    """What of the files given is not here, as (file, reason)."""
    try:
        return list(_given().refused)
    except AttributionError as error:
        return [("", str(error))]


def notes() -> list[tuple[str, str]]:
    """What else to know of the files given, as (file, note): which columns of a table were taken."""
    try:
        return list(_given().notes)
    except AttributionError:
        return []


# --- a visitor's own ------------------------------------------------------------------------------------


def own() -> tuple[Article, ...]:
    """This visitor's own articles, as they were read."""
    return tuple(st.session_state["own"])


def as_read() -> dict[str, Article]:
    """Every article loaded as its file says it, by what its mends are kept under."""
    loaded = {mending.key_of(article, own=False): article for article in given()}
    ids = {article.id for article in loaded.values()}
    return loaded | {mending.key_of(a, own=True): a for a in own() if a.id not in ids}


def articles() -> tuple[Article, ...]:
    """The articles given when the server was started and this visitor's own, as this visitor mended them."""
    loaded = as_read()
    if not mending.any_mends():  # of thousands of articles nearly none is mended
        return tuple(loaded.values())
    return tuple(mending.mended(article, key) for key, article in loaded.items())


def intake() -> Intake:
    """What this visitor brings, as far as it is read."""
    if "intake" not in st.session_state:
        st.session_state["intake"] = Intake()
    return st.session_state["intake"]


def collect() -> None:
    """Put what was read so far beside the articles. To be called at the start of a run.

    Not one by one: each other set of articles is another analysis.
    """
    if intake().due:
        load_own(*intake().take())


def load_own(*articles: Article) -> bool:
    """Put a visitor's own texts beside the articles; False where all of them are loaded already."""
    check_may_change()
    new = {article.id: article for article in articles}
    for loaded in as_read().values():
        new.pop(loaded.id, None)
    st.session_state["own"] = [*st.session_state["own"], *new.values()]
    return bool(new)


def remove_own(ids: Container[str]) -> None:
    """Take a visitor's own texts away again."""
    check_may_change()
    st.session_state["own"] = [article for article in st.session_state["own"] if article.id not in ids]


def suggestions() -> list[Target]:
    """The operations and policies that the articles name: to choose from, not chosen unasked."""
    return _suggested(tuple(article.text for article in articles()))


@lru_cache(maxsize=16)
def _suggested(texts: tuple[str, ...]) -> list[Target]:
    return suggested_targets(texts)

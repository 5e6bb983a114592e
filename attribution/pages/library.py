"""The articles loaded: those that the server was started with, and a visitor's own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

from attribution import readers
from attribution.article import Article, AttributionError
from attribution.paths import seeds_folder
from attribution.stance import Target, suggested_targets

SEEDS_TARGET = "Operation Metro Surge"


def arguments() -> tuple[str, ...]:
    """The paths given after `--` on the command line."""
    return tuple(sys.argv[1:])


@cache
def _read(paths: tuple[str, ...]) -> tuple[tuple[Article, ...], tuple[tuple[str, str], ...]]:
    articles, refused = readers.read_articles([Path(path) for path in paths] or [seeds_folder()])
    return tuple(articles), tuple(refused)


def given() -> tuple[Article, ...]:
    """The articles given when the server was started."""
    try:
        return _read(arguments())[0]
    except AttributionError:
        return ()


def articles() -> tuple[Article, ...]:
    """The articles given when the server was started, and this visitor's own."""
    return (*given(), *st.session_state["own"])


def refused() -> list[str]:
    """Why a file given when the page was started is not here, one line each."""
    try:
        return [
            f"{file}: {reason}" if file not in reason else reason for file, reason in _read(arguments())[1]
        ]
    except AttributionError as error:
        return [str(error)]


def add_own(name: str, data: bytes, *, title: str | None = None) -> str | None:
    """Load a visitor's own text, for this visitor alone; what was wrong with it, in one line, if anything."""
    try:
        article = readers.article_from_upload(name, data)
        article = replace(article, title=title or article.title)
    except AttributionError as error:
        return str(error)
    return None if load_own(article) else f"{name}: this text is already loaded."


def add_files(files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Load every article of a visitor's own files; what was wrong, a line each."""
    read = readers.read_uploads(files)
    told = [f"{file}: {reason}" for file, reason in read.refused]
    return told + [f"{a.name}: this text is already loaded." for a in read.articles if not load_own(a)]


def load_own(article: Article) -> bool:
    """Put a visitor's own text beside the articles; False where it is loaded already."""
    if any(article.id == loaded.id for loaded in articles()):
        return False
    st.session_state["own"] = [*st.session_state["own"], article]
    return True


def remove_own(article_id: str) -> None:
    """Take a visitor's own text away again."""
    st.session_state["own"] = [article for article in st.session_state["own"] if article.id != article_id]


def suggestions() -> list[Target]:
    """The operations and policies that the articles name: to choose from, not chosen unasked."""
    return _suggested(articles())


@lru_cache(maxsize=16)
def _suggested(loaded: tuple[Article, ...]) -> list[Target]:
    return suggested_targets([article.text for article in loaded])

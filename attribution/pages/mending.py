"""What a visitor knows better of an article than its file says: outlet, date, author, title, link, language.

A mend is this visitor's own. The quotes are found in the text, which no mend touches: an analysis made once
for all visitors is shown with each one's own metadata (`dressed`). Only another language is another analysis.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from attribution.article import Article, AttributionError
from attribution.pages.permission import check_may_change
from attribution.readers.dates import iso_date
from attribution.tongue import language_code

if TYPE_CHECKING:
    from attribution.analysis import Analysis

FIELDS = {
    "outlet": "Outlet",
    "published": "Date",
    "author": "Author",
    "title": "Title",
    "url": "Link",
    "read_as": "Language",
}
"""What can be mended, and what the page calls it."""

_MOST = 500  # characters of a field; a link may have four times as many


@dataclass(frozen=True)
class Mend:
    """One field of one article, as a visitor set it: `None` where it is not known. `before` is what stood."""

    key: str
    field: str
    value: str | None
    before: str | None


def checked(field: str, text: str | None) -> str | None:
    """What `text` says of `field`, tidied; `None` for a blank. Raises `AttributionError` where it cannot be.

    >>> checked("published", "February 4, 2026"), checked("outlet", "  Harbour  Post "), checked("url", " ")
    ('2026-02-04', 'Harbour Post', None)
    """
    value = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text or "").split())
    if not value:
        return None
    if len(value) > _MOST * (4 if field == "url" else 1):
        raise AttributionError(f"{FIELDS[field]}: {len(value):,} characters are too many. Shorten it.")
    if field == "published" and (day := iso_date(value)) is None:
        raise AttributionError(f"{FIELDS[field]}: “{value}” is no date, or could be two. Write 2026-02-04.")
    if field == "url":
        _check_link(value)
    if field == "read_as":
        return _language(value)
    return day if field == "published" else value


def _language(value: str) -> str:
    try:
        return language_code(value)
    except AttributionError as error:
        raise AttributionError(f"{FIELDS['read_as']}: {error}") from None


def _check_link(value: str) -> None:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and " " not in value
    except ValueError:
        sound = False
    if not sound:
        raise AttributionError(f"{FIELDS['url']}: “{value}” is no web address. Write https://… in full.")


# --- the visitor's mends, in the session ----------------------------------------------------------------


def _mends() -> dict[str, dict[str, str | None]]:
    """Of each article mended, the fields that a visitor set."""
    return st.session_state.setdefault("mends", {})


def any_mends() -> bool:
    """Whether this visitor has mended anything."""
    return bool(_mends())


def key_of(article: Article, own: bool) -> str:
    """What a mend is kept under: a visitor's own text, or a file of the server's, which may gain a line."""
    return article.id if own else article.file


def mended(article: Article, key: str) -> Article:
    """The article with the mends kept under `key`; the same object each time."""
    fields = _mends().get(key)
    if not fields:
        return article
    made: dict[str, tuple[Article, dict, Article]] = st.session_state.setdefault("mended", {})
    if key not in made or made[key][0] is not article or made[key][1] != fields:
        made[key] = (article, dict(fields), replace(article, **fields))
    return made[key][2]


def fields_mended(key: str) -> Mapping[str, str | None]:
    """The fields that were mended by hand."""
    return _mends().get(key, {})


def mend(article: Article, key: str, field: str, text: str | None) -> None:
    """Set a field of `article`, which is as its file says it; what the file says is no mend.

    Raises `AttributionError` where `text` is none for this field, or where the server only shows: nothing is
    changed then.
    """
    check_may_change()
    value = checked(field, text)
    now = getattr(mended(article, key), field)
    if value == now or (field == "published" and now and value == iso_date(now)):
        return
    st.session_state.setdefault("mend_log", []).append(Mend(key, field, value, now))
    _set(article, key, field, value)


def undo(articles: Mapping[str, Article]) -> None:
    """Take the last mend back; `articles` are those loaded, as their files say them, by key."""
    log: list[Mend] = st.session_state.get("mend_log", [])
    if log:
        last = log.pop()
        _set(articles.get(last.key), last.key, last.field, last.before)


def undo_all() -> None:
    """Take every mend back."""
    st.session_state["mends"], st.session_state["mend_log"] = {}, []


def last_mend() -> Mend | None:
    """The mend that `undo` would take back."""
    log: list[Mend] = st.session_state.get("mend_log", [])
    return log[-1] if log else None


def _set(article: Article | None, key: str, field: str, value: str | None) -> None:
    fields = {name: said for name, said in _mends().get(key, {}).items() if name != field}
    if article is None or value != getattr(article, field):
        fields[field] = value
    st.session_state["mends"] = {k: v for k, v in _mends().items() if k != key} | (
        {key: fields} if fields else {}
    )


# --- an analysis with a visitor's own metadata --------------------------------------------------------

_dressed: OrderedDict[int, tuple[Analysis, tuple[Article, ...], Analysis]] = OrderedDict()
_MOST_DRESSED = 16  # the same object for the same view: what is made of it need not be made again


def dressed(found: Analysis, articles: tuple[Article, ...]) -> Analysis:
    """`found` with `articles`, the same texts, in place of its own: their metadata may differ.

    200 articles with 2,000 quotes take 5 ms the first time.
    """
    kept = _dressed.get(id(found))
    if kept and kept[0] is found and kept[1] == articles:
        return kept[2]
    own = {article.id: article for article in articles}
    made = found
    if found.articles != articles or any(own.get(q.article.id) is not q.article for q in found.quotes):
        quotes = tuple(replace(q, article=own.get(q.article.id, q.article)) for q in found.quotes)
        made = replace(found, articles=tuple(own.get(old.id, old) for old in found.articles), quotes=quotes)
    _dressed[id(found)] = (found, articles, made)
    while len(_dressed) > _MOST_DRESSED:
        _dressed.popitem(last=False)
    return made

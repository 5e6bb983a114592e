"""The sidebar's articles: what is loaded, the way to add more, and the news of what comes by itself."""

from __future__ import annotations

from html import escape

import streamlit as st

from attribution.article import Article
from attribution.pages import frame, library, view
from attribution.pages.again import there_is_more
from attribution.pages.words import count, shorten

_MOST = 12  # articles named; of more a visitor sees the number, and all of them on the page *Add articles*
_OFTEN, _NOW_AND_THEN = 1.0, 2.0  # seconds between two looks for news, of what is read and of watched files


def show_articles() -> None:
    """The list of what is loaded, and the way to the page where more come in."""
    loaded = library.articles()
    st.html(f'<section class="articles"><h2>{count(len(loaded), "article")}</h2></section>')
    if not library.read_only():
        label = "Add or mend articles" if loaded else "Add articles"
        page = frame.page("add")
        st.page_link(page, label=label, icon=":material/add:", query_params=view.parameters())
    else:
        st.caption("This page only shows: nothing can be added or changed.")
    _list(loaded)
    if (missing := len(library.refused())) and not loaded:
        for file, reason in library.refused()[:_MOST]:
            frame.note(f"{file}: {reason}" if file else reason, "error")
    elif missing:
        st.html(f'<p class="below">{missing:,} not loaded: see there.</p>')
    # What was read since this run began is not among the articles yet: it counts as being read.
    reading, changes = library.intake().news, library.watched()
    if reading or changes is not None:
        st.fragment(_follow, run_every=_OFTEN if reading else _NOW_AND_THEN)(reading, changes)


def _list(loaded: tuple[Article, ...]) -> None:
    own = {article.id for article in library.own()}
    items = "".join(
        f"<li><b><bdi>{escape(shorten(article.name, 60))}</bdi></b>"
        f"<span>{escape(_about_article(article, article.id in own))}</span></li>"
        for article in loaded[:_MOST]
    )
    more = f'<p class="below">and {len(loaded) - _MOST:,} more</p>' if len(loaded) > _MOST else ""
    st.html(f'<section class="articles"><ul>{items}</ul>{more}</section>')


def _about_article(article: Article, own: bool) -> str:
    facts = [article.published or "", f"{len(article.text.split()):,} words", "your own" if own else ""]
    return " · ".join(fact for fact in facts if fact)


def _follow(reading: bool, changes: int | None) -> None:
    """Look for news: the page is drawn again as articles are read, and when a watched file has changed."""
    intake = library.intake()
    if intake.running:
        st.html(f'<p class="below" role="status">Reading: {intake.done:,} of {intake.total:,} …</p>')
    if library.watched() != changes or intake.due or (reading and not intake.running):
        there_is_more()

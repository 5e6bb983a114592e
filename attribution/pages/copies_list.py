"""The groups of copies on *Add articles*: why they are one text, what changed, and which of them count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Article, Span
from attribution.check.report import marked, style_of
from attribution.pages import analyses, copies, library, view
from attribution.pages.frame import part
from attribution.pages.words import HELP, article_label, count, speaker_label
from attribution.pages.work import found_quotes

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.duplicates import DuplicateGroup
    from attribution.versions import QuoteChange

_KINDS = {"same text": "The same text", "wire copy": "Wire copy", "versions": "Versions of one article"}
_FATES = {
    "added": "Added",
    "reworded": "Reworded",
    "vanished": "Vanished",
    "re-attributed": "Another speaker",
}
_STEP = 10  # groups drawn at first, and with each click on the button for more


def show_copies(loaded: tuple[Article, ...]) -> None:
    """Every group with the choice to count one or all of it."""
    found = copies.groups(loaded)
    if not found:
        return
    part("Copies and versions")
    st.caption(HELP["copies"])
    every = copies.others(found)
    with st.container(horizontal=True, gap="small"):
        out = copies.left_out()
        st.button(
            "Count one of each",
            key="copies_one",
            disabled=out >= set(every),
            on_click=copies.leave_out,
            args=(every,),
        )
        st.button(
            "Count all",
            key="copies_all",
            disabled=not out & set(every),
            on_click=copies.count_again,
            args=(every,),
        )
    analysis = _analysis(loaded, found)
    most = st.session_state.setdefault("copies_most", _STEP)
    for number, group in enumerate(found[:most]):
        with st.container(border=True, key=f"group_{number}"):
            _group(group, analysis)
    if len(found) > most:
        more = f"Show {min(_STEP, len(found) - most)} more groups"
        st.button(more, key="copies_more", on_click=_show_more)


def _show_more() -> None:
    st.session_state["copies_most"] += _STEP
    view.touch()


def _group(group: DuplicateGroup, analysis: Analysis | None) -> None:
    quotes = Counter(quote.article.id for quote in analysis.quotes) if analysis else None
    kept = copies.kept(group)
    folder = library.common_folder()
    rows = "".join(_member(article, group, quotes, folder) for article in group.articles)
    st.html(
        f'<section class="group"><h3>{_KINDS[group.kind]}</h3><p>{escape(group.reason)}</p>'
        f"<ul>{rows}</ul></section>"
    )
    ids = [article.id for article in group.articles if article is not kept]
    key = f"count:{group.articles[0].id}"
    st.session_state[key] = "one" if set(ids) <= copies.left_out() else "all"
    which = "newest" if kept is group.newest else "last" if kept is group.articles[-1] else "first"
    words = {"all": f"Count all {len(group.articles)}", "one": f"Count only the {which}"}
    st.radio(
        "In the pictures",
        list(words),
        key=key,
        format_func=words.__getitem__,
        horizontal=True,
        label_visibility="collapsed",
        on_change=_choose,
        args=(key, ids),
    )
    if group.kind == "versions" and analysis:
        for number, (older, newer) in enumerate(pairwise(group.articles), start=1):
            _changes(older, newer, analysis, f"From version {number} to {number + 1}")


def _choose(key: str, ids: Sequence[str]) -> None:
    (copies.leave_out if st.session_state[key] == "one" else copies.count_again)(ids)


def _member(article: Article, group: DuplicateGroup, quotes: Mapping[str, int] | None, folder: str) -> str:
    facts = [
        "" if article.published else "no date",
        count(len(article.text.split()), "word"),
        count(quotes[article.id], "quote") if quotes is not None else "",
        article.file.removeprefix(folder),
    ]
    signs = "".join(
        f' <span class="chip neutral">{sign}</span>'
        for sign, holds in (
            ("Newest", article is group.newest),
            ("Not counted", article.id in copies.left_out()),
        )
        if holds
    )
    told = " · ".join(fact for fact in facts if fact)
    return f"<li><b><bdi>{escape(article_label(article))}</bdi></b>{signs}<span>{escape(told)}</span></li>"


# --- what changed between two versions --------------------------------------------------------------


def _analysis(loaded: tuple[Article, ...], found: Sequence[DuplicateGroup]) -> Analysis | None:
    """The quotes, without which nobody knows what changed; to find them takes a while: only if asked to."""
    if (analysis := analyses.at_hand(loaded)) or all(group.kind != "versions" for group in found):
        return analysis
    if st.session_state.get("copies_compare"):
        return found_quotes(loaded)
    label = "Show what changed between the versions"
    st.button(label, key="copies_changes", on_click=_compare)
    return None


def _compare() -> None:
    st.session_state["copies_compare"] = True
    view.touch()


def _changes(older: Article, newer: Article, analysis: Analysis, title: str) -> None:
    from attribution.versions import compare_versions

    changes = compare_versions(_of(older, analysis), _of(newer, analysis))
    rows = [row for row in changes.rows if row.fate in _FATES]
    numbers = Counter(row.fate for row in rows)
    told = [f"{numbers[fate]} {word.lower()}" for fate, word in _FATES.items() if numbers[fate]]
    if changes.unchanged or not told:
        told.append(f"{changes.unchanged} unchanged")
    with st.expander(f"{title}: {', '.join(told)}"):
        st.html(f'<p class="below">{escape(article_label(older))} → {escape(article_label(newer))}</p>')
        if not rows:
            st.html('<p class="below">No quote changed.</p>')
            return
        st.html(f'<ul class="changes">{"".join(map(_change, rows))}</ul>')


def _of(article: Article, analysis: Analysis) -> list[AttributedQuote]:
    return [quote for quote in analysis.quotes if quote.article.id == article.id]


def _change(row: QuoteChange) -> str:
    """One quote before and after, the words that changed marked."""
    sides = []
    for quote, spans in (
        (row.older, [(d.source, style_of(d.kind), d.kind) for d in row.differences if d.source]),
        (row.newer, [(d.draft, style_of(d.kind), d.kind) for d in row.differences if d.draft]),
    ):
        if quote:
            sides.append(f"<b>{escape(speaker_label(quote))}</b> {_words(quote, spans)}")
    arrow = '<br><span aria-label="became">→</span> '
    return f'<li><span class="chip neutral">{_FATES[row.fate]}</span> {arrow.join(sides)}</li>'


def _words(quote: AttributedQuote, spans: Sequence[tuple[Span, str, str]]) -> str:
    return " ".join(marked(piece, spans) for piece in quote.quote.pieces)

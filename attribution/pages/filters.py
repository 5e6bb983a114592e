"""The filters of a view: by speaker, article, stance, kind and certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from attribution.pages import view
from attribution.pages.columns import Filters, columns
from attribution.pages.frame import note
from attribution.pages.words import CERTAINTIES, HELP, STANCES, joined, shorten
from attribution.pages.work import is_partial
from attribution.quotes import KINDS

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote

_SURE = {"any": "Any", "likely": "Likely or sure", "sure": "Sure only"}


def filter_bar(found: Analysis, target: str | None) -> Sequence[AttributedQuote]:
    """Draw the filters and return the quotes that pass them, in reading order: the same object each time."""
    rows = columns(found, target)
    names = {article.id: article.name for article in found.articles}
    doubled = {name for name, times in Counter(names.values()).items() if times > 1}
    places = {
        article.id: f"{article.name} ({article.published or article.id[:4]})" for article in found.articles
    }
    kinds = rows.kinds | set(st.session_state["kind"])
    beside = iter(st.container(key="filters").columns(5, gap="small"))
    with next(beside):
        _choice("speaker", "Speaker", rows.speakers, lambda label: shorten(label, 40), HELP["speaker"])
    with next(beside):
        told = {a: places[a] if names[a] in doubled else names[a] for a in names}
        _choice("in", "Article", list(names), told.__getitem__, HELP["in"])
    with next(beside):
        _choice("stance", "Stance", list(STANCES) if target else [], STANCES.__getitem__, HELP["stance"])
    with next(beside):
        _choice("kind", "Kind", [kind for kind in KINDS if kind in kinds], str.capitalize, HELP["kind"])
    with next(beside):
        _certainty()
    return rows.passing(_filters())


def _choice(
    key: str, label: str, options: Sequence[str], words: Callable[[str], str], help_text: str | None = None
) -> None:
    """One filter; what an address asked for and is not here is told and let go."""
    here = set(options)
    gone = [value for value in st.session_state[key] if value not in here]
    if is_partial():
        options = [*options, *gone]  # it may be in what is not read yet
        words = _words_or_itself(words, here)
    elif gone:
        st.session_state[key] = [value for value in st.session_state[key] if value in here]
        note(f"The filter {label.lower()} “{joined(gone)}” fits no quote here and was dropped.")
    st.multiselect(
        label,
        options,
        key=key,
        format_func=words,
        help=help_text,
        placeholder="All" if options else "None yet",
        disabled=not options,
        on_change=view.touch,
        persist_state="session",
    )


def _words_or_itself(words: Callable[[str], str], here: Container[str]) -> Callable[[str], str]:
    return lambda value: words(value) if value in here else shorten(value, 40)


def _certainty() -> None:
    if st.session_state["sure"] not in _SURE:
        st.session_state["sure"] = "any"
    st.selectbox(
        "Certainty",
        list(_SURE),
        key="sure",
        format_func=_SURE.__getitem__,
        help=HELP["confidence"],
        on_change=view.touch,
        persist_state="session",
    )


def _filters() -> Filters:
    """What this visitor chose."""
    wanted = st.session_state
    return Filters(
        speakers=tuple(wanted["speaker"]),
        articles=tuple(wanted["in"]),
        without=tuple(wanted["without"]),
        stances=tuple(wanted["stance"]),
        kinds=tuple(wanted["kind"]),
        sure=0.0 if wanted["sure"] == "any" else CERTAINTIES[wanted["sure"]],
    )

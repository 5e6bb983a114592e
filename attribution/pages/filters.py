"""The filters of a view: by speaker, article, stance, kind and certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from attribution.pages import view
from attribution.pages.frame import note
from attribution.pages.words import CERTAINTIES, HELP, STANCES, joined, shorten, speaker_label, stance_label
from attribution.quotes import KINDS

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote

_SURE = {"any": "Any", "likely": "Likely or sure", "sure": "Sure only"}


def filter_bar(found: Analysis, target: str | None) -> list[AttributedQuote]:
    """Draw the filters and return the quotes that pass them, in reading order."""
    names = {article.id: article.name for article in found.articles}
    doubled = {name for name, times in Counter(names.values()).items() if times > 1}
    places = {
        article.id: f"{article.name} ({article.published or article.id[:4]})" for article in found.articles
    }
    speakers = [label for label, _ in Counter(map(speaker_label, found.quotes)).most_common()]
    kinds = {quote.quote.kind for quote in found.quotes} | set(st.session_state["kind"])
    columns = st.columns(5, gap="small")
    with columns[0]:
        _choice("speaker", "Speaker", speakers, lambda label: shorten(label, 40))
    with columns[1]:
        _choice("in", "Article", list(names), lambda a: places[a] if names[a] in doubled else names[a])
    with columns[2]:
        _choice("stance", "Stance", list(STANCES) if target else [], STANCES.__getitem__, HELP["stance"])
    with columns[3]:
        _choice("kind", "Kind", [kind for kind in KINDS if kind in kinds], str.capitalize, HELP["kind"])
    with columns[4]:
        _certainty()
    return [quote for quote in found.quotes if _passes(quote, target)]


def _choice(key: str, label: str, options: Sequence[str], words, help_text: str | None = None) -> None:
    """One filter; what an address asked for and is not here is told and let go."""
    gone = [value for value in st.session_state[key] if value not in options]
    if gone:
        st.session_state[key] = [value for value in st.session_state[key] if value in options]
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


def _passes(quote: AttributedQuote, target: str | None) -> bool:
    wanted = st.session_state
    return (
        (not wanted["speaker"] or speaker_label(quote) in wanted["speaker"])
        and (not wanted["in"] or quote.article.id in wanted["in"])
        and (not wanted["stance"] or stance_label(quote, target) in wanted["stance"])
        and (not wanted["kind"] or quote.quote.kind in wanted["kind"])
        and (wanted["sure"] == "any" or quote.confidence >= CERTAINTIES[wanted["sure"]])
    )

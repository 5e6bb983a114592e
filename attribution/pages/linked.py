"""The selected quote in every picture: its dot ringed, and the bar or cell that it is counted in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from attribution import charts
from attribution.pages.words import speaker_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_mark = st.components.v2.component(
    "attribution_linked", js=(Path(__file__).parent / "linked.js").read_text(encoding="utf-8")
)


def mark_selected(picture: str, quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]) -> None:
    """Ring the selected quote in the picture shown; the figure stays the same, so it is not drawn again."""
    wanted = st.session_state["quote"]
    quote = next((quote for quote in quotes if quote.id == wanted), None) if wanted else None
    with st.container(key="linked"):
        bar = bar_of(picture, quote, quotes, every) if quote else None
        _mark(key="linked_marks", data={"quote": quote and quote.id, "bar": bar})


def bar_of(
    picture: str,
    quote: AttributedQuote,
    quotes: Sequence[AttributedQuote],
    every: Sequence[AttributedQuote],
) -> str | None:
    """The `customdata` of the bar or cell in which `quote` is counted."""
    label = speaker_label(quote)
    if picture == "voices":
        outlets = charts.by_outlet(every).values()
        return next(
            mine[0].id for mine in outlets if any(other.article.id == quote.article.id for other in mine)
        )
    mine = (other for other in quotes if speaker_label(other) == label)
    if picture == "outlets":
        column = charts.outlet_articles(quotes, quote.id)
        mine = (other for other in mine if other.article.id in column)
    return next((other.id for other in mine), None)

"""What every page is set in: the list of pages, styles, notes and headings."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from attribution.charts import palette

_HERE = Path(__file__).parent
# A picture of our own: Streamlit would fetch an icon named by its name from elsewhere.
ICON = _HERE / "icon.svg"
_STYLES = (_HERE / "page.css").read_text(encoding="utf-8")


def pages() -> tuple[st.Page, ...]:
    """*Who said what*, *Source*, *Check quotes*, *Compare outlets*, *Briefing* and *Add articles*."""
    names = ("who_said_what", "source", "check_quotes", "compare_outlets", "briefing", "add_articles")
    said, source, check, compare, briefing, add = (_HERE / f"{name}.py" for name in names)
    return (
        st.Page(said, title="Who said what", icon=":material/forum:", default=True),
        st.Page(source, title="Source", icon=":material/article:", url_path="source"),
        st.Page(check, title="Check quotes", icon=":material/fact_check:", url_path="check"),
        st.Page(compare, title="Compare outlets", icon=":material/compare_arrows:", url_path="compare"),
        st.Page(briefing, title="Briefing", icon=":material/newsmode:", url_path="briefing"),
        st.Page(add, title="Add articles", icon=":material/library_add:", url_path="add"),
    )


def page(url_path: str) -> st.Page:
    """One of the pages by its address: `source`, `check`, `compare` and the like, empty for the first."""
    return next(page for page in pages() if page.url_path == url_path)


def is_dark() -> bool:
    """Whether the visitor's page is dark."""
    return st.context.theme.type == "dark"


def styles() -> None:
    """The pages' own styles, in the colours of the visitor's theme."""
    st.html(f"<style>:root{{{palette(is_dark()).css}}}\n{_STYLES}</style>")


def note(text: str, kind: Literal["info", "error"] = "info") -> None:
    """A line for the visitor. It may hold an article's words: they show as they are written."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<p class="note {kind}" role="{role}">{escape(text)}</p>')


def part(title: str) -> None:
    """The heading of a part of a page."""
    st.html(f'<h2 class="part">{escape(title)}</h2>')

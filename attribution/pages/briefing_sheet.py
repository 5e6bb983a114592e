"""The briefing's sheet on the page: scaled to its width, or alone in its own size for a screenshot."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

from attribution.charts.svg_marks import to_svg
from attribution.export.png import missing_letters
from attribution.export.sheet import FORMATS, Briefing, draw_sheet
from attribution.pages import frame, view
from attribution.pages.words import joined

# Streamlit takes every SVG out of a page's HTML, so a component puts it there.
_view = st.components.v2.component(
    "attribution_sheet",
    html='<div class="sheet"></div>',
    js=(Path(__file__).parent / "sheet.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # the page's own styles say how it is shown and printed
)


def show_sheet(briefing: Briefing) -> None:
    """The sheet, and what the files of it cannot show on this computer."""
    page = FORMATS[briefing.format]
    frame.part(f"The sheet: {page.label}, {page.width:,} × {page.height:,}")
    _show(briefing, alone=False)
    texts = [briefing.title, briefing.note, *(quote.quote.text for quote in briefing.quotes)]
    texts += [quote.name or "" for quote in briefing.quotes]
    if letters := missing_letters(texts):
        frame.note(
            f"No font of this computer has these letters: {joined(list(letters), most=12)}. In PNG and PDF "
            "they are boxes; HTML and SVG show them wherever the reader's computer has such a font."
        )


def show_alone(briefing: Briefing) -> None:
    """The sheet at its own size, nothing beside it; a button in its corner shows up when it is reached."""
    _show(briefing, alone=True)
    with st.container(key="alone_close"):
        st.button("Back to the page", icon=":material/close:", on_click=set_alone, args=(None,))


def set_alone(word: str | None) -> None:
    """Show the sheet alone (`1`), or the whole page again."""
    st.session_state["alone"] = word
    view.touch()


def _show(briefing: Briefing, *, alone: bool) -> None:
    page = FORMATS[briefing.format]
    side = "landscape" if page.width > page.height else "portrait"
    st.html(f"<style>@page {{ size: A4 {side}; margin: 0 }}</style>")
    size = {"width": page.width, "height": page.height, "alone": alone}
    _view(
        key="sheet_alone" if alone else "sheet_shown",
        data={"svg": _drawn(briefing)} | size,
    )


def _drawn(briefing: Briefing) -> str:
    """The sheet as SVG, drawn anew only where something of it changed."""
    shown = briefing.view
    parts = [quote.id for quote in (*shown.quotes, *briefing.quotes)]
    parts += [f"{article.name} {article.published}" for article in shown.articles]
    parts += map(str, (shown.small_print(), shown.address, view.targets(), len(shown.every)))
    parts += map(
        str, (len(briefing.quotes), briefing.pictures, briefing.title, briefing.note, briefing.format)
    )
    key = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return _svg(key, briefing)


@st.cache_data(show_spinner="Drawing the sheet …", max_entries=64)
def _svg(key: str, _briefing: Briefing) -> str:
    return to_svg(draw_sheet(_briefing))

"""Drawing the page anew once there is more of it: what is made beside the page says so, the browser asks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from attribution.pages import view

_draw_again = st.components.v2.component(
    "attribution_again", js=(Path(__file__).parent / "again.js").read_text(encoding="utf-8")
)


def redraws() -> None:
    """Let the browser ask for the page anew where it sees the sign of `there_is_more`. Once on each page."""
    with st.container(key="again"):
        _draw_again(key="draw_again", on_more_change=view.touch)


def there_is_more() -> None:
    """The sign that the page would look different by now: for fragments that look now and then."""
    st.html('<i class="there-is-more"></i>')

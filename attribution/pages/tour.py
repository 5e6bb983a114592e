"""The first steps: a panel of four for whoever comes for the first time, and again when it is asked for."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from attribution.pages import view

_STEPS = (
    (
        "Name an operation",
        "In the sidebar: the operation or policy that you ask about. Below it stand the articles.",
    ),
    (
        "Look at the picture",
        "Each dot is a quote. Left is critical, right supportive; of a hollow one the model is unsure.",
    ),
    (
        "Open a quote",
        "Click a dot or a row of the table: who said it, why we think so, and how sure that is.",
    ),
    (
        "Check it in its source",
        "“Open in its source” shows the words in their article. A machine chose speaker and stance: look "
        "before you use them.",
    ),
)
_COOKIE = "attribution_first_steps"

# The browser remembers it, not the address: a link that is sent on must not decide what another person sees.
_remember = st.components.v2.component(
    "attribution_remember", js=(Path(__file__).parent / "tour.js").read_text(encoding="utf-8")
)


def first_steps() -> None:
    """The panel, for a first visit that no link has led to a view of its own."""
    if "tour" not in st.session_state:
        seen = st.context.cookies.get(_COOKIE) == "seen"
        st.session_state["tour"] = not seen and not st.query_params
    if st.session_state["tour"]:
        _panel()
    elif st.session_state.get("tour_seen"):
        with st.container(key="remember"):
            _remember(key="tour_remember", data=_COOKIE)


def ask_again() -> None:
    """The button that shows the panel again."""
    st.button(
        "First steps",
        key="tour_again",
        icon=":material/help:",
        type="tertiary",
        disabled=st.session_state["tour"],
        on_click=_show,
        args=(True,),
    )


def _panel() -> None:
    steps = "".join(f"<li><b>{escape(title)}</b> {escape(text)}</li>" for title, text in _STEPS)
    with st.container(border=True, key="tour"):
        st.html(
            f'<section aria-label="First steps"><p class="part">First steps</p><ol>{steps}</ol></section>'
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button("Got it", key="tour_done", type="primary", on_click=_show, args=(False,))
            st.caption("Back any time: “First steps” in the sidebar.")


def _show(wanted: bool) -> None:
    st.session_state["tour"] = wanted
    if not wanted:
        st.session_state["tour_seen"] = True
    view.touch()

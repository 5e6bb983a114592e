"""Whether the dots are drawn by WebGL: only thousands of them, and only where the browser has it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

MOST_DRAWN = 2_500  # dots that a browser draws as shapes within a moment; of them one can tell each from each

_probe = st.components.v2.component(
    "attribution_webgl", js=(Path(__file__).parent / "webgl.js").read_text(encoding="utf-8")
)


def wants_webgl(dots: int) -> bool:
    """Whether so many dots are drawn by WebGL in this visitor's browser."""
    if dots <= MOST_DRAWN:
        return False
    with st.container(key="webgl"):
        found = _probe(key="webgl_probe", on_missing_change=_missing)
    return not (st.session_state.get("webgl_missing") or found.missing)


def _missing() -> None:
    st.session_state["webgl_missing"] = True

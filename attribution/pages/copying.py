"""Buttons that copy a text: they say "Copied", by mouse and by keyboard, and load nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_buttons = st.components.v2.component(
    "attribution_copy",
    html='<div class="copy"><div class="row"></div><p role="status"></p></div>',
    css=(_HERE / "copying.css").read_text(encoding="utf-8"),
    js=(_HERE / "copying.js").read_text(encoding="utf-8"),
)


def copy_buttons(key: str, texts: Mapping[str, str], *, link: str | None = None) -> None:
    """A button for each label of `texts` that copies its text, and one labelled `link` for the address."""
    _buttons(key=key, data={"texts": dict(texts), "link": link})

"""The form of *Add articles*: files, a pasted text, links."""

from __future__ import annotations

import streamlit as st

from attribution.pages import library, view
from attribution.pages.frame import note
from attribution.pages.intake import Item
from attribution.pages.words import HELP


def add_form() -> None:
    """The three ways in, and the button; all that is there when it is pressed is read."""
    # In a form the button waits for uploads: a file that is still on its way would be left out silently.
    with st.form("add_form", border=False, enter_to_submit=False):
        files, text, links = st.columns([5, 4, 4], gap="medium")
        files.file_uploader(
            "Files",
            accept_multiple_files=True,
            key=_files_key(),
            help=HELP["add_files"],
        )
        text.text_area("Text", key="add_text", height=118, placeholder="Paste an article")
        text.text_input("Its title", key="add_title", placeholder="optional", max_chars=200)
        links.text_area(
            "Links", key="add_links", height=118, placeholder="https://… one a line", help=HELP["add_links"]
        )
        links.caption("Fetched only when you press the button.")
        st.form_submit_button("Add", key="add_now", type="primary", icon=":material/add:", on_click=_add)
    if error := st.session_state.pop("add_error", None):
        note(error, "error")


def _files_key() -> str:
    """Another one after each press of the button: the files chosen are on their way then."""
    return f"add_files:{st.session_state.get('add_turn', 0)}"


def _add() -> None:
    """The button was pressed: everything given goes on its way, and the fields are empty again."""
    view.touch()
    items = [Item(file.name, file.getvalue()) for file in st.session_state[_files_key()]]
    pasted, title = st.session_state["add_text"], st.session_state["add_title"].strip()
    if pasted.strip():
        items.append(Item(title or _pasted_name(), pasted.encode("utf-8", "surrogatepass"), title or None))
    lines = (line.strip() for line in st.session_state["add_links"].splitlines())
    items += [Item(line) for line in dict.fromkeys(lines) if line]
    if not items:
        st.session_state["add_error"] = "Nothing to add yet: choose files, paste a text, or give links."
        return
    st.session_state["add_turn"] = st.session_state.get("add_turn", 0) + 1
    for key in ("add_text", "add_title", "add_links"):
        st.session_state[key] = ""
    library.intake().add(items, library.articles())


def _pasted_name() -> str:
    st.session_state["add_pasted"] = number = st.session_state.get("add_pasted", 0) + 1
    return f"Pasted text {number}" if number > 1 else "Pasted text"

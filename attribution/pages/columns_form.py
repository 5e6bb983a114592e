"""The form in which a visitor says which column of a table is what, where the guess is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from attribution.article import AttributionError
from attribution.pages import library, view
from attribution.pages.frame import note
from attribution.pages.intake import Intake, TableRead
from attribution.pages.words import HELP, shorten
from attribution.readers.tables import FIELDS

_LABELS = {
    "text": "Text",
    "title": "Title",
    "author": "Author",
    "published": "Date",
    "outlet": "Outlet",
    "url": "Link",
    "language": "Language",
}


def choose_columns(intake: Intake) -> None:
    """What was taken of each table just read, to be changed; open where no column looks like a text."""
    if not intake.tables:
        return
    unread = [read for read in intake.tables if "text" not in read.table.chosen]
    with st.expander("Columns of tables", expanded=bool(unread), icon=":material/table:", key="columns"):
        read = _one_of(intake.tables, (unread or intake.tables)[0])
        with st.form("columns_form", border=False):
            _fields(read)
            label = f"Read {shorten(read.item.name, 40)} again"
            st.form_submit_button(
                label, key="columns_again", icon=":material/refresh:", on_click=_again, args=(intake, read)
            )
    if error := st.session_state.pop("columns_error", None):
        note(error, "error")


def _one_of(tables: Sequence[TableRead], first: TableRead) -> TableRead:
    """The table that the visitor chose, where there are several."""
    if len(tables) == 1:
        return tables[0]
    if st.session_state.get("columns_of", len(tables)) >= len(tables):
        st.session_state["columns_of"] = tables.index(first)
    number = st.selectbox(
        "Table", range(len(tables)), format_func=lambda number: tables[number].item.name, key="columns_of"
    )
    return tables[number]


def _fields(read: TableRead) -> None:
    """A choice for each field, what was taken chosen."""
    options = list(dict.fromkeys(["", *read.table.columns]))
    for row in (FIELDS[:4], FIELDS[4:]):
        for field, place in zip(row, st.columns(4, gap="small"), strict=False):
            place.selectbox(
                _LABELS[field],
                options,
                options.index(read.table.chosen.get(field, "")),
                format_func=lambda column: column or "none",
                key=_key(read, field),
                help=HELP["columns"] if field == "text" else None,
            )


def _key(read: TableRead, field: str) -> str:
    return f"column:{field}:{id(read)}"


def _again(intake: Intake, read: TableRead) -> None:
    """The button was pressed: the table's articles go, and it is read with the columns chosen."""
    view.touch()
    if read not in intake.tables:  # pressed twice: it is being read already
        return
    chosen = {field: st.session_state[_key(read, field)] for field in FIELDS}
    try:
        if not chosen["text"]:
            raise AttributionError("Choose the column that holds the articles' text.")
        library.remove_own(read.articles)
        intake.read_again(read, chosen, library.articles())
        st.session_state["columns_of"] = len(intake.tables)  # it comes back as the last of them
    except AttributionError as error:
        st.session_state["columns_error"] = str(error)

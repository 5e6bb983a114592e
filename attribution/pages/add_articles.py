"""*Add articles*: files, pasted texts and links, what became of each, and what is known of every article."""

from __future__ import annotations

import streamlit as st

from attribution.pages import frame, library
from attribution.pages.add_form import add_form
from attribution.pages.copies_list import show_copies
from attribution.pages.fates import show_fates, show_given
from attribution.pages.metadata_table import show_metadata
from attribution.pages.words import count


def main() -> None:
    """The page, from top to bottom."""
    loaded = library.articles()
    told = f"{count(len(loaded), 'article')} loaded" if loaded else "No article is loaded yet"
    st.html(
        f'<h1 class="view">Add articles</h1><p class="below">{told}. What you add is seen by you alone.</p>'
    )
    if library.read_only():
        frame.note(library.READ_ONLY_NOTE)
    else:
        add_form()
        show_fates()
    show_given()
    show_metadata(loaded)
    show_copies(loaded)


main()

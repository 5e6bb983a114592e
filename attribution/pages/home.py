"""The script that Streamlit runs for every visit and every click: the frame, and one of the pages in it."""

import streamlit as st

from attribution.pages import frame, view
from attribution.pages.again import redraws
from attribution.pages.sidebar import sidebar
from attribution.pages.tour import first_steps


def main() -> None:
    """Read the address, draw the frame and the page, and let the address say what is shown."""
    st.set_page_config(
        page_title="Who said what", page_icon=frame.ICON, layout="wide", initial_sidebar_state=300
    )
    page = st.navigation(list(frame.pages()))
    view.follow_address(page.title)
    frame.styles()
    first_steps()
    sidebar()
    redraws()
    page.run()
    view.write_address()


main()

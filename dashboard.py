"""The page's server: `attribution dashboard [PATH...]`, or `streamlit run dashboard.py -- [PATH...]`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st

from attribution import pages
from attribution.pages import analyses, library


@asynccontextmanager
async def ready_for_the_first_visitor(_: st.App) -> AsyncIterator[None]:
    """Load the models and read the articles while the browser still starts; then watch their files."""
    Thread(target=analyses.warm_up, daemon=True).start()
    Thread(target=library.watch, daemon=True).start()
    yield


app = st.App(Path(pages.__file__).parent / "home.py", lifespan=ready_for_the_first_visitor)

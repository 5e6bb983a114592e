"""The page over `large_analysis`, for tests and benchmarks: `streamlit run tests/large_page.py -- 20000`."""

import sys
from pathlib import Path

import streamlit as st
from large_analysis import shelve

from attribution import pages

shelve(int(sys.argv[1]))
app = st.App(Path(pages.__file__).parent / "home.py")

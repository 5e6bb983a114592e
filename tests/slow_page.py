"""The page over 400 quotes whose articles are read ever so slowly: `streamlit run tests/slow_page.py`."""

import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import streamlit as st
from large_analysis import large_analysis, without_stances

from attribution import analysis, pages, readers
from attribution.pages import library, worker

found = without_stances(large_analysis(400))
said = defaultdict(list)
for quote in found.quotes:
    said[quote.article.id].append(quote)


def read(article):
    """An article takes a third of a second."""
    time.sleep(0.35)
    return article


def name(read):
    """The quotes of the articles read so far."""
    return replace(found, articles=tuple(read), quotes=tuple(q for article in read for q in said[article.id]))


analysis.read_article, analysis.name_people = read, name
worker.Pace.due = lambda self: True  # a part is ready after every article
readers.read_files = lambda paths, columns: readers.Reading(articles=list(found.articles))
library._read.cache_clear()
app = st.App(Path(pages.__file__).parent / "home.py")

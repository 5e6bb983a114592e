"""The page over an analysis made by hand: nothing is read and no model is loaded."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from attribution import pages
from attribution.analysis import Analysis, AttributedQuote
from attribution.article import Article, Span
from attribution.pages import analyses, library
from attribution.people import Speaker
from attribution.quotes import Quote
from attribution.readers import Reading
from attribution.speakers import Attribution


def set_up(monkeypatch: Any, found: Any) -> None:
    """Let the page find the quotes of `found`, with their own stances toward whatever is asked about."""
    stances = {quote.id: quote.stances for quote in found.quotes}
    unread = replace(found, quotes=tuple(replace(quote, stances=()) for quote in found.quotes))

    def classify(part, targets, **_):
        rated = (replace(stances[quote.id][0], target=targets[0].name) for quote in part.quotes)
        quotes = zip(part.quotes, rated, strict=True)
        return replace(part, quotes=tuple(replace(quote, stances=(stance,)) for quote, stance in quotes))

    read_by(monkeypatch, lambda articles: unread)
    monkeypatch.setattr("attribution.analysis.classify", classify)
    monkeypatch.setattr("attribution.stance.load_stance", lambda: None)
    monkeypatch.setattr("attribution.pages.others._PATIENCE", 30)
    start_with(monkeypatch, found.articles)


def start_with(
    monkeypatch: Any, articles: Sequence[Article], refused: Sequence[tuple[str, str]] = ()
) -> None:
    """Let the page be started anew with a path, at which the articles are, and what is refused."""
    read = Reading(articles=list(articles), refused=list(refused))
    monkeypatch.setattr("attribution.readers.read_files", lambda paths, columns=None: read)
    monkeypatch.setattr(sys, "argv", ["dashboard.py", "somewhere"])
    forget()


def forget() -> None:
    """Let the page know no articles and nothing of what it has read in them."""
    analyses.clear()
    library._read.cache_clear()


def home() -> AppTest:
    """The page before its first run; it has time enough on a busy machine."""
    return AppTest.from_file(str(Path(pages.__file__).parent / "home.py"), default_timeout=120)


def shown(page: AppTest) -> str:
    """The words of the page's own HTML and notes."""
    assert not page.exception, page.exception
    return "\n".join(block.proto.body for block in page.get("html"))


def read_by(monkeypatch: Any, extract: Callable[[tuple[Any, ...]], Any]) -> None:
    """Let `extract(articles)` find the quotes of the articles, in place of the models."""
    monkeypatch.setattr("attribution.analysis.read_article", lambda article: article)
    monkeypatch.setattr("attribution.analysis.name_people", lambda articles: extract(tuple(articles)))
    # However busy the machine is: what is made by hand is there at once.
    monkeypatch.setattr("attribution.pages.work._PATIENCE", 30)
    analyses.clear()


def extract(articles, *, progress=None):
    """Every “…” of the articles, said by nobody; what was asked for is noted in `extract.asked`, a list."""
    extract.asked.append([article.file for article in articles])
    quotes = [
        AttributedQuote(
            article,
            Quote((Span.of(article.text, *match.span()),), "direct"),
            Attribution(None, None, "", 0.9),
            Speaker(None, "unnamed"),
        )
        for article in articles
        for match in re.finditer("“[^”]*”", article.text)
    ]
    return Analysis(tuple(articles), tuple(quotes), ())

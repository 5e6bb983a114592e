"""The page over an analysis made by hand: nothing is read and no model is loaded."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from attribution.analysis import Analysis, AttributedQuote
from attribution.article import Span
from attribution.pages import analyses, library
from attribution.people import Speaker
from attribution.quotes import Quote
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
    monkeypatch.setattr("attribution.readers.read_articles", lambda paths: (list(found.articles), []))
    monkeypatch.setattr("attribution.pages.others._PATIENCE", 30)
    monkeypatch.setattr(sys, "argv", ["dashboard.py", "somewhere"])
    analyses.clear()
    library._read.cache_clear()


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

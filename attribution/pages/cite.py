"""A quote's words and its source as one writes them down: to copy into a text or a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attribution.pages.words import language_of, shorten
from attribution.readers.pages import page_of, time_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.article import Article


def attributed(quote: AttributedQuote) -> str:
    """The quote in quotation marks, with its speaker, outlet and date.

    What the article does not say is said to be missing: nobody is credited with words without a name.
    """
    speaker = quote.speaker
    if quote.unread:
        who = f"speaker not read, article in {language_of(quote)}"
    elif speaker.person:
        who = f"{speaker.person.name}, {speaker.role}" if speaker.role else speaker.person.name
    else:
        who = f"{speaker.description}, not named" if speaker.description else "speaker not named"
    source = ", ".join([quote.article.name, quote.article.published or "no date"])
    return f"“{' '.join(quote.quote.text.split())}” – {who} ({source})"


def citation(quote: AttributedQuote) -> str:
    """Where the quote stands: outlet, title, author, date, address, and its characters in the text."""
    article = quote.article
    named = [article.outlet, f"“{' '.join(article.title.split())}”" if article.title else None]
    facts = [
        ", ".join(fact for fact in named if fact) or article.name,
        f"by {article.author}" if article.author else "",
        article.published or "no date",
        web_address(article) or f"file {shorten(article.file, 80)}",
        where(article, quote.quote.start, quote.quote.end),
    ]
    return ", ".join(fact for fact in facts if fact)


def where(article: Article, start: int, end: int) -> str:
    """The place of characters in an article, with its page or the time of the recording where it has them.

    >>> from attribution.article import Article
    >>> where(Article("[00:01:02] HILL: No.", file="-"), 17, 20)
    'at 00:01:02, characters 17 to 20'
    """
    page, time = page_of(article.text, start), time_of(article.text, start)
    facts = [f"page {page}" if page else "", f"at {time}" if time else "", f"characters {start} to {end}"]
    return ", ".join(fact for fact in facts if fact)


def web_address(article: Article) -> str | None:
    """The address that the article was published at, if it is one of the web: no other kind is ever a link.

    >>> from attribution.article import Article
    >>> [web_address(Article("…", file="-", url=url)) for url in ("https://x.org/a", "javascript:alert(1)")]
    ['https://x.org/a', None]
    """
    url = (article.url or "").strip()
    return url if re.fullmatch(r"(?i)https?://[^\s\"'<>\\]+", url) else None

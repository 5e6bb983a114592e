"""Web pages: the article's text by trafilatura, with what the page says of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.webdata import page_metadata
from attribution.readers.webtext import decode_html, drop_hidden, parse_html, tidy, visible_text, with_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONG = 200_000  # characters; to compare several ways of finding the article takes too long for more
_LONGEST = 1_000_000  # characters; what is longer is a book or a record of sessions, and taken whole
_FEWEST = 25  # words; a page with fewer has a menu or a notice, but no article


def read(data: bytes) -> Contents:
    """The article of the page `data`. Raises `AttributionError` where there is none to be seen."""
    tree = parse_html(decode_html(data))
    metadata = page_metadata(tree, thorough=True)
    scripts = sum(1 for _ in tree.iter("script"))
    drop_hidden(tree)
    text = _main_text(tree)
    if not text:
        cause = "a script puts its text in, or it stands behind a pay-wall" if scripts else "it has no text"
        raise AttributionError(
            f"is a web page without an article: {cause}. Open it in a browser and save the text."
        )
    return Contents([Document(with_title(metadata.get("title"), text), **metadata)])


def _main_text(tree: HtmlElement) -> str:
    """The article's paragraphs; of a page that trafilatura finds none in, what one sees of its body."""
    import trafilatura

    logging.disable(logging.CRITICAL)
    seen = visible_text(_core(tree))
    if len(seen) > _LONGEST:
        return seen
    fast = len(seen) > _LONG
    text = trafilatura.extract(tree, include_comments=False, output_format="txt", fast=fast)
    paragraphs = tidy((text or "").replace("\n", "\n\n"))
    return paragraphs if len(paragraphs.split()) >= min(_FEWEST, len(seen.split()) // 2) else seen


def _core(tree: HtmlElement) -> HtmlElement:
    """The one element that the page itself calls its article or main part, else its body."""
    for tag in ("article", "main", "body"):
        if len(found := list(tree.iter(tag))) == 1:
            return found[0]
    return tree

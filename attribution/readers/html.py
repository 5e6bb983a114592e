"""Web pages: the article's text by trafilatura, with what the page says of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.access import access_of
from attribution.readers.document import BREAKS_OFF, Contents, Document
from attribution.readers.webboxes import core, drop_additions, without_calls
from attribution.readers.webdata import page_metadata
from attribution.readers.webtext import (
    breaks_off,
    decode_html,
    drop_hidden,
    parse_html,
    tidy,
    visible_text,
    with_title,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONG = 200_000  # characters; to compare several ways of finding the article takes too long for more
_LONGEST = 1_000_000  # characters; what is longer is a book or a record of sessions, and taken whole
_FEWEST = 25  # words; a page with fewer has a menu or a notice, but no article


def read(data: bytes, charset: str | None = None) -> Contents:
    """The article of the page `data`. Raises `AttributionError` where there is none to be seen.

    `charset` is the encoding that the page's server said it has.
    """
    page = decode_html(data, charset)
    tree = parse_html(page)
    metadata = page_metadata(tree, thorough=True)
    access = access_of(tree)
    scripts = sum(1 for _ in tree.iter("script"))
    drop_hidden(tree)
    drop_additions(tree)
    text = _main_text(tree)
    cause = access.missing(text)
    if cause or not text:
        unsure = "a script puts its text in, or it stands behind a pay-wall" if scripts else "it has no text"
        cause = cause or unsure
        raise AttributionError(
            f"is a web page without an article: {cause}. Open it in a browser and save the text."
        )
    document = Document(with_title(metadata.get("title"), text), **metadata)
    cut = [BREAKS_OFF] if breaks_off(page) else []
    return Contents([document], notes=[*access.notes(text), *cut])


def _main_text(tree: HtmlElement) -> str:
    """The article's paragraphs; of a page that trafilatura finds none in, what one sees of its body."""
    import trafilatura

    logging.disable(logging.CRITICAL)
    seen = visible_text(core(tree))
    if len(seen) > _LONGEST:
        return seen
    fast = len(seen) > _LONG
    text = trafilatura.extract(tree, include_comments=False, output_format="txt", fast=fast)
    paragraphs = without_calls(tidy((text or "").replace("\n", "\n\n")))
    few = len(paragraphs.split()) < min(_FEWEST, len(seen.split()) // 2)
    # Of a short page, as those in Chinese are, it makes one line where it is not sure.
    in_one = "\n" not in paragraphs and seen.count("\n\n") > 2
    return without_calls(seen) or seen if few or in_one else paragraphs

"""The XML inside Word and OpenDocument files: parsed without entities, and never with anything fetched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.webtext import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes) -> _Element:
    """The root of a part. Raises `AttributionError` where it is broken or declares entities of its own."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise AttributionError("is nested too deeply to be read. Save its text as .txt.") from None
        raise AttributionError("has a broken part inside. Open it and save it again.") from None
    if root.getroottree().docinfo.doctype:
        raise AttributionError("declares XML entities, which documents have no use for. Save it again.")
    return root


def joined(paragraphs: list[str]) -> str:
    """Paragraphs with a blank line between them, the empty ones left out."""
    return "\n\n".join(text for paragraph in paragraphs if (text := tidy(paragraph)))


def filled(elements: Iterable[_Element]) -> int:
    """How many of the elements hold words."""
    return sum(any(words.strip() for words in element.itertext()) for element in elements)


def footnotes_told(number: int) -> list[str]:
    """A line that says that a document's footnotes and endnotes are not read, if there are any."""
    return [f"Footnotes, not read: {number:,}."] if number else []


def core_fields(data: bytes | None) -> dict[str, str | None]:
    """The title and author that a document's own card gives (Dublin Core). Its dates are of the file."""
    if data is None:
        return {}
    try:
        root = parse_xml(data)
    except AttributionError:
        return {}
    found = {}
    for field, tag in (("title", "title"), ("author", "creator")):
        element = next(root.iter(f"{{http://purl.org/dc/elements/1.1/}}{tag}"), None)
        text = " ".join((element.text or "").split())[:500] if element is not None else ""
        found[field] = text if text and text != "python-docx" else None
    return found

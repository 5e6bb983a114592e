"""OpenDocument texts (.odt, ISO 26300): paragraphs and headings of the body in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.conversation import CELL_ENDS, ROW_BEGINS, ROW_ENDS, tables_joined
from attribution.readers.document import Contents, Document
from attribution.readers.exports import as_articles
from attribution.readers.officexml import core_fields, filled, footnotes_told, joined, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from attribution.readers.archive import SafeZip

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_ENDS = {"table-cell": CELL_ENDS, "table-row": ROW_ENDS}
# What was deleted, remarks, notes, hidden text; and the names of drawn things.
_LEFT_OUT = {
    "tracked-changes", "annotation", "annotation-end", "note", "hidden-text", "hidden-paragraph", "title",
    "desc", "sequence-decls", "ruby-text", "bibliography-mark", "forms",
}  # fmt: skip


def read(archive: SafeZip) -> Contents:
    """The one document of an OpenDocument text. Raises `AttributionError` where it is broken or empty."""
    root = parse_xml(archive.read("content.xml"))
    text = joined(tables_joined(_paragraphs(root, _hidden_styles(root))))
    if not text:
        raise AttributionError("is a document without text: pictures of it, perhaps. Save the text as .txt.")
    card = archive.read("meta.xml") if "meta.xml" in archive.names else None
    footnotes = root.iter(f"{{{_TEXT}}}note-body")
    return as_articles(
        Contents([Document(text, **core_fields(card))], notes=footnotes_told(filled(footnotes)))
    )


def _hidden_styles(root: _Element) -> set[str]:
    """The names of the styles whose text is not shown."""
    styles = (found.getparent() for found in root.iter() if found.get(f"{{{_TEXT}}}display") == "none")
    return {style.get(f"{{{_STYLE}}}name", "") for style in styles if style is not None} - {""}


def _paragraphs(root: _Element, hidden: set[str]) -> list[str]:
    done: list[str] = []
    open_paragraphs: list[list[str]] = []
    walk: list[tuple[_Element, bool]] = [(root, False)]
    while walk:
        element, leaving = walk.pop()
        space, _, tag = element.tag[1:].rpartition("}") if isinstance(element.tag, str) else ("", "", "")
        begins = space == _TEXT and tag in ("p", "h")
        if leaving:
            if begins:
                done.append("".join(open_paragraphs.pop()))
            elif space == _TABLE and tag in _ENDS:
                done.append(_ENDS[tag])
            if open_paragraphs:
                open_paragraphs[-1].append(_collapsed(element.tail))
            continue
        walk.append((element, True))
        if not tag or tag in _LEFT_OUT or element.get(f"{{{_TEXT}}}style-name") in hidden:
            continue
        if begins:
            open_paragraphs.append([])
        elif space == _TABLE and tag == "table-row":
            done.append(ROW_BEGINS)
        if open_paragraphs:
            open_paragraphs[-1].append(_own_text(element, space, tag))
        walk += [(child, False) for child in reversed(element)]
    return done


def _own_text(element: _Element, space: str, tag: str) -> str:
    if space == _TEXT and tag == "s":
        count = element.get(f"{{{_TEXT}}}c") or "1"
        return " " * min(int(count) if count.isdecimal() else 1, 100)
    if space == _TEXT and tag in ("tab", "line-break"):
        return "\t" if tag == "tab" else "\n"
    return _collapsed(element.text)


def _collapsed(text: str | None) -> str:
    """White space as OpenDocument has it: a run of it is one space."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")

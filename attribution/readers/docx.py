"""Word documents (.docx, ECMA-376): the paragraphs as they read with all changes accepted."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attribution.article import AttributionError
from attribution.readers.conversation import CELL_ENDS, ROW_BEGINS, ROW_ENDS, tables_joined
from attribution.readers.document import Contents, Document
from attribution.readers.exports import as_articles
from attribution.readers.officexml import core_fields, filled, footnotes_told, joined, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from attribution.readers.archive import SafeZip

# Deleted and moved text, notes and pictures' other versions; what a field does is not what it shows.
_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sdtPr"}
_TABLE = {"tc": CELL_ENDS, "tr": ROW_ENDS}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}


def read(archive: SafeZip) -> Contents:
    """The one document of a Word file. Inserted words count, deleted and hidden ones do not.

    Headers and comments are left out, and so are footnotes, of which a note tells. Raises `AttributionError`
    where it is broken or empty.
    """
    name = next(name for name in sorted(archive.names) if re.fullmatch(r"word/document\d*\.xml", name))
    paragraphs = _paragraphs(parse_xml(archive.read(name)))
    text = joined(tables_joined(paragraphs))
    if not text:
        raise AttributionError(
            "is a Word document without text, perhaps with pictures of it. Save it as .txt."
        )
    card = archive.read("docProps/core.xml") if "docProps/core.xml" in archive.names else None
    return as_articles(
        Contents([Document(text, **core_fields(card))], notes=footnotes_told(filled(_footnotes(archive))))
    )


def _footnotes(archive: SafeZip) -> Iterator[_Element]:
    """The footnotes and endnotes; of a part that is broken none."""
    for name in sorted(archive.names):
        if kind := re.fullmatch(r"word/(foot|end)notes\d*\.xml", name):
            with contextlib.suppress(AttributionError):
                yield from parse_xml(archive.read(name)).iter(f"{{*}}{kind[1]}note")


def _paragraphs(root: _Element) -> list[str]:
    """The text of each paragraph in order; one in a text box stands after the one it hangs on."""
    done: list[str] = []
    open_paragraphs: list[list[str]] = []
    carried: list[str] = []  # of a paragraph whose end was deleted
    walk: list[tuple[_Element, bool]] = [(root, False)]
    while walk:
        element, leaving = walk.pop()
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if leaving:
            if tag in _TABLE:
                done.append(_TABLE[tag])
            elif _runs_on(element):
                carried = [*open_paragraphs.pop()]
            else:
                done.append("".join(open_paragraphs.pop()))
            continue
        if not tag or tag in _LEFT_OUT or (tag == "r" and _is_hidden(element)):
            continue
        if tag == "p" and "wordprocessingml" in element.tag:
            open_paragraphs.append(carried)
            carried = []
            walk.append((element, True))
        elif tag in _TABLE:
            if tag == "tr":
                done.append(ROW_BEGINS)
            walk.append((element, True))
        elif tag == "t" and open_paragraphs:
            open_paragraphs[-1].append(element.text or "")
        elif tag in _CHARACTERS and open_paragraphs:
            open_paragraphs[-1].append(_CHARACTERS[tag])
        walk += [(child, False) for child in reversed(element)]
    return [*done, "".join(carried)]


def _runs_on(paragraph: _Element) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one goes on with it."""
    return paragraph.find("{*}pPr/{*}rPr/{*}del") is not None


def _is_hidden(run: _Element) -> bool:
    for properties in run:
        if isinstance(properties.tag, str) and properties.tag.endswith("}rPr"):
            for mark in properties:
                if isinstance(mark.tag, str) and mark.tag.endswith("}vanish"):
                    return not any(value in ("0", "false", "off") for value in mark.attrib.values())
    return False

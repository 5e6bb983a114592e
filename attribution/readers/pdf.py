"""PDFs by pypdf: paragraphs in reading order, words whole again at line ends, form feeds between pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.exports import as_articles
from attribution.readers.officexml import footnotes_told
from attribution.readers.pdfbeside import without_notes, without_numbers, without_pull_quotes
from attribution.readers.pdfflow import flow
from attribution.readers.pdflines import Line, lines_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2000
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page\s+|p\.\s*)?\d{1,4}(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*")

# As browsers have it above and below what they print.
_PRINTED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? \d{1,2}:\d{2}")
_LINKED = re.compile(r"(?:https?|file)://\S+(?: \d+/\d+)?$|\d+/\d+$|(?:https?|file)://\S+ ")


def read(data: bytes) -> Contents:
    """The one document of a PDF. Raises `AttributionError` where it is locked, or has pictures of text only.

    A paragraph that runs over a page's end has the form feed between its words. Lines that stand at the
    head or foot of most pages, page and line numbers, footnotes and pull quotes are left out.
    """
    reader, count = _opened(data)
    if count > _MOST_PAGES:
        raise AttributionError(f"has {count:,} pages, more than {_MOST_PAGES:,}. Split it.")
    pages, broken = _lines_of_all(reader, count)
    if not any(pages):
        raise AttributionError(_BROKEN if broken else _without_text(reader))
    blank = [number for number, lines in enumerate(pages, start=1) if not lines and number not in broken]
    pages, footnotes = without_notes(_without_running_heads([without_numbers(lines) for lines in pages]))
    pages, pulled = without_pull_quotes(pages)
    text = flow(pages)
    notes = [f"No text on page {_listed(blank)} of {count}: blank, or a picture."] if blank else []
    if broken:
        notes.append(f"Page {_listed(broken)} of {count} is broken and was left out. Print it to PDF again.")
    notes += footnotes_told(footnotes)
    if pulled:
        notes.append(f"Pull quotes, set apart from the text that they repeat and not read again: {pulled:,}.")
    return as_articles(Contents([Document(text, title=_title(reader, text))], notes=notes))


_BROKEN = "is a broken PDF. Open it in a reader of PDFs, and print it to a new one."


def _opened(data: bytes) -> tuple[PdfReader, int]:
    """The PDF and the number of its pages. Raises `AttributionError` where it is locked or broken."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise AttributionError(_LOCKED)
        return reader, len(reader.pages)
    except (DependencyError, NotImplementedError, FileNotDecryptedError):
        raise AttributionError(_LOCKED) from None
    except (PyPdfError, *_ODDITIES):
        raise AttributionError(_BROKEN) from None


_LOCKED = "is locked with a password. Save it without one."
# What pypdf raises on numbers, names and references that are none, besides errors of its own.
_ODDITIES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def _lines_of_all(reader: PdfReader, count: int) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that cannot be read."""
    from pypdf.errors import PyPdfError

    pages: list[list[Line]] = []
    broken: list[int] = []
    for number in range(count):
        try:
            pages.append(lines_of(reader.pages[number]))
        except (PyPdfError, NotImplementedError, AssertionError, ArithmeticError, *_ODDITIES):
            pages.append([])
            broken.append(number + 1)
    return pages, broken


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return f"{shown} and {len(numbers) - 20} more" if len(numbers) > 20 else shown


def _without_text(reader: PdfReader) -> str:
    pictures = sum(bool(_has_picture(page)) for page in reader.pages[:20])
    if pictures:
        return "is a scan without text: pictures of pages. Read it with OCR (ocrmypdf), and name the result."
    return "is a PDF without text. Save its text as .txt and name that."


def _has_picture(page: PageObject) -> bool:
    resources: Any = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return objects is not None and len(objects.get_object()) > 0


def _title(reader: PdfReader, text: str) -> str | None:
    """The title that the file gives, where its first page bears it out: many have a template's or a path."""
    try:
        title = str((reader.metadata or {}).get("/Title") or "").strip()
    except Exception:  # the metadata alone are broken
        return None
    top = set(re.findall(r"\w+", text[:3000].casefold()))
    for candidate in (title, re.split(r"\s+[|–—-]\s+", title)[0]):  # a browser puts the outlet behind it
        words = re.findall(r"\w+", candidate.casefold())
        if words and all(word in top for word in words):
            return candidate[:500]
    return None


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without the lines that stand at the edge of most of them, numbers aside, and page numbers."""

    def edges(lines: list[Line]) -> list[Line]:
        ordered = sorted(lines, key=lambda line: -line.y)
        return ordered[:2] + ordered[-2:]

    def mask(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.y / 4)

    full = [lines for lines in pages if lines]
    counts = Counter(key for lines in full for key in {mask(line) for line in edges(lines)})
    often = {key for key, count in counts.items() if count >= max(2, 0.6 * len(full))}
    kept = []
    for lines in pages:
        at_edge = edges(lines) if len(full) > 1 else []
        heads = {line for line in at_edge if mask(line) in often or _PAGE_NUMBER.fullmatch(line.text)}
        heads |= _by_browser(sorted(lines, key=lambda line: -line.y))
        kept.append([line for line in lines if line not in heads])
    return kept


def _by_browser(lines: list[Line]) -> set[Line]:
    """The lines that a browser prints above and below a page, where both are there: when, and from where."""
    if not lines:
        return set()
    top = [line for line in lines if abs(line.y - lines[0].y) < 2]
    foot = [line for line in lines if abs(line.y - lines[-1].y) < 2]
    printed = any(map(_PRINTED.match, (line.text for line in top)))
    linked = any(map(_LINKED.match, (line.text for line in foot)))
    return {*top, *foot} if printed and linked else set()

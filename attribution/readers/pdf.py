"""PDFs by pypdf: paragraphs in reading order, words whole again at line ends, form feeds between pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from attribution.article import AttributionError
from attribution.readers.document import Contents, Document
from attribution.readers.pages import NEXT_PAGE

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2000
_FALLBACK_SIZE = 10.0
_LIGATURES = dict(zip(map(ord, "ﬀﬁﬂﬃﬄﬅﬆ"), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page\s+|p\.\s*)?\d{1,4}(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*")
# Parts of compounds that keep their hyphen where a line ends with it.
_COMPOUNDS = frozenset(
    "self non ex anti pro well co vice cross all half high low long short so two three four five six seven "
    "eight nine ten mid multi pre post much ever far hard full part left right then year day".split()
)


@dataclass(frozen=True)
class Line:
    """One line of a page: where it starts, from the lower left corner, and how large its letters are."""

    text: str
    x: float
    y: float
    size: float


def read(data: bytes) -> Contents:
    """The one document of a PDF. Raises `AttributionError` where it is locked, or has pictures of text only.

    A paragraph that runs over a page's end has the form feed between its words. Lines that stand at the
    head or foot of most pages, and page numbers, are left out.
    """
    reader, count = _opened(data)
    if count > _MOST_PAGES:
        raise AttributionError(f"has {count:,} pages, more than {_MOST_PAGES:,}. Split it.")
    pages, broken = _lines_of_all(reader, count)
    if not any(pages):
        raise AttributionError(_BROKEN if broken else _without_text(reader))
    blank = [number for number, lines in enumerate(pages, start=1) if not lines and number not in broken]
    text = flow(_without_running_heads(pages))
    notes = [f"No text on page {_listed(blank)} of {count}: blank, or a picture."] if blank else []
    if broken:
        notes.append(f"Page {_listed(broken)} of {count} is broken and was left out. Print it to PDF again.")
    return Contents([Document(text, title=_title(reader, text))], notes=notes)


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
            pages.append(_lines(reader.pages[number]))
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


# --- lines -------------------------------------------------------------------------------------------


def _lines(page: PageObject) -> list[Line]:
    """The lines of a page in the order in which the file draws them, which is the order of reading."""
    lines: list[Line] = []
    parts: list[str] = []
    place: list[tuple[float, float, float]] = []

    def flush() -> None:
        text = _clean("".join(parts))
        if text and place:
            lines.append(Line(text, *place[0]))
        parts.clear()
        place.clear()

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                flush()
            if piece:
                parts.append(piece)
            if piece.strip() and not place:
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                scale = abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
                place.append((x, y, (size or 1.0) * scale or _FALLBACK_SIZE))

    page.extract_text(visitor_text=visit)
    flush()
    return lines


def _clean(text: str) -> str:
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "", text.translate(_LIGATURES))
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()


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
        kept.append([line for line in lines if line not in heads])
    return kept


# --- paragraphs --------------------------------------------------------------------------------------


def flow(pages: list[list[Line]]) -> str:
    """The text of all pages: lines joined to paragraphs, a blank line between them, form feeds for pages."""
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for lines in pages for line in lines).lower()))
    text, previous, breaks = "", None, ""
    for lines in pages:
        leading, width = _usual(lines)
        for line in lines:
            if previous is None:
                text += breaks + line.text
            elif _new_paragraph(previous, line, text, leading, width, bool(breaks)):
                text += "\n\n" + breaks + line.text
            else:
                text = _joined(text, line.text, breaks, words)
            previous, breaks = line, ""
        breaks += NEXT_PAGE
    return text + breaks[:-1]


def _usual(lines: list[Line]) -> tuple[float, int]:
    """The usual distance between the lines of a page in their letters' size, and the length of full lines."""
    pairs = zip(lines, lines[1:], strict=False)
    steps = [(a.y - b.y) / a.size for a, b in pairs if 0.5 < (a.y - b.y) / a.size < 4]
    lengths = sorted(len(line.text) for line in lines)
    return (median(steps) if steps else 1.2), lengths[int(len(lengths) * 0.8)] if lengths else 0


def _new_paragraph(last: Line, line: Line, text: str, leading: float, width: int, turned: bool) -> bool:
    """Whether a paragraph starts with `line`, which comes after `last`; `turned`: the page was turned."""
    if abs(last.size - line.size) > 0.1 * last.size:
        return True
    ended = _ENDS.search(last.text) is not None
    step = (last.y - line.y) / last.size
    if turned or step < -0.5 or step > 8:  # another page or column
        paragraph = text[text.rfind("\n\n") + 1 :]
        inside = paragraph.count("“") > paragraph.count("”")
        return ended and not inside and not line.text[0].islower()
    if step < 0.5:
        return False  # the same line
    if step > leading * 1.25:
        return True
    indented = 0.5 * line.size < line.x - last.x < 6 * line.size
    if indented and not line.text[0].islower():
        return True
    return len(last.text) < width * (0.8 if ended else 0.6) and not line.text[0].islower()


def _joined(text: str, line: str, breaks: str, words: Counter[str]) -> str:
    """The line put to the text: a word that was cut is whole again, before the page's end if one is there."""
    head, tail = re.search(r"(\w+(?:-\w+)*)[-\u00ad\u2010]$", text), re.match(r"\w+", line)
    if not head or not tail:
        glue = breaks or ("" if re.search(r"\S[—/]$", text) else " ")
        return text + glue + line
    kept = text[:-1] + "-" if _keeps_hyphen(head[1], tail[0], text[-1], words) else text[:-1]
    if not breaks:
        return kept + line
    word = re.match(r"\S+ ?", line)
    end = word.end() if word else 0
    return kept + line[:end].rstrip() + breaks + line[end:]


def _keeps_hyphen(head: str, tail: str, mark: str, words: Counter[str]) -> bool:
    """Whether a word cut at `mark` is a compound: as the rest of the text has it, else by its first part."""
    if mark == "\u00ad":
        return False
    if not tail[0].islower() or head[-1].isdigit() or tail[0].isdigit():
        return True
    together, apart = words[(head + tail).lower()], words[f"{head}-{tail}".lower()]
    if together != apart:
        return apart > together
    return head.lower() in _COMPOUNDS

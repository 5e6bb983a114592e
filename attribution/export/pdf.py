"""Drawings → PDF: a page each, with words that can be searched, and lines that stay sharp."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from typing import Any

from attribution.charts.svg_marks import (
    Box,
    Disc,
    Drawing,
    Group,
    Line,
    Mark,
    Outline,
    Polygon,
    Strokes,
    Words,
)
from attribution.charts.svg_text import FAMILY, font_file, has_letter, text_width
from attribution.export.png import to_png
from attribution.export.tables import xml_text

# reportlab is imported where it is used: few want a PDF.

_POINTS = 0.75  # of a pixel
_SHARP = 4.0  # dots a pixel of the words that are drawn as a picture
_fonts = threading.Lock()


def to_pdf(
    pages: Sequence[Drawing], title: str, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> bytes:
    """The drawings as a PDF, a page each, of their own sizes.

    Words in letters of the project's font (Latin, Greek, Cyrillic) are text. A line with any other letter
    is drawn as a picture, with the fonts of this computer: it looks right, and cannot be searched.

    >>> to_pdf([Drawing(8, 8, ())], "Nothing")[:5]
    b'%PDF-'
    """
    from reportlab.pdfgen.canvas import Canvas

    _register()
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=1, invariant=1, lang="en")
    canvas.setTitle(xml_text(title))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setAuthor("attribution")
    canvas.setCreator("attribution")
    for number, page in enumerate(pages):
        progress(number, len(pages))
        canvas.setPageSize((page.width * _POINTS, page.height * _POINTS))
        pen = _Pen(canvas, page.height, 0.0, 0.0, 1.0)
        for mark in page.marks:
            pen.draw(mark)
        canvas.showPage()
    canvas.save()
    progress(len(pages), len(pages))
    return file.getvalue()


def _register() -> None:
    """Make the font known to reportlab, once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    with _fonts:
        known = pdfmetrics.getRegisteredFontNames()
        for bold in (False, True):
            if _font(bold) not in known:
                pdfmetrics.registerFont(TTFont(_font(bold), str(font_file(bold))))


def _font(bold: bool) -> str:
    return f"{FAMILY.replace(' ', '')}{'-SemiBold' if bold else ''}"


class _Pen:
    """What draws marks that lie `x` and `y` pixels into a page `tall` pixels high, at `scale`."""

    def __init__(self, canvas: Any, tall: float, x: float, y: float, scale: float) -> None:
        self._canvas, self._tall, self._x, self._y, self._scale = canvas, tall, x, y, scale

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """A place in points, from the page's foot."""
        return (
            (self._x + x * self._scale) * _POINTS,
            (self._tall - self._y - y * self._scale) * _POINTS,
        )

    def _long(self, pixels: float) -> float:
        return pixels * self._scale * _POINTS

    def draw(self, mark: Mark) -> None:
        """Draw one mark, and all within it."""
        canvas = self._canvas
        match mark:
            case Line():
                self._line(mark.colour, mark.width, mark.dash)
                canvas.line(*self._at(mark.x1, mark.y1), *self._at(mark.x2, mark.y2))
            case Strokes():
                self._line(mark.colour, mark.width, ())
                canvas.lines([(*self._at(a, b), *self._at(c, d)) for a, b, c, d in mark.lines])
            case Box():
                x, y = self._at(mark.x, mark.y + mark.height)
                paint = self._styled(mark.style)
                size = self._long(max(mark.width, 0)), self._long(max(mark.height, 0))
                canvas.roundRect(x, y, *size, self._long(mark.round), **paint)
            case Disc():
                paint = self._styled(mark.style)
                canvas.circle(*self._at(mark.x, mark.y), self._long(mark.radius), **paint)
            case Polygon():
                self._polygon(mark)
            case Words():
                self._words(mark)
            case Group():
                self._group(mark)

    def _line(self, colour: str, width: float, dash: tuple[float, ...]) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(self._long(width))
        self._canvas.setDash([self._long(part) for part in dash])

    def _styled(self, style: Outline) -> dict[str, int]:
        """Set the colours; whether they fill and outline."""
        if style.fill:
            self._canvas.setFillColor(style.fill)
        if style.line:
            self._line(style.line, style.width, style.dash)
        return {"fill": int(style.fill is not None), "stroke": int(style.line is not None)}

    def _polygon(self, mark: Polygon) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*self._at(*mark.points[0]))
        for point in mark.points[1:]:
            path.lineTo(*self._at(*point))
        path.close()
        paint = self._styled(mark.style)
        self._canvas.drawPath(path, **paint)

    def _words(self, mark: Words) -> None:
        canvas = self._canvas
        if not all(map(has_letter, mark.text)):
            self._pictured(mark)
            return
        text = "".join(letter for letter in mark.text if letter.isprintable())
        canvas.setFillColor(mark.colour)
        canvas.setFont(_font(mark.bold), self._long(mark.size))
        canvas.saveState()
        canvas.translate(*self._at(mark.x, mark.y))
        canvas.rotate(-mark.turn)
        draw = {
            "start": canvas.drawString,
            "middle": canvas.drawCentredString,
            "end": canvas.drawRightString,
        }[mark.anchor]
        draw(0, 0, text)
        canvas.restoreState()

    def _pictured(self, mark: Words) -> None:
        """Words in letters of other fonts, as a picture in their place."""
        from reportlab.lib.utils import ImageReader

        wide, high = text_width(mark.text, mark.size, bold=mark.bold) * 1.3 + 8, mark.size * 1.8
        start = {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
        base = mark.size * 1.25
        words = Words(start, base, mark.text, mark.size, mark.colour, mark.bold, mark.anchor)
        picture = ImageReader(io.BytesIO(to_png(Drawing(wide, high, (words,)), zoom=_SHARP)))
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(*self._at(mark.x, mark.y))
        canvas.rotate(-mark.turn)
        place = -self._long(start), -self._long(high - base)
        canvas.drawImage(picture, *place, self._long(wide), self._long(high), mask="auto")
        canvas.restoreState()

    def _group(self, mark: Group) -> None:
        inner = _Pen(
            self._canvas,
            self._tall,
            self._x + mark.x * self._scale,
            self._y + mark.y * self._scale,
            self._scale * mark.scale,
        )
        for part in mark.marks:
            inner.draw(part)
        if mark.link:
            inner.link(mark)

    def link(self, group: Group) -> None:
        """Let the words of a group lead to its address."""
        words = [mark for mark in group.marks if isinstance(mark, Words)]
        for word in words:
            left, top = self._at(word.x, word.y - word.size)
            right, bottom = self._at(word.x + text_width(word.text, word.size), word.y + word.size * 0.3)
            self._canvas.linkURL(xml_text(group.link), (left, bottom, right, top))

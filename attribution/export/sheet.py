"""The briefing's sheet: chosen pictures and quotes on one page of a given size, drawn as it will be shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attribution import charts
from attribution.charts.svg_marks import Box, Drawing, Group, Mark, Outline, untitled
from attribution.charts.svg_text import fit_lines
from attribution.export.pictures import FAINT, INK, LINE, fitting_picture, foot, picture_title, write
from attribution.export.sheet_quotes import quote_marks, quotes_height
from attribution.export.view import View
from attribution.pages.words import count, target_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote


@dataclass(frozen=True)
class Format:
    """The size of a sheet in pixels, and the sizes of its letters; `least` is how small a picture may get."""

    label: str
    width: int
    height: int
    margin: float
    title: float
    text: float
    small: float
    quotes: tuple[float, ...]  # the sizes of the quotes' letters, the largest that has room first
    least: float
    best: float  # the scale of a picture that has room


FORMATS = {
    "wide": Format("Landscape 16:9", 1920, 1080, 56, 44, 23, 14.5, (30, 27, 24, 21, 19, 17), 0.95, 1.45),
    "square": Format("Square", 1080, 1080, 44, 34, 19, 12.5, (26, 23, 20, 18, 16.5, 15), 0.85, 1.2),
    "a4": Format("A4", 794, 1123, 44, 26, 14.5, 9.5, (17, 15.5, 14, 13, 12, 11), 0.75, 0.95),
}
"""The formats of a sheet, by the word that stands for each; A4 is 210 × 297 mm at 96 dots an inch."""


@dataclass(frozen=True)
class Briefing:
    """What a person chose for a sheet: `pictures` of the `view`, `quotes` in their order, and own words."""

    view: View
    quotes: tuple[AttributedQuote, ...] = ()
    pictures: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    format: str = "wide"

    @property
    def heading(self) -> str:
        """The title, or what the view shows where none was given."""
        return self.title.strip() or self.view.title


@dataclass(frozen=True)
class _Area:
    """A part of the sheet, in pixels."""

    x: float
    y: float
    width: float
    height: float


def draw_sheet(briefing: Briefing) -> Drawing:
    """The sheet, exactly as large as its format. What has no room is counted where it is missing."""
    page = FORMATS[briefing.format]
    marks: list[Mark] = [Box(0, 0, page.width, page.height, Outline(charts.LIGHT.surface))]
    room = page.width - 2 * page.margin
    y = _head(marks, briefing, page, room)
    ends: list[Mark] = []
    high = foot(ends, briefing.view, 0, 0, room, page.small, most=4)
    floor = page.height - page.margin * 0.6 - high
    marks.append(Group(tuple(ends), page.margin, floor))
    body = _Area(page.margin, y + page.small, room, floor - y - 2 * page.small)
    pictures, quotes = _parted(body, briefing, page)
    if pictures:
        marks += _pictures(briefing, pictures, page)
    if quotes:
        marks += quote_marks(
            briefing.quotes,
            briefing.view.target,
            page.quotes,
            quotes.x,
            quotes.y,
            quotes.width,
            quotes.height,
        )
    if not pictures and not quotes:
        write(marks, ["Nothing chosen yet: choose pictures or quotes."], body.x, body.y, page.text, FAINT)
    return Drawing(page.width, page.height, tuple(marks), briefing.heading)


_LEGIBLE = 56.0  # of a line of the note: longer ones are read with difficulty, in letter sizes


def _head(marks: list[Mark], briefing: Briefing, page: Format, room: float) -> float:
    """Title, what it is about, and the note; where the next part begins."""
    title = fit_lines(briefing.heading, room, page.title, 2, bold=True)
    y = write(marks, title, page.margin, page.margin * 0.8, page.title, INK, bold=True)
    about = [count(len(briefing.view.quotes), "quote")]
    about.append(f"in {count(len({quote.article.id for quote in briefing.view.quotes}), 'article')}")
    if briefing.title.strip() and briefing.view.target:
        about.insert(0, f"About {target_label(briefing.view.target)}:")
    y = write(marks, fit_lines(" ".join(about), room, page.text, 2), page.margin, y, page.text, FAINT)
    if briefing.note.strip():
        note = fit_lines(briefing.note, min(room, page.text * _LEGIBLE), page.text, 4)
        y = write(marks, note, page.margin, y + page.text * 0.4, page.text, INK)
    return y


def _parted(body: _Area, briefing: Briefing, page: Format) -> tuple[_Area | None, _Area | None]:
    """The parts of the pictures and of the quotes: side by side on a wide sheet, else one below the other."""
    if not briefing.quotes or not briefing.pictures:
        return (body if briefing.pictures else None), (body if briefing.quotes else None)
    gap = page.margin * 0.7
    if page.width > page.height:
        left = (body.width - gap) * (0.6 if len(briefing.pictures) < 3 else 0.66)
        return (
            _Area(body.x, body.y, left, body.height),
            _Area(body.x + left + gap, body.y, body.width - left - gap, body.height),
        )
    # The quotes as low as they are in the largest letters that leave the pictures half of the sheet.
    target, most = briefing.view.target, body.height * 0.5
    heights = (quotes_height(briefing.quotes, target, size, body.width) + 4 for size in page.quotes)
    low = next((high for high in heights if high <= most), most)
    return (
        _Area(body.x, body.y, body.width, body.height - low - gap),
        _Area(body.x, body.y + body.height - low, body.width, low),
    )


def _pictures(briefing: Briefing, area: _Area, page: Format) -> list[Mark]:
    """The pictures in rows that leave them largest; those without room are counted below the others."""
    names, gap = briefing.pictures, page.margin * 0.5
    line = page.text * LINE
    shown, rows = len(names), _rows(len(names), area, gap, page)
    while rows is None and shown > 1:
        shown -= 1
        rows = _rows(shown, replace(area, height=area.height - 1.6 * line), gap, page)
    rows = rows or [1]
    marks: list[Mark] = []
    room = area.height - (1.6 * line if shown < len(names) else 0)
    height, number = (room - gap * (len(rows) - 1)) / len(rows), 0
    for row, columns in enumerate(rows):
        width = (area.width - gap * (columns - 1)) / columns
        for column in range(columns):
            cell = _Area(area.x + column * (width + gap), area.y + row * (height + gap), width, height)
            marks += _picture(names[number], briefing.view, cell, page)
            number += 1
    if shown < len(names):
        left = f"… {count(len(names) - shown, 'more picture')}: no room on this sheet"
        write(marks, [left], area.x, area.y + area.height - line, page.text, INK, bold=True)
    return marks


_WIDE, _HIGH = 400.0, 300.0  # pixels that a picture needs at its own size, with its title and note


def _rows(number: int, area: _Area, gap: float, page: Format) -> list[int] | None:
    """How many pictures each row has, so that they come nearest to squares.

    `None` where no such grid leaves them large enough to read.
    """
    grids = []
    for most in range(1, number + 1):
        deep = math.ceil(number / most)
        width = (area.width - gap * (most - 1)) / most
        height = (area.height - gap * (deep - 1)) / deep
        if width >= _WIDE * page.least and height >= _HIGH * page.least:
            rows = [number // deep + (row >= deep - number % deep) for row in range(deep)]
            grids.append((abs(math.log(width / height)), rows))
    return min(grids)[1] if grids else None


def _picture(name: str, view: View, cell: _Area, page: Format) -> list[Mark]:
    """A picture with its title and note in its cell, with as many rows as stay legible there."""
    size = page.text
    marks: list[Mark] = []
    title = fit_lines(picture_title(name, view), cell.width, size, 2, bold=True)
    y = write(marks, title, cell.x, cell.y, size, INK, bold=True) + page.small * 0.4
    room = cell.y + cell.height - y - 2 * page.small * LINE - page.small * 0.3
    picture = fitting_picture(
        name,
        view,
        cell.width / page.least,
        room / page.least,
        slack=1 / _SMALLER,
        draw_for=cell.width / page.best,
    )
    if picture is None:
        write(marks, ["No room here: choose fewer pictures or a larger sheet."], cell.x, y, page.small, FAINT)
        return marks
    high = picture.height(cell.width / page.least)
    least = page.least * (1 if name == "time" else _SMALLER)  # the time line can be lower instead
    scale = min(max(room / high, least), page.best)
    # A little higher than it has to be, where there is room: rows apart are read more easily.
    width = cell.width / scale
    body = picture.drawn(width, min(room / scale, picture.height(width) * 1.35))
    drawn = body.marks if len(body.marks) < _MOST_TITLED else map(untitled, body.marks)
    marks.append(Group(tuple(drawn), cell.x, y, scale))
    y += body.height * scale + page.small * 0.3
    write(marks, fit_lines(picture.note, cell.width, page.small, 2), cell.x, y, page.small, FAINT)
    return marks


_MOST_TITLED = 2_500  # marks of a picture: what each of more dots tells would make a page of megabytes
_SMALLER = 0.8  # of the least size, before a picture is left out: a crowd of quotes can make a row high

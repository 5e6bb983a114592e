"""A picture as a list of marks, in pixels: what every file of it is made from, and its SVG."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from attribution.charts.svg_text import FAMILIES, FAMILY, FONTS
from attribution.export.tables import xml_text


@dataclass(frozen=True)
class Line:
    """A straight line; `dash` are the lengths of its strokes and gaps."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Strokes:
    """Straight lines of one look, each from `x1`, `y1` to `x2`, `y2`."""

    lines: tuple[tuple[float, float, float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True)
class Outline:
    """What fills a box, a disc or a polygon, and the line around it; without a colour there is none."""

    fill: str | None = None
    line: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Box:
    """A rectangle, its corners rounded by `round` pixels."""

    x: float
    y: float
    width: float
    height: float
    style: Outline
    round: float = 0.0


@dataclass(frozen=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    style: Outline


@dataclass(frozen=True)
class Polygon:
    """A shape with corners."""

    points: tuple[tuple[float, float], ...]
    style: Outline


@dataclass(frozen=True)
class Words:
    """A line of text from its base line's `x` and `y`: their start, middle or end; `turn` is in degrees."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"
    turn: float = 0.0


@dataclass(frozen=True)
class Group:
    """Marks at `scale`, moved by `x` and `y`; `title` tells what they are, `link` where they lead."""

    marks: tuple[Mark, ...]
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    title: str = ""
    link: str = ""


Mark = Line | Strokes | Box | Disc | Polygon | Words | Group


@dataclass(frozen=True)
class Drawing:
    """A picture of `width` by `height` pixels: its marks, the lowest first; `label` says what it shows."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    label: str = ""

    def words(self) -> list[str]:
        """Every text in the picture, in order."""
        return [mark.text for mark in _flat(self.marks) if isinstance(mark, Words)]


def _flat(marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from _flat(mark.marks)


def untitled(mark: Mark) -> Mark:
    """The mark without what it tells when pointed at."""
    return replace(mark, title="") if isinstance(mark, Group) else mark


def to_svg(drawing: Drawing, *, fonts: bool = False) -> str:
    """The picture as an SVG element: for a page, or with its `fonts` inside as a file of its own.

    It runs nothing and loads nothing.

    >>> to_svg(Drawing(4, 3, (Line(0, 1, 4, 1, "#000"),)))[-55:]
    '<line x1="0" y1="1" x2="4" y2="1" stroke="#000"/></svg>'
    """
    style = f"<style>{font_faces()}</style>" if fonts else ""
    label = f' aria-label="{_told(drawing.label)}"' if drawing.label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width:g}" height="{drawing.height:g}" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="group"{label} '
        f'font-family="{_told(FAMILIES)}">{style}{"".join(map(_mark, drawing.marks))}</svg>'
    )


@cache
def font_faces() -> str:
    """The font as CSS, within the file that uses it."""
    faces = ((400, "Regular"), (600, "SemiBold"))
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff2;base64,"
        f"{base64.b64encode((FONTS / f'{name}.woff2').read_bytes()).decode()}) format('woff2')}}"
        for weight, name in faces
    )


def _told(text: str) -> str:
    """A text within XML: escaped, with � for what XML cannot hold."""
    return escape(xml_text(text))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _mark(mark: Mark) -> str:
    match mark:
        case Line():
            ends = "".join(f' {end}="{_number(getattr(mark, end))}"' for end in ("x1", "y1", "x2", "y2"))
            width = "" if mark.width == 1 else f' stroke-width="{_number(mark.width)}"'
            return f'<line{ends} stroke="{mark.colour}"{width}{_dash(mark.dash)}/>'
        case Strokes():
            path = "".join(
                f"M{_number(a)} {_number(b)}L{_number(c)} {_number(d)}" for a, b, c, d in mark.lines
            )
            return f'<path d="{path}" stroke="{mark.colour}" stroke-width="{_number(mark.width)}"/>'
        case Box():
            place = f'x="{_number(mark.x)}" y="{_number(mark.y)}"'
            size = f'width="{_number(max(mark.width, 0))}" height="{_number(max(mark.height, 0))}"'
            corner = f' rx="{_number(mark.round)}"' if mark.round else ""
            return f"<rect {place} {size}{corner}{_style(mark.style)}/>"
        case Disc():
            place = f'cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.radius)}"'
            return f"<circle {place}{_style(mark.style)}/>"
        case Polygon():
            points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
            return f'<polygon points="{points}"{_style(mark.style)}/>'
        case Words():
            return _words(mark)
        case Group():
            return _group(mark)


def _style(style: Outline) -> str:
    line = f' stroke="{style.line}"' if style.line else ""
    width = f' stroke-width="{_number(style.width)}"' if style.line and style.width != 1 else ""
    return f' fill="{style.fill or "none"}"{line}{width}{_dash(style.dash) if style.line else ""}'


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""


def _words(mark: Words) -> str:
    bold = ' font-weight="600"' if mark.bold else ""
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    turned = f' transform="rotate({mark.turn:g} {_number(mark.x)} {_number(mark.y)})"' if mark.turn else ""
    # Kept as they are: a legend's words stand apart by their spaces.
    spaces = ' xml:space="preserve"' if "  " in mark.text else ""
    return (
        f'<text x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{_number(mark.size)}"{bold}{anchor} '
        f'fill="{mark.colour}"{turned}{spaces}>{_told(mark.text)}</text>'
    )


def _group(mark: Group) -> str:
    title = f"<title>{_told(mark.title)}</title>" if mark.title else ""
    moved = f"translate({_number(mark.x)} {_number(mark.y)})" if mark.x or mark.y else ""
    scaled = f"scale({mark.scale:.4f})" if mark.scale != 1 else ""
    place = f' transform="{" ".join(filter(None, (moved, scaled)))}"' if moved or scaled else ""
    if not (title or place or mark.link):
        return "".join(map(_mark, mark.marks))
    body = f"<g{place}>{title}{''.join(map(_mark, mark.marks))}</g>"
    return f'<a href="{_told(mark.link)}">{body}</a>' if mark.link else body


# Corners, the turn of the first one in degrees from the right, and how far they reach across and down, in
# radii: as plotly draws them.
_CORNERS = {
    "diamond": (4, 0, 1.3, 1.3),
    "square": (4, 45, 1.4142, 1.4142),
    "triangle-up": (3, -90, 1.3333, 1.0),
    "triangle-down": (3, 90, 1.3333, 1.0),
    "hexagon": (6, -90, 1.0, 1.0),
    "pentagon": (5, -90, 1.0, 1.0),
}


def symbol(shape: str, x: float, y: float, radius: float, style: Outline) -> Disc | Polygon:
    """A dot in one of the pictures' shapes."""
    if shape not in _CORNERS:
        return Disc(x, y, radius, style)
    corners, turn, across, down = _CORNERS[shape]
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    points = ((x + across * radius * math.cos(a), y + down * radius * math.sin(a)) for a in angles)
    return Polygon(tuple(points), style)


def hatched(box: Box, colour: str, gap: float, width: float) -> Strokes:
    """The lines of a hatched box, from lower left to upper right, `gap` pixels apart across."""
    lines = []
    for number in range(1, math.ceil((box.width + box.height) / gap)):
        along = number * gap  # where the line meets the box's upper edge, or would
        start, end = max(0.0, along - box.height), min(box.width, along)
        lines.append((box.x + start, box.y + along - start, box.x + end, box.y + along - end))
    return Strokes(tuple(lines), colour, width)

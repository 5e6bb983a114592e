"""The pictures of a view, each as a drawing of its own with everything that it has to carry with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from attribution import charts
from attribution.charts.svg import FigureParts, read_figure
from attribution.charts.svg_marks import Box, Drawing, Group, Line, Mark, Outline, Words
from attribution.charts.svg_text import fit_lines, wrap_anywhere, wrap_text
from attribution.export.view import View
from attribution.pages.shelf import Shelf
from attribution.pages.words import FEW, count, speaker_label, stance_of, target_label

if TYPE_CHECKING:
    import plotly.graph_objects as go

PICTURES = {
    "dots": "Every quote by its speaker and stance",
    "balance": "How often each speaker was critical or supportive",
    "outlets": "Whom each outlet quotes, and where these quotes lean",
    "time": "When it was said",
    "share": "How many words each speaker is quoted with",
    "voices": "Whom only one outlet quotes, and whom it leaves out",
    "sides": "The operations side by side",
}
"""What each picture shows, by the word that stands for it in an address."""

_WITHOUT_STANCES = {"outlets": "Whom each outlet quotes", "dots": "Quotes of each speaker"}
_NEED_STANCES = ("balance", "time", "sides")

INK, FAINT, RULE = charts.LIGHT.text, charts.LIGHT.faint, charts.LIGHT.grid
"""The colours of a file's words and lines: paper is light, whatever the screen is."""

LINE = 1.3  # the distance of two lines of text, in parts of their size


def offered_pictures(view: View) -> list[str]:
    """The pictures that there can be of the view, by their words."""
    rated = any(stance_of(quote, view.target) for quote in view.quotes)
    sides = len(_shown_targets(view)) > 1
    return [
        name
        for name in PICTURES
        if view.quotes and (rated or name not in _NEED_STANCES) and (name != "sides" or sides)
    ]


def picture_title(name: str, view: View) -> str:
    """What the picture shows, as its heading on the page says it."""
    return PICTURES[name] if view.target else _WITHOUT_STANCES.get(name, PICTURES[name])


def _shown_targets(view: View) -> list[str]:
    return [name for name in view.targets if any(stance_of(quote, name) for quote in view.quotes)]


@dataclass(frozen=True)
class Picture:
    """One picture of a view: its title, the figure as on the page, its whole names, and what explains it."""

    name: str
    title: str
    figure: go.Figure
    names: tuple[str, ...]
    note: str

    @cached_property
    def _parts(self) -> FigureParts:
        return read_figure(self.figure)

    @cached_property
    def _heights(self) -> dict[float, float]:
        return {}

    def height(self, width: float) -> float:
        """How high the picture is where it is `width` pixels wide."""
        if width not in self._heights:  # a large one takes a while to measure
            self._heights[width] = self._parts.height(width)
        return self._heights[width]

    def drawn(self, width: float, height: float | None = None) -> Drawing:
        """The picture, `width` pixels wide and as high as it is, or `height` pixels."""
        label = f"{self.title}. {self.note}"
        return self._parts.drawn(width, height=height, names=self.names, label=label)


def make_picture(name: str, view: View, most: int = charts.MOST_ROWS, width: float = 600.0) -> Picture:
    """One of `offered_pictures` with at most `most` rows, the figure that the page draws of the same view.

    It is to be drawn `width` pixels wide or wider: the wider, the lower are rows with many dots. Of the same
    quotes it is made once, so nobody may change it.
    """
    key = (name, id(view.quotes), id(view.every), view.target, view.targets, most, width)
    quotes, every, picture = _made.get(key) or (None, None, None)
    if quotes is view.quotes and every is view.every:  # others may have come to lie at the same place
        return picture
    figure = _MAKERS[name](view, most, width)
    notes = (_EXPLAINED[name](view), _left_out(name, view, most))
    note = " ".join(filter(None, notes))
    picture = Picture(name, picture_title(name, view), figure, _names(name, view, most), note)
    dots = sum(len(trace["x"]) for trace in figure.data if trace["x"] is not None)
    _made.put(key, (view.quotes, view.every, picture), weight=1_000 + len(view.quotes) / 10 + dots)
    return picture


_made = Shelf(most=150_000)  # by what each draws, and the quotes that it keeps alive


def fitting_picture(
    name: str, view: View, width: float, height: float, *, slack: float = 1.0, draw_for: float | None = None
) -> Picture | None:
    """The picture with as many rows as have room in `height` pixels; its note says how many it leaves out.

    Its fewest rows may be `slack` times as high. It is to be drawn `draw_for` pixels wide or wider, `width`
    if not given. `None` where not even two rows have room.
    """
    most = min(charts.MOST_ROWS, max(2, math.ceil(height / _LOWEST_ROW)))
    while True:
        picture = make_picture(name, view, most, draw_for or width)
        high = picture.height(width)
        # The time line has no rows: it is drawn as high as there is room.
        if name == "time" or high <= height or (most == 2 and high <= height * slack):
            return picture
        if most == 2:
            return None
        most = min(most - 1, max(2, round(most * height / high)))


_LOWEST_ROW = 34.0  # pixels, of any picture


def _dots(view: View, most: int, width: float) -> go.Figure:
    if view.target is None:
        return charts.speaker_bars(view.quotes, None, most=most)
    plot = max((width - _NAMES) * _SCORES, 200.0)
    return charts.strip_chart(view.quotes, view.target, most=most, width=plot)


_NAMES, _SCORES = 200.0, 0.85  # pixels of the names beside the dots; of the rest the part from −1 to +1


_MAKERS: dict[str, Callable[[View, int, float], go.Figure]] = {
    "dots": _dots,
    "balance": lambda view, most, width: charts.speaker_bars(view.quotes, view.target, most=most),
    "outlets": lambda view, most, width: charts.outlet_cells(view.quotes, view.target, most=most),
    "time": lambda view, most, width: charts.time_line(view.quotes, view.target or ""),
    "share": lambda view, most, width: charts.voice_bars(view.quotes, view.target, most=most),
    "voices": lambda view, most, width: charts.outlet_voice_bars(
        view.quotes, view.target, among=view.every or None, most=most
    ),
    "sides": lambda view, most, width: charts.target_bars(view.quotes, _shown_targets(view)),
}


def _explain_dots(view: View) -> str:
    few = f"“Few”: under {FEW} quotes, too few to tell a tendency."
    return f"A dot a quote; hollow: the model is unsure. {few}" if view.target else few


def _explain_balance(view: View) -> str:
    few = f"“Few”: under {FEW} quotes, too few to tell a tendency."
    return f"{_explain_sides(view)} {few}" if view.target else few


def _explain_sides(view: View) -> str:
    return "Hollow: unsure, from leaning critical to leaning supportive."


def _explain_outlets(view: View) -> str:
    if not view.target:
        return "The figures are numbers of quotes."
    return (
        f"Bold: quotes. Colour and figure: the mean stance of those not unsure, from {FEW} on; fewer are "
        "hatched and have none."
    )


def _explain_time(view: View) -> str:
    articles = {quote.article.id: quote.article for quote in view.quotes}
    undated = sum(charts.published_on(article) is None for article in articles.values())
    unknown = f" Without a date: {undated:,} of {count(len(articles), 'article')}." if undated else ""
    return (
        "A dot stands at its article's date; no line joins them, they are no trend. Hollow: unsure; with a "
        f"point in it: unattributed.{unknown}"
    )


_EXPLAINED: dict[str, Callable[[View], str]] = {
    "dots": _explain_dots,
    "balance": _explain_balance,
    "outlets": _explain_outlets,
    "time": _explain_time,
    "share": lambda view: "At each bar's end: its words and their share of all words quoted.",
    "voices": lambda view: "A voice is a named speaker.",
    "sides": _explain_sides,
}


def _left_out(name: str, view: View, most: int) -> str:
    """How many rows the picture has no room for, never dropped unsaid."""
    if name in ("time", "sides"):
        return ""
    if name == "voices":
        hidden = len(charts.by_outlet(view.quotes)) - most
        return f"{count(hidden, 'outlet')} with fewer quotes not shown." if hidden > 0 else ""
    hidden = len({speaker_label(quote) for quote in view.quotes}) - most
    fewer = "words" if name == "share" else "quotes"
    return f"{count(hidden, 'speaker')} with fewer {fewer} not shown." if hidden > 0 else ""


def _names(name: str, view: View, most: int) -> tuple[str, ...]:
    """The names of the picture's rows and columns in full, in their order."""
    if name == "sides":
        return tuple(_shown_targets(view))
    if name == "time":
        return tuple(dict.fromkeys(quote.article.name for quote in view.quotes))
    if name == "voices":
        return tuple(
            each.outlet for each in charts.shown_outlet_voices(view.quotes, view.every or None, most)
        )
    rows = (
        charts.by_words(view.quotes, most)
        if name == "share"
        else charts.shown_speakers(view.quotes, view.target, most)
    )
    return (*rows, *(charts.shown_outlets(view.quotes) if name == "outlets" else ()))


# --- a picture as a file of its own -----------------------------------------------------------------------

_WIDTH, _MARGIN = 960.0, 28.0


def picture_drawing(view: View, name: str) -> Drawing:
    """The picture with its title, what it is about, and what it has to carry with it, at the foot."""
    room = _WIDTH - 2 * _MARGIN
    picture = make_picture(name, view, width=room)
    body = picture.drawn(room)
    marks: list[Mark] = []
    y = _MARGIN
    y = write(marks, fit_lines(picture.title, room, 22, 2, bold=True), _MARGIN, y, 22, INK, bold=True)
    about = f"about {target_label(view.target)}" if view.target else ""
    y = write(marks, fit_lines(about, room, 16, 2), _MARGIN, y, 16, FAINT) + 12
    marks.append(Group(body.marks, _MARGIN, y))
    y = write(marks, wrap_text(picture.note, room, 13), _MARGIN, y + body.height + 12, 13, FAINT) + 10
    y = foot(marks, view, _MARGIN, y, room, 12.5, most=6)
    ground = Box(0, 0, _WIDTH, y + _MARGIN / 2, Outline(charts.LIGHT.surface))
    return Drawing(_WIDTH, round(y + _MARGIN / 2), (ground, *marks), body.label)


def write(
    marks: list[Mark],
    lines: Sequence[str],
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    bold: bool = False,
) -> float:
    """Put lines of text below each other from `y` on, and say where the next one would begin."""
    for line in lines:
        marks.append(Words(x, y + size * 0.98, line, size, colour, bold))
        y += size * LINE
    return y


def foot(marks: list[Mark], view: View, x: float, y: float, width: float, size: float, most: int) -> float:
    """What a picture carries with it, and the address that reopens it, under a thin line."""
    marks.append(Line(x, y, x + width, y, RULE))
    y = write(marks, fit_lines(view.small_print(), width, size, most), x, y + size * 0.6, size, FAINT)
    if view.address:
        lines: list[Mark] = []
        y = write(lines, wrap_anywhere(f"Reopens at {view.address}", width, size), x, y, size, FAINT)
        marks.append(Group(tuple(lines), link=view.address))
    return y

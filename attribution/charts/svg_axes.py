"""The axes of a figure, read and drawn: where a value lies, its ticks and labels, and the room they take."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from attribution.charts.svg_text import TextLine, figure_lines, text_width

LINE_HEIGHT = 1.25  # of a line of text, in parts of its size
_TICK_PAD = 6.0  # pixels between the plot and its labels
_STEPS = (1, 2, 5, 10)
_DAY_STEPS = (1, 2, 3, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_EPOCH = datetime.datetime(2000, 1, 1)  # plotly counts its days from here


@dataclass(frozen=True)
class Axis:
    """One axis; `start` and `end` are the pixels of its `low` and its `high` value once it is placed."""

    name: str
    low: float
    high: float
    domain: tuple[float, float]
    ticks: tuple[tuple[float, tuple[TextLine, ...]], ...]
    title: tuple[TextLine, ...]
    size: float  # of the labels, in pixels
    angle: float
    on_top: bool
    grid: str | None  # the colours of its lines
    zero: str | None
    colour: str
    faint: str
    start: float = 0.0
    end: float = 1.0

    @property
    def across(self) -> bool:
        """Whether it runs from left to right."""
        return self.name.startswith("x")

    def at(self, value: Any) -> float:
        """The pixel of a value: a number or a date."""
        part = (as_number(value) - self.low) / ((self.high - self.low) or 1)
        return self.start + part * (self.end - self.start)

    def placed(self, start: float, length: float) -> Axis:
        """The axis where the plot begins at `start` and is `length` pixels long; the y axis runs upwards."""
        first, last = (start + length * part for part in self.domain)
        return replace(self, start=first, end=last) if self.across else replace(self, start=last, end=first)

    @property
    def label_width(self) -> float:
        """The width of the widest label."""
        return max((line_width(line, self.size) for _, lines in self.ticks for line in lines), default=0.0)

    @property
    def room(self) -> float:
        """How far its labels and its title reach away from the plot, in pixels."""
        title = len(self.title) * self.size * LINE_HEIGHT + (_TICK_PAD if self.title else 0)
        if not self.ticks:
            return title
        if not self.across:
            return self.label_width + 2 * _TICK_PAD + title + 4
        lines = max(len(lines) for _, lines in self.ticks) * self.size * LINE_HEIGHT
        turned = math.sin(math.radians(abs(self.angle))) * self.label_width
        return max(lines, turned) + _TICK_PAD + title


def line_width(line: TextLine, size: float) -> float:
    """The width of one line of a figure's text."""
    return text_width(line.text, line.size or size, bold=line.bold)


def as_number(value: Any) -> float:
    """A number as it is; a date as the days since 2000.

    >>> as_number(datetime.date(2000, 1, 3)), as_number(2)
    (2.0, 2.0)
    """
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    if isinstance(value, datetime.datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / datetime.timedelta(days=1)
    if isinstance(value, datetime.date):
        return float((value - _EPOCH.date()).days)
    return float(value)


def read_axis(name: str, told: Mapping[str, Any], font: Mapping[str, Any]) -> Axis:
    """The axis as the figure describes it; `name` is `x`, `x2` or `y`."""
    low, high = (as_number(end) for end in told["range"])
    title = (told.get("title") or {}).get("text")
    shows = told.get("showticklabels", True)
    return Axis(
        name,
        low,
        high,
        tuple(told.get("domain") or (0, 1)),
        tuple((at, tuple(figure_lines(text))) for at, text in _ticks(told, low, high)) if shows else (),
        tuple(figure_lines(title)) if title else (),
        size=(told.get("tickfont") or font).get("size", font["size"]),
        angle=told.get("tickangle") or 0,
        on_top=told.get("side") == "top",
        grid=told["gridcolor"] if told.get("showgrid", True) else None,
        zero=told.get("zerolinecolor") if told.get("zeroline") else None,
        colour=font["color"],
        faint=told["title"]["font"]["color"],
    )


def _ticks(told: Mapping[str, Any], low: float, high: float) -> list[tuple[float, str]]:
    """Where labels stand, and what they say; those beyond the range are left out."""
    date, form = told.get("type") == "date", told.get("tickformat", "")
    if told.get("tickvals") is not None:
        values = [as_number(value) for value in told["tickvals"]]
        texts = told.get("ticktext") or [_formatted(value, date, form) for value in values]
    else:
        values = _dates(told, low, high) if date else _round_numbers(low, high, told.get("nticks") or 6)
        texts = [_formatted(value, date, form) for value in values]
    least, most = sorted((low, high))
    pairs = zip(values, texts, strict=False)
    return [(value, str(text)) for value, text in pairs if least - 1e-9 <= value <= most + 1e-9]


def _round_numbers(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two, at most `most` steps of them."""
    rough = abs(high - low) / most or 1
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * step for step in _STEPS if unit * step >= rough * (1 - 1e-9))
    least, end = sorted((low, high))
    return [number * step for number in range(math.ceil(least / step), math.floor(end / step) + 1)]


def _dates(told: Mapping[str, Any], low: float, high: float) -> list[float]:
    """Days, or first days of months, few enough to stand beside each other."""
    rough = (high - low) / (told.get("nticks") or 6)
    step = next((step for step in _DAY_STEPS if step >= rough), None)
    if isinstance(told.get("dtick"), (int, float)):
        step = told["dtick"] / 86_400_000
    if step:
        first = 1 if step in (7, 14) else 0  # weeks begin on a Sunday
        return [
            first + number * step
            for number in range(math.ceil((low - first) / step), math.floor((high - first) / step) + 1)
        ]
    months = next((step for step in _MONTH_STEPS if step * 30.4 >= rough), _MONTH_STEPS[-1])
    first = _EPOCH + datetime.timedelta(days=low)
    number = math.ceil((first.year * 12 + first.month - 1) / months) * months
    found: list[float] = []
    while number < 9999 * 12 and (at := as_number(datetime.date(number // 12, number % 12 + 1, 1))) <= high:
        found.append(at)
        number += months
    return found


def _formatted(value: float, date: bool, form: str) -> str:
    if not date:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"
    day = _EPOCH + datetime.timedelta(days=value)
    parts = {"%-d": str(day.day), "%b": _MONTHS[day.month - 1], "%Y": str(day.year)}
    for code, text in parts.items():
        form = form.replace(code, text)
    return form


# As plotly writes them, whatever the machine's language.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def lean(axis: Axis, length: float) -> tuple[float, float]:
    """How far labels that stand aslant reach out to the left and to the right of a plot `length` wide."""
    if not axis.angle:
        return 0.0, 0.0
    part = math.cos(math.radians(axis.angle))
    placed = axis.placed(0.0, length)
    reach = [
        (placed.at(at), part * max(line_width(line, axis.size) for line in lines))
        for at, lines in axis.ticks
        if lines
    ]
    if axis.on_top:
        return 0.0, max((at + wide - length for at, wide in reach), default=0.0)
    return max((wide - at for at, wide in reach), default=0.0), 0.0


def beside(axes: Sequence[Axis]) -> float:
    """The room for the labels at the left of the plot."""
    return max((axis.room for axis in axes if not axis.across), default=0.0)

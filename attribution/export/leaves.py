"""Quotes in full on pages of A4: what a sheet or a picture has no room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attribution.charts import LIGHT
from attribution.charts.svg_marks import Box, Drawing, Group, Line, Mark, Outline
from attribution.charts.svg_text import shorten_to, wrap_text
from attribution.export.pictures import FAINT, INK, write
from attribution.export.view import View, doubts, place, stances_of, told_stance
from attribution.pages.words import count, speaker_label, stance_label, target_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_WIDTH, _HEIGHT, _MARGIN = 794.0, 1123.0, 62.0
_ROOM = _WIDTH - 2 * _MARGIN
_TEXT, _SMALL, _INSET = 14.5, 11.5, 14.0
_NAME = 110.0  # pixels for the names of the facts

_Row = tuple[list[Mark], float]  # what no page break parts, and its height


def quote_leaves(view: View, title: str, quotes: Sequence[AttributedQuote]) -> list[Drawing]:
    """Pages with the facts of the view and every one of the `quotes`, whole, with its source and doubt."""
    pages: list[list[Mark]] = [[]]
    y = _MARGIN
    for marks, height in _rows(view, title, quotes):
        if y + height > _HEIGHT - _MARGIN and y > _MARGIN:
            pages.append([])
            y = _MARGIN
        pages[-1].append(Group(tuple(marks), _MARGIN, y))
        y += height
    return [_leaf(marks, title, number, len(pages)) for number, marks in enumerate(pages, start=1)]


def _leaf(marks: Sequence[Mark], title: str, number: int, pages: int) -> Drawing:
    foot: list[Mark] = []
    name = shorten_to(title, _ROOM * 0.8, 9.5)
    write(foot, [f"{name} · {number:,} of {pages:,}"], _MARGIN, _HEIGHT - 40, 9.5, FAINT)
    ground = Box(0, 0, _WIDTH, _HEIGHT, Outline(LIGHT.surface))
    return Drawing(_WIDTH, _HEIGHT, (ground, *marks, *foot), title)


def _rows(view: View, title: str, quotes: Sequence[AttributedQuote]) -> Iterator[_Row]:
    yield _row(wrap_text(title, _ROOM, 22, bold=True), 22, INK, bold=True, after=8)
    for name, value in view.facts():
        yield _fact(name, value)
    yield _row([f"{count(len(quotes), 'quote')} in full"], 17, INK, bold=True, before=20, after=8)
    for quote in quotes:
        yield from _quote(quote, view.target)


def _row(
    lines: Sequence[str],
    size: float,
    colour: str,
    *,
    x: float = 0.0,
    bold: bool = False,
    before: float = 0.0,
    after: float = 0.0,
) -> _Row:
    """Lines of text that stay together."""
    marks: list[Mark] = []
    end = write(marks, lines, x, before, size, colour, bold=bold)
    return marks, end + after


def _fact(name: str, value: str) -> _Row:
    marks: list[Mark] = []
    write(marks, [name], 0, 0, _SMALL, FAINT)
    end = write(marks, wrap_text(value, _ROOM - _NAME, _SMALL), _NAME, 0, _SMALL, INK)
    return ([Group(tuple(marks), link=value)] if name == "Address" else marks), end + 2


def _quote(quote: AttributedQuote, target: str | None) -> Iterator[_Row]:
    """The quote's lines, the last of them with all that is known of it."""
    label = stance_label(quote, target)
    colour, dash = (LIGHT.marks[label] if label else LIGHT.faint), ((6.0, 4.0) if label == "unsure" else ())
    *first, last = wrap_text(f"“{quote.quote.text}”", _ROOM - _INSET, _TEXT)
    for line in first:
        marks, high = _row([line], _TEXT, INK, x=_INSET)
        yield [Line(1.5, 0, 1.5, high, colour, 3, dash), *marks], high
    marks, high = _row([last], _TEXT, INK, x=_INSET, after=3)
    for text, size, shade, bold in _told(quote, target):
        lines = wrap_text(text, _ROOM - _INSET, size, bold=bold)
        high = write(marks, lines, _INSET, high, size, shade, bold=bold)
    yield [Line(1.5, 0, 1.5, high, colour, 3, dash), *marks], high + 16


def _told(quote: AttributedQuote, target: str | None) -> Iterator[tuple[str, float, str, bool]]:
    """Who said it, how it was read, and where it stands: each text with its size, colour and weight."""
    role = f", {quote.speaker.role}" if quote.speaker.role else ""
    yield f"{speaker_label(quote)}{role}", _SMALL + 1, INK, True
    for stance in stances_of(quote, target):
        yield f"{told_stance(quote, stance)} on {target_label(stance.target)}", _SMALL, INK, False
    yield ". ".join(doubts(quote, target)), _SMALL, FAINT, False
    published = quote.article.published or "date unknown"
    yield " · ".join([*place(quote), published, *filter(None, [quote.article.url])]), _SMALL, FAINT, False

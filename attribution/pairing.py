"""Which marks of a paragraph open and close spans: the cheapest reading of them all wins.

A Viterbi search (Viterbi 1967) from mark to mark whose states are the stacks of marks still open, so that
one odd mark never turns the marks after it inside out. The costs are those of `glyphs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from attribution.glyphs import LOW, Glyph, GlyphRow

_DEEPEST = 4  # levels of quotes in quotes
_WIDEST = 4  # readings kept at a mark
_HOPELESS = 5.0  # a reading this much dearer than the best is given up
_PASSED_OVER = 1.5  # a double mark that would close the span it stands in, but does not
_CUT_SHORT = 2.8  # an unclosed span ended by a later mark in its paragraph
_SAME_INSIDE_SAME = 3.0  # "…" within "…"
_SHAPE_INSIDE_SHAPE = 0.7  # “…” within "…"
_SINGLE_OUTSIDE = 1.0  # an outer '…' in an article of "…"


@dataclass(slots=True)
class Pair:
    """An opening mark with what ends it: the bounds of the span's pieces, and whether a mark closes it."""

    pieces: list[tuple[int, int]]
    opening: Glyph
    depth: int
    closed: bool


# A span that a reading has ended: its depth, opening mark, the mark that ends it, whether that closes it.
_Ended = tuple[int, int, int, bool]
# The spans ended so far, latest first, as linked pairs: readings share their beginnings.
_Path = tuple["_Path | None", _Ended]


class _Reading(NamedTuple):
    """A reading of the marks so far: its cost, the opening marks still open, and the spans ended."""

    cost: float
    still_open: tuple[int, ...]
    path: _Path | None


def pair_glyphs(text: str, row: GlyphRow, single_style: bool, reopened: str) -> list[Pair]:
    """The spans of a paragraph's cheapest reading; `reopened` are the families that the next begins with."""
    readings = {"": _Reading(0, (), None)}  # by the families still open, outermost first
    for i, mark in enumerate(row.marks):
        limit = min(reading.cost for reading in readings.values()) + mark.drops + _HOPELESS
        following = {"": readings[""]._replace(cost=readings[""].cost + mark.drops)}  # always a way out
        for families, reading in readings.items():
            for key, offer in _steps(row.marks, i, families, reading, single_style, limit):
                if key not in following or offer.cost <= following[key].cost:
                    following[key] = offer
        if len(following) > _WIDEST:
            dearest = sorted(reading.cost for reading in following.values())[_WIDEST - 1]
            following = {
                key: reading for key, reading in following.items() if not key or reading.cost <= dearest
            }
        readings = following
    return _spans(text, row, _cheapest(row, readings, single_style, reopened))


def _steps(
    marks: tuple[Glyph, ...], i: int, families: str, reading: _Reading, single_style: bool, limit: float
) -> Iterator[tuple[str, _Reading]]:
    """Every way on from `reading` over mark `i` that costs at most `limit`, with the families then open."""
    mark, (cost, still_open, path) = marks[i], reading
    passing = cost + mark.drops
    if mark.closes < 1 and mark.family != "s" and mark.family in families:
        passing += _PASSED_OVER
    if passing <= limit:
        yield families, _Reading(passing, still_open, path)
    opening = cost + mark.opens
    if opening <= limit and len(families) < _DEEPEST:
        nested = opening + _nests(mark, marks[still_open[-1]] if still_open else None, single_style)
        yield families + mark.family, _Reading(nested, (*still_open, i), path)
    level = families.rfind(mark.family)
    if level < 0:
        return
    if marks[still_open[-1]].filled == mark.filled:  # marks around nothing: both are used up, for no span
        if level == len(families) - 1 and cost + mark.closes <= limit:
            yield families[:-1], _Reading(cost + mark.closes, still_open[:-1], path)
        return
    inner = range(len(families) - 1, level, -1)
    closing = cost + mark.closes + _CUT_SHORT * len(inner)
    if marks[still_open[level]].glyph in LOW:
        closing -= 2 * (mark.closes >= 2)  # „…“ closes with the mark that opens “…”
    if closing <= limit:
        for depth in inner:
            path = (path, (depth, still_open[depth], i, False))
        closed = (path, (level, still_open[level], i, True))
        yield families[:level], _Reading(closing, still_open[:level], closed)
    if not inner and opening + _CUT_SHORT <= limit:
        path = (path, (level, still_open[level], i, False))
        yield families, _Reading(opening + _CUT_SHORT, (*still_open[:level], i), path)


def _nests(mark: Glyph, outer: Glyph | None, single_style: bool) -> float:
    """What it costs a mark to open inside `outer`, or as an outer one itself."""
    if outer is None:
        return _SINGLE_OUTSIDE if mark.family == "s" and not single_style else 0
    if outer.family != mark.family:
        return 0
    return _SAME_INSIDE_SAME if outer.straight == mark.straight else _SHAPE_INSIDE_SHAPE


def _cheapest(
    row: GlyphRow, readings: dict[str, _Reading], single_style: bool, reopened: str
) -> _Path | None:
    """The best reading's spans, with those ended that are still open where the paragraph ends."""
    best, best_cost = readings[""].path, readings[""].cost
    for families, reading in readings.items():
        if not families or row.marks[reading.still_open[-1]].filled == row.filled:
            continue
        cost, path = reading.cost, reading.path
        for depth in range(len(families) - 1, -1, -1):
            if reopened.startswith(families[: depth + 1]):
                cost += 0.5
            else:
                cost += 4 if families[depth] == "s" and not single_style else 2.5
            path = (path, (depth, reading.still_open[depth], len(row.marks), False))
        if cost < best_cost:
            best, best_cost = path, cost
    return best


def _spans(text: str, row: GlyphRow, path: _Path | None) -> list[Pair]:
    """The spans of a reading, in order of start."""
    found = []
    while path:
        path, (depth, opening, ending, closed) = path
        first = row.marks[opening]
        if closed:
            end = row.marks[ending].end
        elif ending == len(row.marks):
            end = row.end
        else:
            end = row.marks[ending].start
            while text[end - 1].isspace():
                end -= 1
        found.append(Pair([(first.start, end)], first, depth, closed))
    return sorted(found, key=lambda span: span.pieces[0])

"""Every quotation-marked span of an article, in any style, at its exact characters.

Each paragraph is read once from left to right. Every mark in it may open a span, close one, or be no
quotation mark at all (an apostrophe, an inch sign, a stray). Its shape and its neighbours give each of
the three readings a cost, and the cheapest reading of the whole paragraph wins: a Viterbi search whose
states are the stacks of marks still open. So one odd mark never turns the marks after it inside out.
Costs run from 0 (just what such a mark does) to about 6 (hardly ever).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from attribution.article import Span, paragraphs


@dataclass(frozen=True)
class Marked:
    """One span in quotation marks.

    `pieces` include their marks. There is more than one only where a quote runs over several paragraphs
    and each reopens the mark: the earlier pieces then have no closing mark and end at their paragraph's
    last character. `unclosed` says that the last piece has none either. `depth` is 0 for an outer span,
    1 for one inside it, and so on. `single` says that it stands in single marks (' ' or ‹ ›).
    """

    pieces: tuple[Span, ...]
    unclosed: bool
    depth: int
    single: bool

    @property
    def start(self) -> int:
        """Where the first piece starts."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1].end


def find_marks(text: str) -> list[Marked]:
    """Every quotation-marked span of `text`, in order of start; takes time linear in its length.

    A quote crosses into the next paragraph only where that one reopens the mark. A quote whose closing
    mark is missing ends at its paragraph's end, or before the next opening mark in that paragraph.
    Marks around nothing are no span.

    >>> [(m.depth, m.pieces[0].text) for m in find_marks("She said, “He told me ‘never’ and left.”")]
    [(0, '“He told me ‘never’ and left.”'), (1, '‘never’')]
    """
    rows = [_read(text, start, end) for start, end in paragraphs(text)]
    openers = [mark.family for row in rows for mark in row.marks if mark.opens < 1 < mark.drops]
    single_style = openers.count("s") > openers.count("d")
    found: list[_Found] = []
    pending: list[_Found] = []
    for i, row in enumerate(rows):
        reopened = "".join(mark.family for mark in rows[i + 1].reopening) if i + 1 < len(rows) else ""
        new, pending = _join(pending, _pair(text, row, single_style, reopened), row)
        found += new
    return sorted((span.marked(text) for span in found), key=lambda marked: marked.start)


def unmarked(text: str) -> str:
    """A piece's words without the quotation marks around them.

    Only the piece's own marks go: an inner quote keeps its marks, and a piece without a closing mark
    loses only the opening one. Text that merely begins and ends with two different quotes stays as it is.

    >>> unmarked("“He told me ‘never again,’”"), unmarked("‘We will go")
    ('He told me ‘never again,’', 'We will go')
    """
    words = text.strip()
    opening, closing = _MARK.match(words), _LAST_MARK.search(words)
    if not opening:
        return words
    outer = [marked for marked in find_marks(words) if not marked.depth]
    if len(outer) > 1 and not outer[0].unclosed and outer[-1].end == len(words):
        return words
    end = len(words)
    if closing and closing.start() >= opening.end() and _family(closing.group()) == _family(opening.group()):
        end = closing.start()
    return words[opening.end() : end].strip()


# --- The marks, and what each may be ---------------------------------------------------------------

_OPENING = frozenset("“‟„«‹‘‛‚`") | {"``", "‘‘"}
_CLOSING = frozenset("”»›’´") | {"’’"}
_DIRECTED = _OPENING | _CLOSING
_STRAIGHT = frozenset("\"＂'＇") | {"''"}
_LOW = frozenset("„‚")
_ONLY_OPENING = _LOW | {"`", "``"}
_GLYPHS = "\"＂“”„‟«»‹›'＇‘’‚‛`´"
_TOKEN = rf"``|''|‘‘|’’|[{_GLYPHS}]"
_MARK = re.compile(_TOKEN)
_LAST_MARK = re.compile(rf"(?:{_TOKEN})\Z")
_RUN = re.compile(rf"[{_GLYPHS}]+")
_LONGEST_RUN = 6  # a longer row of marks is ornament or markup, never a quotation

# Words that begin with an apostrophe: 'tis, the '90s, rock 'n' roll, and a detached 's.
_ELISION = re.compile(
    r"(?:tis|tisn|twas|twere|twill|twould|em|n|til|till|cause|cos|coz|round|bout|fraid|nuff|kay|ello|ere|un|im"
    r"|ave|merica|murica|tween|neath|gainst|s|t|ll|re|ve|d|m|\d\d?s)(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d\d(?![^\W_])")
# Words that end in one: ol' man, th' end, 'n'.
_CLIPPED = re.compile(r"(?:^|\W)(?:n|o|ol|th|an|wi|po|lil|mo|yo)\Z", re.IGNORECASE)
# A possessive belongs to a noun, so before these words an s' ends a quote: "'We hit the brakes' he said".
_NO_NOUN = re.compile(
    r"\s+(?:said|says|told|he|she|they|it|we|I|you|is|are|was|were|has|had|have|will|would|as|to|in|of|at|by"
    r"|for|from|on|with|when|while|which|who|after|before|because|that|but|the|a|an|if)(?!\w)"
)
# 6' 3", a 12" record, a 3.5" disk; four digits are a year or a sum at a quote's end.
_MEASURE = re.compile(r"(?:^|[^\d.,])\d{1,3}[½¼¾]?\Z|(?:^|[^\d.,])\d{1,2}\.\d{1,2}\Z|[½¼¾]\Z")

_NARROW = "\u00a0\u202f\u2007\u2009\u200a"  # no-break and thin spaces stand inside marks, French fashion
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u00ad"
_ACCENTS = "".join(map(chr, range(0x300, 0x370)))  # as decomposed text writes them, after their letter
_SOMETHING = re.compile(rf"[^\s.,;:{_INVISIBLE}]")  # without any of it there is nothing to quote
_DASHES = "-‐‑‒–—―−"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark, with the cost of each reading: it opens a span, closes one, or is no quotation mark.

    `filled` grows from mark to mark wherever something worth quoting stands between them.
    """

    start: int
    end: int
    glyph: str
    family: str
    straight: bool
    opens: float
    closes: float
    drops: float
    filled: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The bounds of a paragraph, the marks in it, and how often something stands between two of them."""

    start: int
    end: int
    marks: tuple[_Mark, ...]
    filled: int

    @property
    def reopening(self) -> list[_Mark]:
        """The marks that the paragraph begins with, as far as they may open a quote."""
        at, first = self.start, []
        for mark in self.marks:
            if mark.start != at or mark.opens > 2:
                break
            at = mark.end
            first.append(mark)
        return first


def _family(glyph: str) -> str:
    """The marks that pair with one another: `d` double, `s` single, `g` and `f` guillemets « » and ‹ ›."""
    if glyph in "«»":
        return "g"
    if glyph in "‹›":
        return "f"
    return "d" if len(glyph) == 2 or glyph in '"＂“”„‟' else "s"


def _read(text: str, start: int, end: int) -> _Paragraph:
    """The paragraph of `text` from `start` to `end` with its marks; plain apostrophes are left out."""
    marks: list[_Mark] = []
    at, filled = start, 0
    for run in _RUN.finditer(text, start, end):
        before = text[max(start, run.start() - 12) : run.start()].rstrip(_INVISIBLE + _ACCENTS)
        after = text[run.end() : min(end, run.end() + 24)].lstrip(_INVISIBLE)
        apostrophe = len(run.group()) == 1 and before[-1:].isalnum() and after[:1].isalnum()
        if len(run.group()) > _LONGEST_RUN or (apostrophe and _family(run.group()) == "s"):
            continue
        for begin, glyph in _glyphs(run, before, after):
            filled += bool(_SOMETHING.search(text, at, begin))
            at = begin + len(glyph)
            costs = _costs(glyph, before, after, at_word=at == run.end())
            marks.append(_Mark(begin, at, glyph, _family(glyph), glyph in _STRAIGHT, *costs, filled))
    return _Paragraph(start, end, tuple(marks), filled + bool(_SOMETHING.search(text, at, end)))


def _glyphs(run: re.Match[str], before: str, after: str) -> Iterator[tuple[int, str]]:
    """The marks of a row of adjacent ones: ''' is '' and ' where it opens, ' and '' where it closes."""
    row = run.group()
    if row == "''" and _ELISION.match(after):
        yield from ((run.start(), "'"), (run.start() + 1, "'"))
    elif not before or before[-1].isspace():
        yield from ((run.start() + match.start(), match.group()) for match in _MARK.finditer(row))
    else:
        backwards = [(run.end() - match.end(), match.group()) for match in _MARK.finditer(row[::-1])]
        yield from reversed(backwards)


def _costs(glyph: str, before: str, after: str, at_word: bool) -> tuple[float, float, float]:
    """What it costs `glyph` to open a span, to close one, and to be no quotation mark.

    `before` and `after` stand around the row of marks that it is in; `at_word`: it is the last of them.
    """
    (left_opens, left_closes), (right_opens, right_closes) = _left(before), _right(after)
    opens, closes = left_opens + right_opens, left_closes + right_closes
    if glyph in _DIRECTED:  # the shape tells more than the neighbours do, but typists err
        opens = opens / 2 + 2 * (glyph in _CLOSING)
        closes = closes / 2 + 2 * (glyph in _OPENING) + 6 * (glyph in _ONLY_OPENING)
    if _family(glyph) != "s":
        return opens, closes, _double_drops(glyph, before, after)
    elision = at_word and glyph not in _LOW and bool(_ELISION.match(after))
    year = at_word and bool(_YEAR.match(after))
    if before[-1:] in "sS" and after[:1].isspace() and not _NO_NOUN.match(after):
        closes += 0.7
    return opens + 2 * elision + year, closes, _single_drops(glyph, before, after, elision or year)


def _left(before: str) -> tuple[float, float]:
    """What it costs a mark to open and to close a span, by what stands before it."""
    char = before[-1:]
    if not char:
        return 0, 5
    if char.isspace():
        return 0, 0.5 if char in _NARROW else 2
    if char.isalnum():
        return 3, 0
    if char in "([{<":
        return 0, 4
    if char in _DASHES:
        return 0.5, 0.5
    if char in ":/|*_•":
        return 0.7, 1
    if char in ".,;!?…":
        return 1.5, 0
    return 2, 0.3


def _right(after: str) -> tuple[float, float]:
    """What it costs a mark to open and to close a span, by what stands after it."""
    char = after[:1]
    if not char:
        return 5, 0
    if char.isspace():
        return (0.5 if char in _NARROW else 2), 0
    if char.isalnum():
        return 0, 2 if char.islower() else 3
    if char in "([{<":
        return 0, 1.5
    if char in _DASHES:
        return 1, 0.3
    if char == "…" or after.startswith(".."):
        return 0.5, 1
    if char in ".,:;!?":
        return 2, 0
    if char in ")]}>":
        return 4, 0
    if char in "/|*_":
        return 1, 0.5
    return 0, 2


def _double_drops(glyph: str, before: str, after: str) -> float:
    """What it costs to take a double mark for none: little after a measure (12") or for a menu's »."""
    if glyph in _STRAIGHT | {"”", "’’"} and _MEASURE.search(before):
        return 0.5
    if glyph in "»›" and after[:1].isspace() and (not before or before[-1].isspace()):
        return 1
    if glyph == "``":
        return 1.5
    return 4 if glyph in _DIRECTED else 3


def _single_drops(glyph: str, before: str, after: str, elision: bool) -> float:
    """What it costs to take a single mark for an apostrophe, a foot sign or a stray."""
    left, right = before[-1:], after[:1]
    if right.isalnum() and not left.isalnum():
        if elision:
            return 0.2
        return {"‘": 3.5, "’": 0.5, "`": 1.5}.get(glyph, 2.5)
    if left.isalnum():
        if _CLIPPED.search(before) or _MEASURE.search(before):
            return 0.3
        if left in "sSxXzZ":
            return 0.5 if right.isspace() and not _NO_NOUN.match(after) else 1.1
        return 0.8 if before.endswith("in") else 2
    return 3 if left and not left.isspace() else 1


# --- Which reading of a paragraph's marks costs least ----------------------------------------------

_DEEPEST = 4  # levels of quotes in quotes
_WIDEST = 4  # readings kept at a mark
_HOPELESS = 5.0  # a reading this much dearer than the best is given up
_PASSED_OVER = 1.5  # a double mark that would close the span it stands in, but does not
_CUT_SHORT = 2.8  # an unclosed span ended by a later mark in its paragraph
_SAME_INSIDE_SAME = 3.0  # "…" within "…"
_SHAPE_INSIDE_SHAPE = 0.7  # “…” within "…"
_SINGLE_OUTSIDE = 1.0  # an outer '…' in an article of "…"


@dataclass(slots=True)
class _Found:
    """A span on its way to a `Marked`, with the bounds of its pieces."""

    pieces: list[tuple[int, int]]
    opening: _Mark
    depth: int
    closed: bool

    def marked(self, text: str) -> Marked:
        pieces = tuple(Span.of(text, start, end) for start, end in self.pieces)
        return Marked(pieces, unclosed=not self.closed, depth=self.depth, single=self.opening.family in "sf")


# A span that a reading has ended: its depth, opening mark, the mark that ends it, whether that closes it.
_Ended = tuple[int, int, int, bool]
# The spans ended so far, latest first, as linked pairs: readings share their beginnings.
_Path = tuple["_Path | None", _Ended]


class _Reading(NamedTuple):
    """A reading of the marks so far: its cost, the opening marks still open, and the spans ended."""

    cost: float
    still_open: tuple[int, ...]
    path: _Path | None


def _pair(text: str, row: _Paragraph, single_style: bool, reopened: str) -> list[_Found]:
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
    marks: tuple[_Mark, ...], i: int, families: str, reading: _Reading, single_style: bool, limit: float
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
    if marks[still_open[level]].glyph in _LOW:
        closing -= 2 * (mark.closes >= 2)  # „…“ closes with the mark that opens “…”
    if closing <= limit:
        for depth in inner:
            path = (path, (depth, still_open[depth], i, False))
        closed = (path, (level, still_open[level], i, True))
        yield families[:level], _Reading(closing, still_open[:level], closed)
    if not inner and opening + _CUT_SHORT <= limit:
        path = (path, (level, still_open[level], i, False))
        yield families, _Reading(opening + _CUT_SHORT, (*still_open[:level], i), path)


def _nests(mark: _Mark, outer: _Mark | None, single_style: bool) -> float:
    """What it costs a mark to open inside `outer`, or as an outer one itself."""
    if outer is None:
        return _SINGLE_OUTSIDE if mark.family == "s" and not single_style else 0
    if outer.family != mark.family:
        return 0
    return _SAME_INSIDE_SAME if outer.straight == mark.straight else _SHAPE_INSIDE_SHAPE


def _cheapest(
    row: _Paragraph, readings: dict[str, _Reading], single_style: bool, reopened: str
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


def _spans(text: str, row: _Paragraph, path: _Path | None) -> list[_Found]:
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
        found.append(_Found([(first.start, end)], first, depth, closed))
    return sorted(found, key=lambda span: span.pieces[0])


def _join(pending: list[_Found], spans: list[_Found], row: _Paragraph) -> tuple[list[_Found], list[_Found]]:
    """Join the spans still open (`pending`) to the `spans` of the next paragraph where that reopens them.

    Returns the spans that are new in the paragraph, and those still open at its end, outermost first.
    """
    joined = 0
    for earlier, span, mark in zip(pending, spans, row.reopening, strict=False):
        same = earlier.opening.family == mark.family and earlier.opening.straight == mark.straight
        if span.opening is not mark or span.depth != earlier.depth or not same:
            break
        earlier.pieces += span.pieces
        earlier.closed = span.closed
        joined += 1
    new = spans[joined:]
    current = [*pending[:joined], *new]
    return new, [span for span in current if not span.closed and span.pieces[-1][1] == row.end]

"""What each quotation mark of a paragraph may be, judged by its shape and its neighbours.

A mark may open a span, close one, or be no quotation mark at all (an apostrophe, an inch sign, a stray).
Each of the three has a cost, from 0 (just what such a mark does) to about 6 (hardly ever).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = frozenset("“‟„«‹‘‛‚`") | {"``", "‘‘"}
_CLOSING = frozenset("”»›’´") | {"’’"}
_DIRECTED = _OPENING | _CLOSING
_STRAIGHT = frozenset("\"＂'＇") | {"''"}
LOW = frozenset("„‚")
_ONLY_OPENING = LOW | {"`", "``"}
_GLYPHS = "\"＂“”„‟«»‹›'＇‘’‚‛`´"
_TOKEN = rf"``|''|‘‘|’’|[{_GLYPHS}]"
MARK = re.compile(_TOKEN)
LAST_MARK = re.compile(rf"(?:{_TOKEN})\Z")
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
class Glyph:
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
class GlyphRow:
    """The bounds of a paragraph, the marks in it, and how often something stands between two of them."""

    start: int
    end: int
    marks: tuple[Glyph, ...]
    filled: int

    @property
    def reopening(self) -> list[Glyph]:
        """The marks that the paragraph begins with, as far as they may open a quote."""
        at, first = self.start, []
        for mark in self.marks:
            if mark.start != at or mark.opens > 2:
                break
            at = mark.end
            first.append(mark)
        return first


def family_of(glyph: str) -> str:
    """The marks that pair with one another: `d` double, `s` single, `g` and `f` guillemets « » and ‹ ›."""
    if glyph in "«»":
        return "g"
    if glyph in "‹›":
        return "f"
    return "d" if len(glyph) == 2 or glyph in '"＂“”„‟' else "s"


def read_glyphs(text: str, start: int, end: int) -> GlyphRow:
    """The paragraph of `text` from `start` to `end` with its marks; plain apostrophes are left out."""
    marks: list[Glyph] = []
    at, filled = start, 0
    for run in _RUN.finditer(text, start, end):
        before = text[max(start, run.start() - 12) : run.start()].rstrip(_INVISIBLE + _ACCENTS)
        after = text[run.end() : min(end, run.end() + 24)].lstrip(_INVISIBLE)
        apostrophe = len(run.group()) == 1 and before[-1:].isalnum() and after[:1].isalnum()
        if len(run.group()) > _LONGEST_RUN or (apostrophe and family_of(run.group()) == "s"):
            continue
        for begin, glyph in _glyphs(run, before, after):
            filled += bool(_SOMETHING.search(text, at, begin))
            at = begin + len(glyph)
            costs = _costs(glyph, before, after, at_word=at == run.end())
            marks.append(Glyph(begin, at, glyph, family_of(glyph), glyph in _STRAIGHT, *costs, filled))
    return GlyphRow(start, end, tuple(marks), filled + bool(_SOMETHING.search(text, at, end)))


def _glyphs(run: re.Match[str], before: str, after: str) -> Iterator[tuple[int, str]]:
    """The marks of a row of adjacent ones: ''' is '' and ' where it opens, ' and '' where it closes."""
    row = run.group()
    if row == "''" and _ELISION.match(after):
        yield from ((run.start(), "'"), (run.start() + 1, "'"))
    elif not before or before[-1].isspace():
        yield from ((run.start() + match.start(), match.group()) for match in MARK.finditer(row))
    else:
        backwards = [(run.end() - match.end(), match.group()) for match in MARK.finditer(row[::-1])]
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
    if family_of(glyph) != "s":
        return opens, closes, _double_drops(glyph, before, after)
    elision = at_word and glyph not in LOW and bool(_ELISION.match(after))
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

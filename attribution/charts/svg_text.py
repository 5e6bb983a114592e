"""Text whose width is known before it is drawn: the font that comes with the project, measured."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
"""The font in two weights, for Latin, Greek and Cyrillic letters; its licence stands beside it."""

FAMILY = "Attribution Sans"
# The page's own font is the same one; what follows stands in where a file is opened without it.
FAMILIES = f"'{FAMILY}', 'Source Sans', 'Source Sans 3', system-ui, 'Segoe UI', Arial, sans-serif"

_GLUE = "\ue000"  # stands for a space that no line is broken at
_FILES = {False: "Regular.ttf", True: "SemiBold.ttf"}
_WIDE, _OTHER, _MARKLESS = 1.0, 0.72, 0.0  # of letters that the font lacks, in parts of its size


def font_file(bold: bool = False) -> Path:
    """The font as a file."""
    return FONTS / _FILES[bold]


@cache
def _widths(bold: bool) -> dict[int, float]:
    """The width of every letter of the font, in parts of its size."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    with font_file(bold).open("rb") as file:
        read = TTFontFile(file)
    return {code: width / 1000 for code, width in read.charWidths.items()}


def has_letter(letter: str) -> bool:
    """Whether the font has the letter, or it is one that nobody sees.

    >>> has_letter("é"), has_letter("ж"), has_letter("م")
    (True, True, False)
    """
    return ord(letter) in _widths(False) or unicodedata.category(letter) in ("Cf", "Mn", "Me", "Cc")


@lru_cache(maxsize=8192)
def _letter(letter: str, bold: bool) -> float:
    letter = " " if letter == _GLUE else letter
    if (width := _widths(bold).get(ord(letter))) is not None:
        return width
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return _MARKLESS
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000 else _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is on one line, in pixels: exact for letters of the font, generous for others.

    >>> round(text_width("Hill", 20), 1)
    28.2
    """
    return size * sum(_letter(letter, bold) for letter in text)


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` on lines of at most `width` pixels, broken at spaces; a longer word is broken anywhere.

    >>> wrap_text("They need it.", 60, 20)
    ['They', 'need', 'it.']
    """
    lines: list[str] = []
    line, used = "", 0.0
    space = text_width(" ", size, bold=bold)
    for word in text.split():
        for number, part in enumerate(_broken(word, width, size, bold)):
            long = text_width(part, size, bold=bold)
            if line and not number and used + space + long <= width:
                line, used = f"{line} {part}", used + space + long
            else:
                lines += [line] if line else []
                line, used = part, long
    return [*lines, line] if line else lines


def wrap_anywhere(text: str, width: float, size: float) -> list[str]:
    """`text` on lines of at most `width` pixels, each filled to its end: for an address.

    >>> wrap_anywhere("http://a.b/c", 60, 20)
    ['http://', 'a.b/c']
    """
    return _broken(text, width, size, False)


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in parts that each fit the width: one, but for an endless word."""
    if text_width(word, size, bold=bold) <= width:
        return [word]
    parts, part, used = [], "", 0.0
    for letter in word:
        wide = text_width(letter, size, bold=bold)
        if part and used + wide > width:
            parts.append(part)
            part, used = "", 0.0
        part, used = part + letter, used + wide
    return [*parts, part]


def fit_lines(text: str, width: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """`wrap_text` on at most `most` lines; what does not fit is counted at the end, never dropped unsaid.

    It is counted in words; in letters where no word fits, as in a script that sets none apart.

    >>> fit_lines("one two three four five six seven", 180, 20, 1)
    ['one … 6 more words']
    """
    if len(lines := wrap_text(text, width, size, bold=bold)) <= most:
        return lines
    words = text.split()
    for units, between, noun in ((words, " ", "word"), (" ".join(words), "", "letter")):
        low, high = 0, len(units) - 1  # as many as fit: more of them never take fewer lines
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(_cut(units, middle, between, noun, width, size, bold)) <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        if low:
            break
    return _cut(units, low, between, noun, width, size, bold)


def _cut(
    units: Sequence[str], kept: int, between: str, noun: str, width: float, size: float, bold: bool
) -> list[str]:
    """The first `kept` words or letters on lines, and how many more there are."""
    left = len(units) - kept
    end = f"… {left:,} more {noun}{'' if left == 1 else 's'}"
    if text_width(end, size, bold=bold) <= width:
        end = end.replace(" ", _GLUE)
    lines = wrap_text(f"{between.join(units[:kept])} {end}", width, size, bold=bold)
    return [line.replace(_GLUE, " ") for line in lines]


def shorten_to(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """`text` on one line of at most `width` pixels, with … where it was cut.

    >>> shorten_to("Department of Homeland Security", 100, 13)
    'Department of…'
    """
    text = " ".join(text.split())
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width("…", size, bold=bold)
    at, used = 0, 0.0
    while at < len(text) and (used := used + text_width(text[at], size, bold=bold)) <= room:
        at += 1
    return text[:at].rstrip() + "…"


@dataclass(frozen=True)
class TextLine:
    """One line of a figure's text; `size` is given where it differs from that of the rest."""

    text: str
    bold: bool = False
    size: float | None = None


def figure_lines(text: str) -> list[TextLine]:
    """The lines of a text that is written for plotly, with its few tags read.

    >>> figure_lines("<b>3</b><br><span style='font-size:11px'>2 &lt; unsure</span>")[1]
    TextLine(text='2 < unsure', bold=False, size=11.0)
    """
    lines = []
    for line in re.split(r"<br\s*/?>", text):
        size = re.search(r"font-size:\s*(\d+)px", line)
        words = html.unescape(re.sub(r"</?(?:b|span)\b[^>]*>", "", line))
        lines.append(TextLine(words, "<b>" in line, float(size[1]) if size else None))
    return lines

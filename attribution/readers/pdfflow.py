"""The lines of a PDF's pages → its text: paragraphs, words whole again at line ends, form feeds for pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from attribution.readers.pages import NEXT_PAGE
from attribution.readers.pdfbeside import without_list_numbers
from attribution.readers.pdflines import Line

_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
# Parts of compounds that keep their hyphen where a line ends with it.
_COMPOUNDS = frozenset(
    "self non ex anti pro well co vice cross all half high low long short so two three four five six seven "
    "eight nine ten mid multi pre post much ever far hard full part left right then year day twenty thirty "
    "forty fifty sixty seventy eighty ninety".split()
)
_FAR = 6  # times the size of the letters: what starts farther to the right is another column


@dataclass(frozen=True)
class _Setting:
    """How a document is set: the distance of lines in letters' sizes, how long full ones are, and indents.

    `indents` is "first" where a paragraph's first line is set in, "hanging" where all others are, or "";
    `spaced` says that there is space between paragraphs.
    """

    leading: float
    width: int
    indents: str
    spaced: bool


def flow(pages: Sequence[Sequence[Line]]) -> str:
    """The text of all pages: lines joined to paragraphs, a blank line between them, form feeds for pages."""
    every = [line for lines in pages for line in lines]
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in every).lower()))
    inside = [_set_in(lines) for lines in pages]
    leading = _leading(pages)
    indents, spaced = _indents(pages, inside, leading), _spaced(pages, leading)
    parts: list[str] = []
    paragraph, previous, breaks = "", None, ""
    for lines, indented in zip(pages, inside, strict=True):
        setting = _Setting(leading, _full(lines), indents, spaced)
        for number, line in enumerate(lines):
            starts = previous is None or _new_paragraph(
                previous, line, paragraph, setting, indented[number], bool(breaks)
            )
            if starts:
                parts.append(paragraph)
                paragraph = breaks + line.text
            else:
                paragraph = _joined(paragraph, line.text, breaks, words)
            previous, breaks = line, ""
        breaks += NEXT_PAGE
    parts = [*filter(None, parts), paragraph]
    if indents == "hanging":  # the numbers stand by themselves, before the text
        parts = without_list_numbers(parts)
    return "\n\n".join(parts) + breaks[:-1]


def _steps(lines: Sequence[Line]) -> Iterator[tuple[int, float]]:
    """The number of each line that stands below the one before it, and how far, in letters' sizes."""
    for number, (a, b) in enumerate(pairwise(lines), start=1):
        step = (a.y - b.y) / a.size
        if 0.5 < step < 4 and abs(a.size - b.size) <= 0.1 * a.size:
            yield number, step


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The distance of lines within a paragraph: a small one that is common, where most may be between two."""
    steps = sorted(step for lines in pages for _, step in _steps(lines) if step > 0.9)
    return steps[len(steps) // 8] if steps else 1.2


def _spaced(pages: Sequence[Sequence[Line]], leading: float) -> bool:
    """Whether space stands between paragraphs: every eighth line or more is set off from the one before."""
    steps = [step for lines in pages for _, step in _steps(lines)]
    return sum(step > 1.25 * leading for step in steps) >= max(3, len(steps) / 8)


def _full(lines: Sequence[Line]) -> int:
    """How many characters a full line of a page has."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _set_in(lines: Sequence[Line]) -> list[bool]:
    """Which lines of a page start a little to the right of where the others of their column do."""
    counts = Counter(round(line.x) for line in lines)
    enough = max(2, len(lines) // 20)
    size = median(line.size for line in lines) if lines else 1.0
    edges: list[int] = []
    for x in sorted(x for x, count in counts.items() if count >= enough):
        if not edges or x - edges[-1] > _FAR * size:
            edges.append(x)
    inside = []
    for line in lines:
        edge = max((x for x in edges if x <= line.x + 1), default=None)
        inside.append(edge is not None and 0.5 * line.size < line.x - edge <= _FAR * line.size)
    return inside


def _indents(pages: Sequence[Sequence[Line]], inside: Sequence[Sequence[bool]], leading: float) -> str:
    """How paragraphs are indented: a sentence mostly ends before the lines that begin one."""
    ended = {True: [0, 0], False: [0, 0]}
    for lines, indented in zip(pages, inside, strict=True):
        for number, step in _steps(lines):
            if step <= 1.25 * leading:
                tally = ended[indented[number]]
                tally[0] += _ENDS.search(lines[number - 1].text) is not None
                tally[1] += 1
    (in_ended, in_all), (out_ended, out_all) = ended[True], ended[False]
    if in_all < 3 or out_all < 3:
        return ""
    if in_ended / in_all > 0.6 and in_ended * out_all > 2 * out_ended * in_all:
        return "first"
    if out_ended / out_all > 0.6 and out_ended * in_all > 2 * in_ended * out_all:
        return "hanging"
    return ""


def _new_paragraph(
    last: Line, line: Line, paragraph: str, setting: _Setting, indented: bool, turned: bool
) -> bool:
    """Whether a paragraph starts with `line`, which comes after `last`; `turned`: the page was turned."""
    if abs(last.size - line.size) > 0.1 * last.size:
        return True
    ended = _ENDS.search(last.text) is not None
    lower = line.text[0].islower()
    step = (last.y - line.y) / last.size
    if turned or step < -0.5 or step > 8:  # another page or column
        if setting.indents == "first" and len(last.text) > 0.8 * setting.width:
            return indented and not lower
        return ended and paragraph.count("“") <= paragraph.count("”") and not lower
    if step < 0.5:
        return False  # the same line
    if step > setting.leading * 1.25:
        return True
    if setting.indents == "hanging":
        return not indented and (ended or not lower)
    if setting.indents == "first" and indented:
        return not lower
    if 0.5 * line.size < line.x - last.x < _FAR * line.size and not lower:
        return True
    # A line may be short because something stands beside it.
    least = (0.5 if ended else 0.4) if setting.spaced or setting.indents else (0.8 if ended else 0.6)
    return len(last.text) < setting.width * least and not lower


def _joined(text: str, line: str, breaks: str, words: Counter[str]) -> str:
    """The line put to the text: a word that was cut is whole again, before the page's end if one is there."""
    head, tail = re.search(r"(\w+(?:-\w+)*)[-\u00ad\u2010]$", text[-100:]), re.match(r"\w+", line)
    if not head or not tail:
        glue = breaks or ("" if re.search(r"\S[—/]$", text[-2:]) else " ")
        return text + glue + line
    kept = text[:-1] + "-" if _keeps_hyphen(head[1], tail[0], text[-1], words) else text[:-1]
    if not breaks:
        return kept + line
    word = re.match(r"\S+ ?", line)
    end = word.end() if word else 0
    return kept + line[:end].rstrip() + breaks + line[end:]


def _keeps_hyphen(head: str, tail: str, mark: str, words: Counter[str]) -> bool:
    """Whether a word cut at `mark` is a compound: as the rest of the text has it, else by its first part."""
    if mark == "\u00ad":
        return False
    if not tail[0].islower() or head[-1].isdigit() or tail[0].isdigit():
        return True
    together, apart = words[(head + tail).lower()], words[f"{head}-{tail}".lower()]
    if together != apart:
        return apart > together
    return "-" in head or head.lower() in _COMPOUNDS  # six-year-olds
